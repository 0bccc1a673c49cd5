package io.plumbline.inference.provider;

import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Reads the body of a refusal into the shape of OpenAI's errors: an object with {@code message},
 * {@code type} and {@code code}.
 */
final class ErrorBody {

  private ErrorBody() {}

  /**
   * Reads the shapes of several servers: OpenAI's own {@code {"error": {…}}}; a list of one, with
   * which Google's APIs answer a refused stream; a text in place of the object, which vLLM writes
   * for a missing key; the fields without a frame, which vLLM wrote before 0.11; and {@code
   * {"detail": …}} of vLLM's web framework, which is a text for an unknown path and a list of
   * objects with {@code msg} for an unreadable request.
   *
   * @return the error; an empty object when the body has none
   */
  static JsonNode read(JsonNode body) {
    JsonNode one = body.isArray() ? body.path(0) : body;
    JsonNode error = one.path("error");
    if (error.isObject()) {
      return error;
    }
    if (error.isString()) {
      return withMessage(error);
    }
    if (one.path("message").isString()) {
      return one;
    }
    JsonNode detail = one.path("detail");
    if (detail.isArray()) {
      return withMessage(
          JsonNodeFactory.instance.stringNode(
              detail
                  .valueStream()
                  .map(each -> each.path("msg").asString(""))
                  .filter(text -> !text.isEmpty())
                  .collect(Collectors.joining("; "))));
    }
    if (detail.isString()) {
      return withMessage(detail);
    }
    return JsonNodeFactory.instance.objectNode();
  }

  private static JsonNode withMessage(JsonNode text) {
    return JsonNodeFactory.instance.objectNode().set("message", text);
  }
}
