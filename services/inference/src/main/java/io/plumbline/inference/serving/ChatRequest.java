package io.plumbline.inference.serving;

import io.plumbline.inference.serving.protocol.OpenAiError;
import io.plumbline.inference.variant.RequestField;
import io.plumbline.prompttemplate.rendering.Conversation;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A chat request. */
record ChatRequest(ObjectNode body, String model, boolean stream, boolean includeUsage) {

  static final String VARIABLES = RequestField.PLUMBLINE_VARIABLES.wireName();
  private static final int MAX_MODEL = 300;

  private static final Set<String> ROLES =
      Set.of("system", "developer", "user", "assistant", "tool", "function");

  /**
   * Reads and checks a request.
   *
   * @throws OpenAiError naming the invalid field
   */
  static ChatRequest read(byte[] bytes, JsonMapper json) {
    ObjectNode body = readObject(bytes, json);
    JsonNode model = body.path("model");
    if (!model.isString() || model.asString().isBlank() || model.asString().length() > MAX_MODEL) {
      throw OpenAiError.invalidRequest(
          "model",
          "model must be the name of an application (app/<name>), a variant (variant/<digest>), a"
              + " model version (<model>@<version>), a local model or a provider's model; GET"
              + " /v1/models lists them.");
    }
    checkMessages(body.path("messages"), body.has(VARIABLES));
    checkNumber(body, "temperature", 0, 2);
    checkNumber(body, "top_p", 0, 1);
    checkNumber(body, "top_logprobs", 0, 1_000);
    checkFlag(body, "stream");
    checkFlag(body, "logprobs");
    JsonNode user = body.path("user");
    if (!user.isMissingNode() && !user.isNull() && !user.isString()) {
      throw OpenAiError.invalidRequest("user", "user must be a string.");
    }
    return new ChatRequest(
        body,
        model.asString(),
        body.path("stream").asBoolean(false),
        body.path("stream_options").path("include_usage").asBoolean(false));
  }

  /** Returns the same request with another body. */
  ChatRequest withBody(ObjectNode other) {
    return new ChatRequest(other, model, stream, includeUsage);
  }

  static ObjectNode readObject(byte[] bytes, JsonMapper json) {
    try {
      if (json.readTree(bytes) instanceof ObjectNode object) {
        return object;
      }
    } catch (JacksonException e) {
      throw new OpenAiError(
          400,
          "malformed_json",
          null,
          "The body is not valid JSON, or nested too deeply: " + positionOf(e));
    }
    throw new OpenAiError(400, "malformed_json", null, "The body must be a JSON object.");
  }

  private static String positionOf(JacksonException e) {
    if (e.getLocation() == null) {
      return "unknown position";
    }
    return "line %d, column %d"
        .formatted(e.getLocation().getLineNr(), e.getLocation().getColumnNr());
  }

  private static void checkMessages(JsonNode messages, boolean hasVariables) {
    if (messages.isMissingNode() && hasVariables) {
      return;
    }
    if (!messages.isArray()
        || (messages.isEmpty() && !hasVariables)
        || messages.size() > Conversation.MAX_MESSAGES) {
      throw OpenAiError.invalidRequest(
          "messages",
          "messages must be a list of 1 to " + Conversation.MAX_MESSAGES + " messages.");
    }
    for (int i = 0; i < messages.size(); i++) {
      JsonNode message = messages.get(i);
      if (!message.isObject() || !ROLES.contains(message.path("role").asString(""))) {
        throw OpenAiError.invalidRequest(
            "messages",
            "messages[%d] must be an object with a role: system, developer, user, assistant or tool."
                .formatted(i));
      }
      JsonNode content = message.path("content");
      boolean callsTools = message.has("tool_calls") || message.has("function_call");
      if (!content.isString() && !content.isArray() && !callsTools) {
        throw OpenAiError.invalidRequest(
            "messages", "messages[%d].content must be a string or a list of parts.".formatted(i));
      }
    }
  }

  private static void checkNumber(ObjectNode body, String field, double low, double high) {
    JsonNode value = body.path(field);
    if (!value.isMissingNode()
        && !value.isNull()
        && !(value.isNumber() && value.asDouble() >= low && value.asDouble() <= high)) {
      throw OpenAiError.invalidRequest(
          field, "%s must be a number from %s to %s.".formatted(field, low, high));
    }
  }

  private static void checkFlag(ObjectNode body, String field) {
    JsonNode value = body.path(field);
    if (!value.isMissingNode() && !value.isNull() && !value.isBoolean()) {
      throw OpenAiError.invalidRequest(field, field + " must be true or false.");
    }
  }
}
