package io.plumbline.inference.serving;

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
 * @param modelNanos the time of the model itself
 */
record Completion(ObjectNode body, Tokens tokens, List<String> truncated, long modelNanos) {

  /** The same answer from the cache. */
  Completion withoutModelTime() {
    return new Completion(body, tokens, truncated, 0);
  }

  /** What was answered. */
  ArrayNode messages() {
    ArrayNode messages = JsonNodeFactory.instance.arrayNode();
    body.path("choices").valueStream().map(choice -> choice.path("message")).forEach(messages::add);
    return messages;
  }
}
