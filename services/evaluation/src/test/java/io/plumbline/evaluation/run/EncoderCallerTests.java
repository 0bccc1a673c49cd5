package io.plumbline.evaluation.run;

import static io.plumbline.evaluation.run.InferenceScript.answer;
import static io.plumbline.evaluation.run.InferenceScript.error;
import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.evaluation.answer.Score;
import io.plumbline.evaluation.output.JudgeCall;
import io.plumbline.evaluation.output.Output;
import io.plumbline.evaluation.scorer.EmbeddingScoring.Texts;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpStatus;

/** Tests that texts are compared by the embeddings that inference returns. */
class EncoderCallerTests {

  private final InferenceScript script = new InferenceScript();
  private final EncoderCaller encoder = new EncoderCaller(script.inference());
  private double[] nearest = {};

  private Score score(double[] cosines) {
    nearest = cosines;
    return new Score(0.5, "Half of it.");
  }

  private JudgeCaller.Judged ask(Texts texts) {
    return encoder.scoreByEmbeddings(texts, this::score, true);
  }

  private static String embeddings(double[]... vectors) {
    List<Map<String, ?>> data = new ArrayList<>();
    for (int i = 0; i < vectors.length; i++) {
      data.add(Map.of("index", i, "embedding", vectors[i]));
    }
    return InferenceScript.JSON.writeValueAsString(
        Map.of("data", data, "usage", Map.of("prompt_tokens", 12)));
  }

  @Test
  void each_text_has_the_cosine_of_the_nearest_one() {
    script.reply(
        answer(
            embeddings(
                new double[] {3, 0},
                new double[] {0, 2},
                new double[] {1, 1},
                new double[] {-1, 0})));

    JudgeCaller.Judged judged = ask(new Texts(List.of("a", "b"), List.of("near both", "opposite")));

    assertThat(Arrays.stream(nearest).mapToObj(each -> "%.6f".formatted(each)))
        .containsExactly("0.707107", "0.707107");
    assertThat(judged.score()).contains(new Score(0.5, "Half of it."));
    assertThat(judged.reply()).contains(Output.ofScore(new Score(0.5, "Half of it.")));
    JudgeCall call = judged.call();
    assertThat(call.replyDigest()).isEqualTo(judged.reply().orElseThrow().digest());
    assertThat(call.promptTokens()).isEqualTo(12);
    assertThat(call.costUsd()).isEqualByComparingTo(new BigDecimal("0.000012"));
    assertThat(script.lastRequest().toString())
        .isEqualTo(
            InferenceScript.JSON
                .valueToTree(
                    Map.of(
                        "model",
                        EncoderCaller.MODEL,
                        "input",
                        List.of("a", "b", "near both", "opposite")))
                .toString());
  }

  @Test
  void a_text_that_occurs_twice_is_embedded_once() {
    script.reply(answer(embeddings(new double[] {1, 0})));

    ask(new Texts(List.of("same"), List.of("same")));

    assertThat(nearest).containsExactly(1.0);
  }

  @Test
  void many_texts_are_embedded_in_batches() {
    double[][] batch = new double[EncoderCaller.BATCH][];
    Arrays.setAll(batch, i -> new double[] {1, i});
    script.reply(answer(embeddings(batch)));
    script.reply(answer(embeddings(new double[] {1, 0})));
    List<String> texts =
        IntStream.range(0, EncoderCaller.BATCH).mapToObj(i -> "text " + i).toList();

    JudgeCaller.Judged judged = ask(new Texts(List.of("the answer"), texts));

    assertThat(script.calls()).isEqualTo(2);
    assertThat(judged.call().replies()).isEqualTo(2);
  }

  @Test
  void an_encoder_that_is_away_is_asked_again_and_then_gives_no_score() {
    script.reply(error(HttpStatus.SERVICE_UNAVAILABLE, "busy"));

    JudgeCaller.Judged judged = ask(new Texts(List.of("a"), List.of("b")));

    assertThat(script.calls()).isEqualTo(InferenceScript.SETTINGS.maxAttempts());
    assertThat(judged.score()).isEmpty();
    assertThat(judged.reply()).isEmpty();
    assertThat(judged.call().failure()).isEqualTo("its encoder was not available");
  }

  @Test
  void embeddings_that_are_none_give_no_score() {
    for (String reply :
        List.of(
            "no JSON",
            "{\"data\": []}",
            embeddings(new double[] {1}),
            "{\"data\": [{\"index\": 0, \"embedding\": [1, \"x\"]}, {\"index\": 1, \"embedding\":"
                + " [1, 0]}]}")) {
      script.clear();
      script.reply(answer(reply));
      assertThat(ask(new Texts(List.of("a"), List.of("b"))).call().failure())
          .isEqualTo("its encoder gave no embeddings");
    }
  }
}
