package io.plumbline.evaluation.output;

import io.plumbline.contracts.Digest;
import io.plumbline.evaluation.answer.ModelAnswer;
import io.plumbline.evaluation.answer.Score;
import io.plumbline.evaluation.scorer.JudgeReplyResult;
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
 * The answer of inference to a question as it was received: message, tool calls, finish reason,
 * usage, and the model that the provider names.
 *
 * @param body a chat completion of the OpenAI API, in JSON
 */
public record Output(String body) {

  /** The largest number of characters of an answer; a longer one is rejected. */
  public static final int MAX_CHARACTERS = 1_000_000;

  public Digest digest() {
    return Digest.ofText(body);
  }

  /**
   * Returns the answer; empty when the message has neither a text nor a tool call, or the body is
   * not valid JSON.
   */
  public Optional<ModelAnswer> answer(JsonMapper json) {
    return ModelAnswer.ofCompletion(parsedBody(json));
  }

  /** Returns the stored form of a score that an encoder's embeddings gave an answer. */
  public static Output ofScore(Score score) {
    return new Output(
        new String(
            CanonicalJson.bytes(
                new TreeMap<>(Map.of("score", score.score(), "reason", score.reason()))),
            StandardCharsets.UTF_8));
  }

  /** Returns the score of a judge's reply or of an encoder's embeddings, or why there is none. */
  JudgeReplyResult parseJudgeReply(JsonMapper json) {
    return answer(json)
        .map(reply -> JudgeReplyResult.of(reply.message()))
        .orElseGet(() -> JudgeReplyResult.ofStoredScore(body));
  }

  /**
   * Returns the tokens of one kind, as {@code prompt_tokens}, that the provider counted; 0 if it
   * counted none.
   */
  public long tokens(JsonMapper json, String kind) {
    return parsedBody(json).path("usage").path(kind).asLong(0);
  }

  public OutputView view(JsonMapper json) {
    JsonNode answer = parsedBody(json);
    JsonNode choice = answer.at("/choices/0");
    return new OutputView(
        text(answer.path("id")),
        text(answer.path("model")),
        text(answer.path("system_fingerprint")),
        nodeOrNull(choice.path("message")),
        text(choice.path("finish_reason")),
        nodeOrNull(answer.path("usage")),
        nodeOrNull(answer.path("plumbline")));
  }

  private JsonNode parsedBody(JsonMapper json) {
    try {
      return json.readTree(body);
    } catch (JacksonException e) {
      return json.createObjectNode();
    }
  }

  private static @Nullable String text(JsonNode node) {
    return node.isString() ? node.asString() : null;
  }

  private static @Nullable JsonNode nodeOrNull(JsonNode node) {
    return node.isMissingNode() || node.isNull() ? null : node;
  }
}
