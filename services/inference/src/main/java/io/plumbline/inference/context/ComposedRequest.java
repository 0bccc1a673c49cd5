package io.plumbline.inference.context;

import io.plumbline.prompttemplate.rendering.RenderedPrompt.Span;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A request to a model.
 *
 * @param callers the span of the caller's messages among all messages
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
   * Returns the same request with an operator's message before the last message of the user, which
   * holds the question. Inserted among the caller's messages, it stays however many of those are
   * dropped.
   */
  public ComposedRequest withInstruction(String text) {
    List<ObjectNode> messages = messages();
    int place = questionIndex(messages);
    ObjectNode other = body.objectNode();
    other.setAll(body);
    ArrayNode list = other.putArray(MESSAGES);
    messages.subList(0, place).forEach(list::add);
    list.addObject().put("role", "system").put("content", text);
    messages.subList(place, messages.size()).forEach(list::add);
    return new ComposedRequest(other, callerSpanAfterInsertion(place));
  }

  /** Returns the span of the caller's messages after a message was inserted at a place. */
  private Span callerSpanAfterInsertion(int place) {
    if (place <= callers.from()) {
      return new Span(callers.from() + 1, callers.to() + 1);
    }
    if (place < callers.to()) {
      return new Span(callers.from(), callers.to() + 1);
    }
    return callers;
  }

  /** Returns the place of the last message of the user among the caller's, else among all. */
  private int questionIndex(List<ObjectNode> messages) {
    int callersLast = lastUserMessageIndex(messages, callers.from(), callers.to());
    if (callersLast >= 0) {
      return callersLast;
    }
    return Math.max(0, lastUserMessageIndex(messages, 0, messages.size()));
  }

  private static int lastUserMessageIndex(List<ObjectNode> messages, int from, int to) {
    for (int i = to - 1; i >= from; i--) {
      if (messages.get(i).path("role").asString("").equals("user")) {
        return i;
      }
    }
    return -1;
  }

  /** Returns the same request with other messages in place of the caller's. */
  ObjectNode withConversation(List<ObjectNode> conversation) {
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
