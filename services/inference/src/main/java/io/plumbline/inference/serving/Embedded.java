package io.plumbline.inference.serving;

import tools.jackson.databind.node.ObjectNode;

/**
 * An answer of a model that embeds.
 *
 * @param body in OpenAI's shape
 * @param truncated whether a part of the input was not read
 * @param modelNanos the time that the model took
 */
record Embedded(ObjectNode body, long tokens, boolean truncated, long modelNanos) {}
