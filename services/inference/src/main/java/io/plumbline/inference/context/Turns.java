package io.plumbline.inference.context;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The turns of a conversation. A turn begins with a message of the user and lasts until the next
 * one, with its tool calls and their results. Messages before the first turn belong to it.
 */
final class Turns {

  private final List<ObjectNode> messages;

  Turns(List<ObjectNode> messages) {
    this.messages = messages;
  }

  /**
   * Returns the places where the conversation may begin: the latest first, the whole conversation
   * last. From each of them the last message of the user stays, and no result of a tool lacks its
   * call.
   */
  List<Integer> candidateStarts() {
    List<Integer> answered = answeredCallIndexes();
    int first = firstUserMessageIndex();
    List<Integer> beginnings = new ArrayList<>();
    int earliestCall = messages.size();
    for (int i = messages.size() - 1; i > first; i--) {
      earliestCall = Math.min(earliestCall, answered.get(i));
      if (hasRole(messages.get(i), "user") && earliestCall >= i) {
        beginnings.add(i);
      }
    }
    beginnings.add(0);
    return beginnings;
  }

  /** Returns the conversation from a place on. All messages of an operator stay. */
  List<ObjectNode> messagesFrom(int beginning) {
    return IntStream.range(0, messages.size())
        .filter(i -> i >= beginning || isInstruction(messages.get(i)))
        .mapToObj(messages::get)
        .toList();
  }

  static boolean isInstruction(ObjectNode message) {
    return hasRole(message, "system") || hasRole(message, "developer");
  }

  private int firstUserMessageIndex() {
    return IntStream.range(0, messages.size())
        .filter(i -> hasRole(messages.get(i), "user"))
        .findFirst()
        .orElse(messages.size());
  }

  /**
   * Returns for each message the place of the call that it answers, or its own place where it
   * answers none. Ids repeat in some conversations, and names of functions in most, so a result
   * answers the nearest call before it.
   */
  private List<Integer> answeredCallIndexes() {
    Map<String, Integer> calls = new HashMap<>();
    List<Integer> answered = new ArrayList<>();
    for (int i = 0; i < messages.size(); i++) {
      int place = i;
      ObjectNode message = messages.get(i);
      answered.add(answeredCallIndex(message, place, calls));
      callKeys(message).forEach(call -> calls.put(call, place));
    }
    return answered;
  }

  private static int answeredCallIndex(ObjectNode message, int place, Map<String, Integer> calls) {
    if (hasRole(message, "tool")) {
      return calls.getOrDefault(idKey(message.path("tool_call_id")), place);
    }
    if (hasRole(message, "function")) {
      return calls.getOrDefault(functionKey(message.path("name")), place);
    }
    return place;
  }

  private static Stream<String> callKeys(ObjectNode message) {
    JsonNode function = message.path("function_call").path("name");
    return Stream.concat(
        message.path("tool_calls").valueStream().map(call -> idKey(call.path("id"))),
        function.isMissingNode() ? Stream.empty() : Stream.of(functionKey(function)));
  }

  private static String idKey(JsonNode id) {
    return "id " + id.asString("");
  }

  private static String functionKey(JsonNode name) {
    return "function " + name.asString("");
  }

  private static boolean hasRole(ObjectNode message, String role) {
    return message.path("role").asString("").equals(role);
  }
}
