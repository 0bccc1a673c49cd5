package io.plumbline.prompttemplate.rendering;

import io.plumbline.prompttemplate.content.Message;
import io.plumbline.prompttemplate.content.ResponseFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A prompt with its variables filled, in the order in which it is sent to a model. */
public record RenderedPrompt(
    List<Turn> messages, ObjectNode parameters, @Nullable JsonNode responseFormat) {

  /** A finished message. */
  public record Turn(Message.Role role, String content) {}

  public RenderedPrompt {
    messages = List.copyOf(messages);
  }

  /**
   * The prompt as a request to the OpenAI API; its {@code model} is among the parameters or added
   * by the caller.
   */
  public ObjectNode chatRequest() {
    ObjectNode request = JsonNodeFactory.instance.objectNode();
    request.setAll(parameters);
    ArrayNode list = request.putArray("messages");
    messages.forEach(
        turn -> list.addObject().put("role", turn.role().wire()).put("content", turn.content()));
    if (responseFormat != null) {
      request.set("response_format", ResponseFormat.wrapped(responseFormat));
    }
    return request;
  }
}
