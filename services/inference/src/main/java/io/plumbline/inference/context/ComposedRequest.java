package io.plumbline.inference.context;

import io.plumbline.prompttemplate.rendering.RenderedPrompt.Span;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A request to a model.
 *
 * @param callers where among its messages the caller's are
 */
public record ComposedRequest(ObjectNode body, Span callers) {

  static final String MESSAGES = "messages";

  List<ObjectNode> messages() {
    return body.path(MESSAGES)
        .valueStream()
        .filter(ObjectNode.class::isInstance)
        .map(ObjectNode.class::cast)
        .toList();
  }

  /** The same request with these messages in the place of the caller's. */
  ObjectNode with(List<ObjectNode> conversation) {
    List<ObjectNode> messages = messages();
    ObjectNode other = body.objectNode();
    other.setAll(body);
    ArrayNode list = other.putArray(MESSAGES);
    messages.subList(0, callers.from()).forEach(list::add);
    conversation.forEach(list::add);
    messages.subList(callers.to(), messages.size()).forEach(list::add);
    return other;
  }
}
