package io.plumbline.evaluation.output;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * An output on the wire; what the answer does not have is absent.
 *
 * @param responseId under which feedback joins it
 * @param model that the provider says has answered
 * @param message of the OpenAI API, with its tool calls and annotations
 * @param plumbline what inference adds: whether it abstained, its confidence, the passages
 */
public record OutputView(
    @Nullable String responseId,
    @Nullable String model,
    @Nullable String systemFingerprint,
    @Nullable JsonNode message,
    @Nullable String finishReason,
    @Nullable JsonNode usage,
    @Nullable JsonNode plumbline) {}
