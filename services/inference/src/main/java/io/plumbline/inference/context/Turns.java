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
 * The turns of a conversation. One begins with each message of the user and lasts until the next,
 * with the calls of tools and their results; what precedes the first belongs to it.
 */
final class Turns {

  private final List<ObjectNode> messages;

  Turns(List<ObjectNode> messages) {
    this.messages = messages;
  }

  /**
   * Where the conversation may begin so that no result is without the call that it answers and the
   * last message of the user stays: the latest first, the whole conversation last.
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

  /** From a beginning on; what an operator says stays, however early it was said. */
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
   * Of each message the place of the call that it answers, its own where it answers none. Ids
   * repeat in some conversations, names of functions in most: a result answers the nearest call
   * before it.
   */
  private List<Integer> answered() {
    Map<String, Integer> calls = new HashMap<>();
    List<Integer> answered = new ArrayList<>();
    for (int i = 0; i < messages.size(); i++) {
      int place = i;
      ObjectNode message = messages.get(i);
      answered.add(
          isOf(message, "tool")
              ? calls.getOrDefault(id(message.path("tool_call_id")), place)
              : isOf(message, "function")
                  ? calls.getOrDefault(function(message.path("name")), place)
                  : place);
      called(message).forEach(call -> calls.put(call, place));
    }
    return answered;
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
