package io.plumbline.inference.local;

import io.plumbline.inference.UnsupportedRequest;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** The checks of chat requests that all local models share, and what they read of messages. */
final class LocalRequestChecks {

  private LocalRequestChecks() {}

  /**
   * Refuses tools, and messages that are not text.
   *
   * @param model the name for error messages
   * @throws UnsupportedRequest for tools, their calls and results, and for parts that are not text
   */
  static void requireTextOnly(JsonNode request, String model) {
    for (String field : List.of("tools", "functions", "tool_choice", "function_call")) {
      if (isSet(request.path(field))) {
        throw new UnsupportedRequest(
            "unsupported_parameter", field, model + " calls no tools: omit " + field + ".");
      }
    }
    for (JsonNode message : request.path("messages").values()) {
      if (message.has("tool_call_id") || isSet(message.path("tool_calls"))) {
        throw new UnsupportedRequest(
            "unsupported_content",
            "messages",
            model + " calls no tools: omit messages that call one or that are its result.");
      }
      requireText(message.path("content"), model);
    }
  }

  private static void requireText(JsonNode content, String model) {
    if (!content.isArray()) {
      return;
    }
    for (JsonNode part : content.values()) {
      if (!part.path("type").asString("").equals("text")) {
        throw new UnsupportedRequest(
            "unsupported_content",
            "messages",
            model + " reads text only: omit message parts of other types.");
      }
    }
  }

  /**
   * Refuses a request for more than one answer.
   *
   * @param message the error message, which says what to send instead
   * @throws UnsupportedRequest for more than one answer
   */
  static void requireOneAnswer(JsonNode request, String message) {
    if (request.path("n").asInt(1) != 1) {
      throw new UnsupportedRequest("unsupported_parameter", "n", message);
    }
  }

  static boolean isSet(JsonNode field) {
    return !field.isMissingNode()
        && !field.isNull()
        && !(field.isArray() && field.isEmpty())
        && !field.asString("").equals("none");
  }

  /**
   * Returns the index of the last message of a user, counted from 0.
   *
   * @param missing the error message when there is none
   * @throws UnsupportedRequest when there is none
   */
  static int lastUserMessageIndex(List<JsonNode> messages, String missing) {
    for (int i = messages.size() - 1; i >= 0; i--) {
      if (messages.get(i).path("role").asString("").equals("user")) {
        return i;
      }
    }
    throw new UnsupportedRequest("missing_input", "messages", missing);
  }

  /**
   * Returns the text of a message: its content where that is a string, or else the texts of its
   * parts, joined by line breaks.
   *
   * @param index the index of the message in the request, counted from 0, which the error names
   * @throws UnsupportedRequest when the content is neither a string nor a list of parts
   */
  static String messageText(JsonNode message, int index) {
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
