package io.plumbline.inference.serving;

import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * A whole answer.
 *
 * @param body {@code chat.completion} without id, creation time and model, which belong to a
 *     response
 * @param truncated kinds of text that were not read to their end
 * @param modelNanos how long the model itself took
 */
record Completion(
    ObjectNode body,
    long inputTokens,
    long outputTokens,
    List<String> truncated,
    long modelNanos) {}
