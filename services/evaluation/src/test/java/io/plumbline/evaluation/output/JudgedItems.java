package io.plumbline.evaluation.output;

import io.plumbline.contracts.Digest;
import io.plumbline.evaluation.answer.Score;
import io.plumbline.evaluation.metric.Perturbation;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Creates items that a judge was asked about. */
final class JudgedItems {

  static final String JUDGE = "clarity";
  static final Output ANSWER = completion("It takes 14 days.");
  static final Output REPLY = completion("{\"score\": 0.75, \"reason\": \"Quotes the item.\"}");

  private JudgedItems() {}

  static Output completion(String content) {
    return new Output(
        JsonMapper.shared()
            .writeValueAsString(
                Map.of("choices", List.of(Map.of("message", Map.of("content", content))))));
  }

  static JudgeCall call(
      @Nullable Output reply,
      @Nullable String failure,
      int replies,
      @Nullable String cost,
      boolean earlier) {
    return new JudgeCall(
        Digest.ofText("asked"),
        reply == null ? null : reply.digest(),
        failure,
        failure == null ? null : "503 in the provider's words",
        replies,
        40L * replies,
        9L * replies,
        cost == null ? null : new BigDecimal(cost),
        null,
        earlier);
  }

  static RunItem item(JudgeCall call, Map<String, Score> scores) {
    return new RunItem(
        0,
        "i0",
        Perturbation.NONE,
        null,
        Digest.ofText("request"),
        true,
        null,
        scores,
        Map.of(JUDGE, call),
        List.of(),
        false,
        null,
        null,
        12.5,
        0.75,
        BigDecimal.ONE,
        false,
        ANSWER.digest(),
        null,
        null,
        null,
        null);
  }
}
