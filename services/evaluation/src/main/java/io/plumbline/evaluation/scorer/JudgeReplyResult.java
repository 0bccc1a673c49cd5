package io.plumbline.evaluation.scorer;

import io.plumbline.evaluation.answer.ModelMessage;
import io.plumbline.evaluation.answer.Score;
import io.plumbline.prompttemplate.schema.BoundedJson;
import java.math.BigDecimal;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The result of reading a judge's reply, which must be {@code {"score": 0.8, "reason": "…"}} and
 * nothing else. Any other reply is invalid, and no score is guessed from it.
 */
public sealed interface JudgeReplyResult {

  /** The largest number of characters of a reply. */
  int LONGEST = 10_000;

  /** A valid reply with its score and reason. */
  record Read(Score score) implements JudgeReplyResult {}

  /**
   * An invalid reply.
   *
   * @param flaw what is wrong with the reply, without quotes, so that everybody may see it
   */
  record Invalid(String flaw) implements JudgeReplyResult {}

  /**
   * Reads the stored score of an encoder.
   *
   * @param stored a score with its reason, without a completion around it
   */
  static JudgeReplyResult ofStoredScore(String stored) {
    return Reader.read(stored);
  }

  static JudgeReplyResult of(ModelMessage reply) {
    String content = reply.content();
    if (content == null || !reply.toolCalls().isEmpty()) {
      return new Invalid("its reply is a tool call");
    }
    if (content.length() > LONGEST) {
      return new Invalid("its reply has more than %,d characters".formatted(LONGEST));
    }
    return Reader.read(content);
  }

  /** Reads replies strictly. A field that is given twice is rejected, since it is ambiguous. */
  final class Reader {

    private static final JsonMapper JSON =
        BoundedJson.builder(BoundedJson.MAX_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private Reader() {}

    private static JudgeReplyResult read(String content) {
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
      if (!reply.path("reason").isString() || reason.isEmpty()) {
        return new Invalid("its reason is not a text");
      }
      return new Read(new Score(score.get(), reason));
    }

    /**
     * Returns the score of a number from 0 to 1; empty for any other. The decimal digits are
     * compared, so that a number above 1 is rejected even where a double would round it to 1.
     */
    private static Optional<Double> score(JsonNode number) {
      return Optional.of(number)
          .filter(JsonNode::isNumber)
          .map(JsonNode::decimalValue)
          .filter(value -> value.signum() >= 0 && value.compareTo(BigDecimal.ONE) <= 0)
          .map(BigDecimal::doubleValue);
    }
  }
}
