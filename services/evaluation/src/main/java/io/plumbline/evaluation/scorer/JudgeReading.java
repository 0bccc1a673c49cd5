package io.plumbline.evaluation.scorer;

import io.plumbline.evaluation.answer.ModelMessage;
import io.plumbline.evaluation.answer.Score;
import java.math.BigDecimal;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a judge replied, read: {@code {"score": 0.8, "reason": "…"}} and nothing else. What is not
 * that is no score, never a guess at one.
 */
public sealed interface JudgeReading {

  /** Characters of a reply. */
  int LONGEST = 10_000;

  /** What the judge gives the answer, and why. */
  record Read(Score score) implements JudgeReading {}

  /**
   * @param flaw what is wrong with the reply; it quotes nothing, so that everybody may see it
   */
  record Invalid(String flaw) implements JudgeReading {}

  /**
   * @param kept as it was kept of an encoder: a score with its reason, and no completion
   */
  static JudgeReading ofScore(String kept) {
    return Reader.read(kept);
  }

  static JudgeReading of(ModelMessage reply) {
    String content = reply.content();
    if (content == null || !reply.toolCalls().isEmpty()) {
      return new Invalid("its reply is a tool call");
    }
    return content.length() > LONGEST
        ? new Invalid("its reply has more than %,d characters".formatted(LONGEST))
        : Reader.read(content);
  }

  /** Reads strictly: a field that is given twice could be read either way. */
  final class Reader {

    private static final JsonMapper JSON =
        JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private Reader() {}

    private static JudgeReading read(String content) {
      JsonNode reply;
      try {
        reply = JSON.readTree(content);
      } catch (JacksonException e) {
        return new Invalid("its reply is not JSON");
      }
      if (!reply.isObject() || reply.size() != 2 || !reply.has("score") || !reply.has("reason")) {
        return new Invalid("its reply is not an object of score and reason alone");
      }
      Optional<Double> score = score(reply.path("score"));
      String reason = reply.path("reason").asString("").strip();
      if (score.isEmpty()) {
        return new Invalid("its score is not a number between 0 and 1");
      }
      return reply.path("reason").isString() && !reason.isEmpty()
          ? new Read(new Score(score.get(), reason))
          : new Invalid("its reason is not a text");
    }

    /** By its decimal digits: what is above 1 by less than a double can show is above 1. */
    private static Optional<Double> score(JsonNode number) {
      return Optional.of(number)
          .filter(JsonNode::isNumber)
          .map(JsonNode::decimalValue)
          .filter(value -> value.signum() >= 0 && value.compareTo(BigDecimal.ONE) <= 0)
          .map(BigDecimal::doubleValue);
    }
  }
}
