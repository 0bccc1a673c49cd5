package io.plumbline.inference.provider.protocol;

import io.plumbline.inference.provider.protocol.StreamTranslation.Chunk;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The chunks of a stream in OpenAI's shape, as a translation makes them. */
final class OpenAiChunks {

  private OpenAiChunks() {}

  /**
   * @param logprobs null in JSON where a model gives none
   * @param finishReason absent until the choice ends
   */
  static Chunk choice(
      String model, int index, ObjectNode delta, JsonNode logprobs, @Nullable String finishReason) {
    ObjectNode chunk = chunk(model);
    ObjectNode choice = chunk.putArray("choices").addObject().put("index", index);
    choice.set("delta", delta);
    if (!logprobs.isNull()) {
      choice.set("logprobs", logprobs);
    }
    choice.put("finish_reason", finishReason);
    return new Chunk(chunk);
  }

  static Chunk usage(String model, ObjectNode counts) {
    ObjectNode chunk = chunk(model);
    chunk.putArray("choices");
    chunk.set("usage", counts);
    return new Chunk(chunk);
  }

  /**
   * @param error in OpenAI's shape
   */
  static Chunk error(JsonNode error) {
    ObjectNode chunk = JsonNodeFactory.instance.objectNode();
    chunk.set("error", error);
    return new Chunk(chunk);
  }

  private static ObjectNode chunk(String model) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("object", "chat.completion.chunk")
        .put("model", model);
  }
}
