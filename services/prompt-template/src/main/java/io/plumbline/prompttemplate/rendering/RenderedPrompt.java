package io.plumbline.prompttemplate.rendering;

import io.plumbline.prompttemplate.content.ResponseFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A prompt with its variables filled and the caller's messages in their place.
 *
 * @param messages in the shape of the OpenAI API, in the order in which they are sent to a model
 */
public record RenderedPrompt(
    List<ObjectNode> messages, ObjectNode parameters, @Nullable JsonNode responseFormat) {

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
    messages.forEach(list::add);
    if (responseFormat != null) {
      request.set("response_format", ResponseFormat.wrapped(responseFormat));
    }
    return request;
  }
}
