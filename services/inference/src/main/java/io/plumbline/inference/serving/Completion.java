package io.plumbline.inference.serving;

import io.plumbline.inference.answer.AnswerExtension;
import io.plumbline.inference.retrieval.Passage;
import io.plumbline.inference.usage.Tokens;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A whole answer.
 *
 * @param body {@code chat.completion} without id, creation time and model, which belong to a
 *     response
 * @param truncated kinds of text that were longer than the model reads
 * @param dropped messages of the caller that the model did not get, because they did not fit
 * @param modelNanos the time of the model itself
 * @param passages that the model was given, best first
 */
record Completion(
    ObjectNode body,
    Tokens tokens,
    List<String> truncated,
    int dropped,
    long modelNanos,
    List<Passage> passages) {

  Completion(ObjectNode body, Tokens tokens, List<String> truncated, long modelNanos) {
    this(body, tokens, truncated, 0, modelNanos, List.of());
  }

  /** The same answer from the cache. */
  Completion withoutModelTime() {
    return new Completion(body, tokens, truncated, dropped, 0, passages);
  }

  /**
   * The same answer, as one to a request.
   *
   * @param without how many of the caller's messages it left out
   * @param given the passages that it had
   */
  Completion to(int without, List<Passage> given) {
    return new Completion(body, tokens, truncated, without, modelNanos, given);
  }

  /** Whether its variant abstained. */
  boolean abstained() {
    return AnswerExtension.isAbstained(body);
  }

  /** What was answered. */
  ArrayNode messages() {
    ArrayNode messages = JsonNodeFactory.instance.arrayNode();
    body.path("choices").valueStream().map(choice -> choice.path("message")).forEach(messages::add);
    return messages;
  }
}
