package io.plumbline.inference.provider;

import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * What the body of a refusal says, in the shape of OpenAI's errors: an object with {@code message},
 * {@code type} and {@code code}.
 */
final class ErrorBody {

  private ErrorBody() {}

  /**
   * OpenAI's own {@code {"error": {…}}}; a list of one, as Google's APIs answer a refused stream; a
   * text in place of the object, as vLLM writes it for a missing key; the fields without a frame,
   * as vLLM wrote them before 0.11; and {@code {"detail": …}} of its web framework: a text for a
   * path that it does not have, a list of objects with {@code msg} for a request that it cannot
   * read.
   *
   * @return empty when it says nothing
   */
  static JsonNode read(JsonNode body) {
    JsonNode one = body.isArray() ? body.path(0) : body;
    JsonNode error = one.path("error");
    if (error.isObject()) {
      return error;
    }
    if (error.isString()) {
      return message(error);
    }
    if (one.path("message").isString()) {
      return one;
    }
    JsonNode detail = one.path("detail");
    if (detail.isArray()) {
      return message(
          JsonNodeFactory.instance.stringNode(
              detail
                  .valueStream()
                  .map(each -> each.path("msg").asString(""))
                  .filter(text -> !text.isEmpty())
                  .collect(Collectors.joining("; "))));
    }
    return detail.isString() ? message(detail) : JsonNodeFactory.instance.objectNode();
  }

  private static JsonNode message(JsonNode text) {
    return JsonNodeFactory.instance.objectNode().set("message", text);
  }
}
