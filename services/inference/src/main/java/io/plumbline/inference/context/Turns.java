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
  List<Integer> beginnings() {
    List<Integer> answered = answered();
    int first = firstOfUser();
    List<Integer> beginnings = new ArrayList<>();
    int earliestCall = messages.size();
    for (int i = messages.size() - 1; i > first; i--) {
      earliestCall = Math.min(earliestCall, answered.get(i));
      if (isOf(messages.get(i), "user") && earliestCall >= i) {
        beginnings.add(i);
      }
    }
    beginnings.add(0);
    return beginnings;
  }

  /** Returns the conversation from a place on. All messages of an operator stay. */
  List<ObjectNode> from(int beginning) {
    return IntStream.range(0, messages.size())
        .filter(i -> i >= beginning || isInstruction(messages.get(i)))
        .mapToObj(messages::get)
        .toList();
  }

  static boolean isInstruction(ObjectNode message) {
    return isOf(message, "system") || isOf(message, "developer");
  }

  private int firstOfUser() {
    return IntStream.range(0, messages.size())
        .filter(i -> isOf(messages.get(i), "user"))
        .findFirst()
        .orElse(messages.size());
  }

  /**
   * Returns for each message the place of the call that it answers, or its own place where it
   * answers none. Ids repeat in some conversations, and names of functions in most, so a result
   * answers the nearest call before it.
   */
  private List<Integer> answered() {
    Map<String, Integer> calls = new HashMap<>();
    List<Integer> answered = new ArrayList<>();
    for (int i = 0; i < messages.size(); i++) {
      int place = i;
      ObjectNode message = messages.get(i);
      answered.add(answered(message, place, calls));
      called(message).forEach(call -> calls.put(call, place));
    }
    return answered;
  }

  private static int answered(ObjectNode message, int place, Map<String, Integer> calls) {
    if (isOf(message, "tool")) {
      return calls.getOrDefault(id(message.path("tool_call_id")), place);
    }
    if (isOf(message, "function")) {
      return calls.getOrDefault(function(message.path("name")), place);
    }
    return place;
  }

  private static Stream<String> called(ObjectNode message) {
    JsonNode function = message.path("function_call").path("name");
    return Stream.concat(
        message.path("tool_calls").valueStream().map(call -> id(call.path("id"))),
        function.isMissingNode() ? Stream.empty() : Stream.of(function(function)));
  }

  private static String id(JsonNode id) {
    return "id " + id.asString("");
  }

  private static String function(JsonNode name) {
    return "function " + name.asString("");
  }

  private static boolean isOf(ObjectNode message, String role) {
    return message.path("role").asString("").equals(role);
  }
}
