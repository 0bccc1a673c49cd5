package io.plumbline.inference.local;

import io.plumbline.inference.UnsupportedRequest;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** What the local models have in common about chat requests: they read text, and answer once. */
final class LocalRequest {

  private LocalRequest() {}

  /**
   * @param model the name for error messages
   * @throws UnsupportedRequest for tools, their calls and results, and for what is not text
   */
  static void refuseTools(JsonNode request, String model) {
    for (String field : List.of("tools", "functions", "tool_choice", "function_call")) {
      if (isUsed(request.path(field))) {
        throw new UnsupportedRequest(
            "unsupported_parameter", field, model + " calls no tools: omit " + field + ".");
      }
    }
    for (JsonNode message : request.path("messages").values()) {
      if (message.has("tool_call_id") || isUsed(message.path("tool_calls"))) {
        throw new UnsupportedRequest(
            "unsupported_content",
            "messages",
            model + " calls no tools: omit messages that call one or that are its result.");
      }
      for (JsonNode part :
          message.path("content").isArray()
              ? message.path("content").values()
              : List.<JsonNode>of()) {
        if (!part.path("type").asString("").equals("text")) {
          throw new UnsupportedRequest(
              "unsupported_content",
              "messages",
              model + " reads text only: omit message parts of other types.");
        }
      }
    }
  }

  /**
   * @param message what to send instead
   * @throws UnsupportedRequest for more than one answer
   */
  static void refuseMore(JsonNode request, String message) {
    if (request.path("n").asInt(1) != 1) {
      throw new UnsupportedRequest("unsupported_parameter", "n", message);
    }
  }

  static boolean isUsed(JsonNode field) {
    return !field.isMissingNode()
        && !field.isNull()
        && !(field.isArray() && field.isEmpty())
        && !field.asString("").equals("none");
  }

  /**
   * The place of the last message of a user.
   *
   * @param missing what to say without one
   */
  static int lastUser(List<JsonNode> messages, String missing) {
    for (int i = messages.size() - 1; i >= 0; i--) {
      if (messages.get(i).path("role").asString("").equals("user")) {
        return i;
      }
    }
    throw new UnsupportedRequest("missing_input", "messages", missing);
  }

  /**
   * @param index of the message, for error messages
   */
  static String text(JsonNode message, int index) {
    JsonNode content = message.path("content");
    if (content.isString()) {
      return content.asString();
    }
    if (content.isArray()) {
      return String.join(
          "\n", content.valueStream().map(part -> part.path("text").asString("")).toList());
    }
    throw new UnsupportedRequest(
        "invalid_content",
        "messages",
        "messages[%d].content must be a string or parts of text.".formatted(index));
  }
}
