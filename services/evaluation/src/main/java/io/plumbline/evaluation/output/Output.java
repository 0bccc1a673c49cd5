package io.plumbline.evaluation.output;

import io.plumbline.contracts.Digest;
import io.plumbline.evaluation.scorer.ModelMessage;
import java.util.Optional;
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
  public Optional<ModelMessage> message(JsonMapper json) {
    return ModelMessage.of(read(json).at("/choices/0/message"));
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
        present(answer.path("usage")));
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
