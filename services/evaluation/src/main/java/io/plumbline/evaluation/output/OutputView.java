package io.plumbline.evaluation.output;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * An output in the API; parts that the answer lacks are absent.
 *
 * @param responseId the id by which feedback refers to the answer
 * @param model the model that the provider names
 * @param message the message of the OpenAI API, with its tool calls and annotations
 * @param plumbline the details that inference adds: whether the variant abstained, its confidence,
 *     the passages
 */
public record OutputView(
    @Nullable String responseId,
    @Nullable String model,
    @Nullable String systemFingerprint,
    @Nullable JsonNode message,
    @Nullable String finishReason,
    @Nullable JsonNode usage,
    @Nullable JsonNode plumbline) {}
