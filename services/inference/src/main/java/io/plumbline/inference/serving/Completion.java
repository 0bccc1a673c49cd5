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
 * @param truncated the kinds of text that were longer than the model reads
 * @param dropped how many messages of the caller the model did not get, because they did not fit
 * @param modelNanos the time of the model itself
 * @param passages the passages that the model was given, best first
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

  /** Returns the same answer from the cache, which took no time of the model. */
  Completion withoutModelTime() {
    return new Completion(body, tokens, truncated, dropped, 0, passages);
  }

  /**
   * Returns the same answer as the answer to a request.
   *
   * @param without how many of the caller's messages the request left out
   * @param given the passages that the request had
   */
  Completion asAnswerTo(int without, List<Passage> given) {
    return new Completion(body, tokens, truncated, without, modelNanos, given);
  }

  /** Returns whether the answer is an abstention of the variant. */
  boolean abstained() {
    return AnswerExtension.isAbstained(body);
  }

  /** Returns the messages of the answer. */
  ArrayNode messages() {
    ArrayNode messages = JsonNodeFactory.instance.arrayNode();
    body.path("choices").valueStream().map(choice -> choice.path("message")).forEach(messages::add);
    return messages;
  }
}
