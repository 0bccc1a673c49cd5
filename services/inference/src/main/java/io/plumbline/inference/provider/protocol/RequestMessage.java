package io.plumbline.inference.provider.protocol;

import static io.plumbline.inference.provider.protocol.RequestFields.isSet;

import io.plumbline.inference.UnsupportedRequest;
import io.plumbline.prompttemplate.schema.BoundedJson;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * One message of a chat request, with its place for error messages.
 *
 * @param index the place of the message in the request, from 0
 * @param model the name for error messages
 * @param api the owner of the API, for error messages
 */
record RequestMessage(JsonNode message, int index, String model, String api) {

  String role() {
    return message.path("role").asString("");
  }

  JsonNode get(String field) {
    return message.path(field);
  }

  /**
   * Refuses the first field that is not known.
   *
   * @throws UnsupportedRequest naming the field
   */
  void requireOnlyFields(Set<String> known) {
    requireOnlyFields(message, known, "");
  }

  /**
   * Refuses the first field that is not known, like {@link #requireOnlyFields(Set)}, in a part of
   * the content.
   */
  void requireOnlyPartFields(JsonNode part, Set<String> known) {
    requireOnlyFields(part, known, "content.");
  }

  private void requireOnlyFields(JsonNode node, Set<String> known, String where) {
    node.properties().stream()
        .filter(field -> !known.contains(field.getKey()) && isSet(field.getValue()))
        .findFirst()
        .ifPresent(field -> {
          throw unsupportedContentException(where + field.getKey());
        });
  }

  /** Returns the function of a call. */
  JsonNode function(JsonNode call) {
    JsonNode function = call.path("function");
    if (!function.isObject()) {
      throw unsupportedContentException("tool_calls of other types than function");
    }
    return function;
  }

  /** Returns the arguments of a call of a function, as an object. */
  JsonNode arguments(JsonNode function) {
    String arguments = function.path("arguments").asString("");
    if (arguments.isBlank()) {
      return JsonNodeFactory.instance.objectNode();
    }
    try {
      JsonNode input = BoundedJson.read(arguments);
      if (input.isObject()) {
        return input;
      }
    } catch (JacksonException e) {
      // Text that is not JSON is refused like any other text that is no object.
    }
    throw unsupportedContentException(
        "tool_calls whose arguments are no JSON object, or one with too many values");
  }

  UnsupportedRequest unsupportedContentException(String what) {
    return new UnsupportedRequest(
        "unsupported_content",
        "messages",
        ("messages[%d] has %s, of which the API of %s has no equivalent, so %s cannot take it: omit"
                + " it.")
            .formatted(index, what, api, model));
  }

  /** Returns the refusal of a request without a message to answer. */
  static UnsupportedRequest missingInputException(String model) {
    return new UnsupportedRequest(
        "missing_input",
        "messages",
        model + " answers a message: send at least one of role user that is not empty.");
  }
}
