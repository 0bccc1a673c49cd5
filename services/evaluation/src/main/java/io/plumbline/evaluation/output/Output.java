package io.plumbline.evaluation.output;

import io.plumbline.contracts.Digest;
import io.plumbline.evaluation.answer.ModelAnswer;
import io.plumbline.evaluation.answer.Score;
import io.plumbline.evaluation.scorer.JudgeReading;
import io.plumbline.platform.digest.CanonicalJson;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What inference answered to a question, as it was received: message, tool calls, finish reason,
 * usage, and the model that the provider says has answered.
 *
 * @param body a chat completion of the OpenAI API, in JSON
 */
public record Output(String body) {

  /** Characters; a longer answer counts as none. */
  public static final int LONGEST = 1_000_000;

  public Digest digest() {
    return Digest.ofText(body);
  }

  /**
   * What was answered; empty when the message has neither a text nor a tool call, or the body is
   * not valid JSON.
   */
  public Optional<ModelAnswer> answer(JsonMapper json) {
    return ModelAnswer.ofCompletion(read(json));
  }

  /** What an encoder's embeddings gave an answer, as it is kept. */
  public static Output ofScore(Score score) {
    return new Output(
        new String(
            CanonicalJson.bytes(
                new TreeMap<>(Map.of("score", score.score(), "reason", score.reason()))),
            StandardCharsets.UTF_8));
  }

  /** What a judge said, or an encoder's embeddings gave. */
  JudgeReading reading(JsonMapper json) {
    return answer(json)
        .map(reply -> JudgeReading.of(reply.message()))
        .orElseGet(() -> JudgeReading.ofScore(body));
  }

  /**
   * The tokens of one kind that the provider counted, as {@code prompt_tokens}; 0 if it did not.
   */
  public long tokens(JsonMapper json, String kind) {
    return read(json).path("usage").path(kind).asLong(0);
  }

  public OutputView view(JsonMapper json) {
    JsonNode answer = read(json);
    JsonNode choice = answer.at("/choices/0");
    return new OutputView(
        text(answer.path("id")),
        text(answer.path("model")),
        text(answer.path("system_fingerprint")),
        present(choice.path("message")),
        text(choice.path("finish_reason")),
        present(answer.path("usage")),
        present(answer.path("plumbline")));
  }

  private JsonNode read(JsonMapper json) {
    try {
      return json.readTree(body);
    } catch (JacksonException e) {
      return json.createObjectNode();
    }
  }

  private static @Nullable String text(JsonNode node) {
    return node.isString() ? node.asString() : null;
  }

  private static @Nullable JsonNode present(JsonNode node) {
    return node.isMissingNode() || node.isNull() ? null : node;
  }
}
