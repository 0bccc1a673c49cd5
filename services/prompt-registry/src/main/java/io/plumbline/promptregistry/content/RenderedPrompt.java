package io.plumbline.promptregistry.content;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A prompt with its variables filled, in the order in which it is sent to a model. */
public record RenderedPrompt(
    List<Turn> messages, ObjectNode parameters, @Nullable JsonNode responseFormat) {

  /** A finished message. */
  public record Turn(Message.Role role, String content) {}
}
