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
 * @param messages the messages in the shape of the OpenAI API, in the order in which they are sent
 *     to a model
 * @param callers the place of the caller's messages, or of the question that the caller's fills
 */
public record RenderedPrompt(
    List<ObjectNode> messages,
    Span callers,
    ObjectNode parameters,
    @Nullable JsonNode responseFormat) {

  /**
   * A range of messages that follow each other.
   *
   * @param from the index of the first
   * @param to the index after the last
   */
  public record Span(int from, int to) {

    public static final Span NONE = new Span(0, 0);
  }

  public RenderedPrompt {
    messages = List.copyOf(messages);
  }

  /**
   * Returns the prompt as a request to the OpenAI API. Its {@code model} is among the parameters or
   * added by the caller.
   */
  public ObjectNode chatRequest() {
    ObjectNode request = JsonNodeFactory.instance.objectNode();
    request.setAll(parameters);
    ArrayNode list = request.putArray("messages");
    messages.forEach(list::add);
    if (responseFormat != null) {
      request.set("response_format", ResponseFormat.wrap(responseFormat));
    }
    return request;
  }
}
