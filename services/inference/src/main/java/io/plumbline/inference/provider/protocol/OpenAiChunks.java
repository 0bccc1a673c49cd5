package io.plumbline.inference.provider.protocol;

import io.plumbline.inference.provider.protocol.StreamTranslation.Chunk;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Creates the chunks of a translated stream in OpenAI's shape. */
final class OpenAiChunks {

  private OpenAiChunks() {}

  /**
   * Returns a chunk of a choice.
   *
   * @param logprobs the log probabilities; a JSON null where the model gives none
   * @param finishReason the finish reason; absent until the choice ends
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
   * Returns a chunk of an error.
   *
   * @param error the error in OpenAI's shape
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
