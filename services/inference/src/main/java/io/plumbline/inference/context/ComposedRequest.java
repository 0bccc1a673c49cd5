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

  /**
   * The same request with a message of its operator before the last message of the user, who asks
   * there. Within the caller's messages it stays however many of them are dropped.
   */
  public ComposedRequest withInstruction(String text) {
    List<ObjectNode> messages = messages();
    int place = question(messages);
    ObjectNode other = body.objectNode();
    other.setAll(body);
    ArrayNode list = other.putArray(MESSAGES);
    messages.subList(0, place).forEach(list::add);
    list.addObject().put("role", "system").put("content", text);
    messages.subList(place, messages.size()).forEach(list::add);
    boolean before = place <= callers.from();
    return new ComposedRequest(
        other,
        new Span(
            callers.from() + (before ? 1 : 0),
            callers.to() + (before || place < callers.to() ? 1 : 0)));
  }

  /** The last message of the user among the caller's, else among all. */
  private int question(List<ObjectNode> messages) {
    int callersLast = lastOfUser(messages, callers.from(), callers.to());
    return callersLast >= 0 ? callersLast : Math.max(0, lastOfUser(messages, 0, messages.size()));
  }

  private static int lastOfUser(List<ObjectNode> messages, int from, int to) {
    for (int i = to - 1; i >= from; i--) {
      if (messages.get(i).path("role").asString("").equals("user")) {
        return i;
      }
    }
    return -1;
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
