package io.plumbline.inference.serving;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A chat request.
 *
 * @param ignored fields that the protocol does not have; they are dropped, and the answer lists
 *     them
 */
record ChatRequest(
    ObjectNode body, String model, boolean stream, boolean includeUsage, List<String> ignored) {

  static final String VARIABLES = "plumbline_variables";
  private static final int MAX_MESSAGES = 2_000;
  private static final int MAX_MODEL = 300;

  private static final Set<String> KNOWN =
      Set.of(
          "model",
          "messages",
          "frequency_penalty",
          "function_call",
          "functions",
          "logit_bias",
          "logprobs",
          "max_completion_tokens",
          "max_tokens",
          "metadata",
          "modalities",
          "n",
          "parallel_tool_calls",
          "prediction",
          "presence_penalty",
          "reasoning_effort",
          "response_format",
          "seed",
          "service_tier",
          "stop",
          "store",
          "stream",
          "stream_options",
          "temperature",
          "tool_choice",
          "tools",
          "top_logprobs",
          "top_p",
          "user",
          "safety_identifier",
          "prompt_cache_key",
          VARIABLES);

  private static final Set<String> ROLES =
      Set.of("system", "developer", "user", "assistant", "tool", "function");

  /**
   * @throws OpenAiError naming the invalid field
   */
  static ChatRequest read(byte[] bytes, JsonMapper json) {
    ObjectNode body = object(bytes, json);
    List<String> ignored = new ArrayList<>(new TreeSet<>(body.propertyNames()));
    ignored.removeAll(KNOWN);
    ignored.forEach(body::remove);
    JsonNode model = body.path("model");
    if (!model.isString() || model.asString().isBlank() || model.asString().length() > MAX_MODEL) {
      throw OpenAiError.invalid(
          "model",
          "model must be the name of an application (app/<name>), a variant (variant/<digest>), a"
              + " model version (<model>@<version>), a local model or a provider's model; GET"
              + " /v1/models lists them.");
    }
    messages(body.path("messages"), body.has(VARIABLES));
    number(body, "temperature", 0, 2);
    number(body, "top_p", 0, 1);
    number(body, "top_logprobs", 0, 1_000);
    flag(body, "stream");
    flag(body, "logprobs");
    JsonNode user = body.path("user");
    if (!user.isMissingNode() && !user.isNull() && !user.isString()) {
      throw OpenAiError.invalid("user", "user must be a string.");
    }
    return new ChatRequest(
        body,
        model.asString(),
        body.path("stream").asBoolean(false),
        body.path("stream_options").path("include_usage").asBoolean(false),
        ignored);
  }

  static ObjectNode object(byte[] bytes, JsonMapper json) {
    try {
      if (json.readTree(bytes) instanceof ObjectNode object) {
        return object;
      }
    } catch (JacksonException e) {
      throw new OpenAiError(
          400,
          "malformed_json",
          null,
          "The body is not valid JSON, or nested too deeply: " + position(e));
    }
    throw new OpenAiError(400, "malformed_json", null, "The body must be a JSON object.");
  }

  private static String position(JacksonException e) {
    return e.getLocation() == null
        ? "unknown position"
        : "line %d, column %d"
            .formatted(e.getLocation().getLineNr(), e.getLocation().getColumnNr());
  }

  private static void messages(JsonNode messages, boolean hasVariables) {
    if (messages.isMissingNode() && hasVariables) {
      return;
    }
    if (!messages.isArray()
        || (messages.isEmpty() && !hasVariables)
        || messages.size() > MAX_MESSAGES) {
      throw OpenAiError.invalid(
          "messages", "messages must be a list of 1 to " + MAX_MESSAGES + " messages.");
    }
    for (int i = 0; i < messages.size(); i++) {
      JsonNode message = messages.get(i);
      if (!message.isObject() || !ROLES.contains(message.path("role").asString(""))) {
        throw OpenAiError.invalid(
            "messages",
            "messages[%d] must be an object with a role: system, developer, user, assistant or tool."
                .formatted(i));
      }
      JsonNode content = message.path("content");
      boolean callsTools = message.has("tool_calls") || message.has("function_call");
      if (!content.isString() && !content.isArray() && !callsTools) {
        throw OpenAiError.invalid(
            "messages", "messages[%d].content must be a string or a list of parts.".formatted(i));
      }
    }
  }

  private static void number(ObjectNode body, String field, double low, double high) {
    JsonNode value = body.path(field);
    if (!value.isMissingNode()
        && !value.isNull()
        && !(value.isNumber() && value.asDouble() >= low && value.asDouble() <= high)) {
      throw OpenAiError.invalid(
          field, "%s must be a number from %s to %s.".formatted(field, low, high));
    }
  }

  private static void flag(ObjectNode body, String field) {
    JsonNode value = body.path(field);
    if (!value.isMissingNode() && !value.isNull() && !value.isBoolean()) {
      throw OpenAiError.invalid(field, field + " must be true or false.");
    }
  }
}
