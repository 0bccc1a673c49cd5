package io.plumbline.inference.provider.protocol;

import io.plumbline.inference.UnsupportedRequest;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A chat request as one of the Messages API. What that does not have is refused by name, unless its
 * value says what holds there anyway.
 */
final class AnthropicRequest {

  /** Of an answer whose request names no maximum: the API requires one. */
  static final int MAX_TOKENS = 4_096;

  private static final Set<String> TRANSLATED =
      Set.of(
          "model",
          "messages",
          "stream",
          "stream_options",
          "user",
          "safety_identifier",
          "max_tokens",
          "max_completion_tokens",
          "temperature",
          "top_p",
          "stop",
          "tools",
          "tool_choice",
          "parallel_tool_calls",
          "response_format",
          "reasoning_effort");

  /** What clients send of their own accord, and what holds without it. */
  private static final Map<String, String> USUAL =
      Map.of(
          "n", "1",
          "logprobs", "false",
          "top_logprobs", "0",
          "store", "false",
          "frequency_penalty", "0",
          "presence_penalty", "0",
          "service_tier", "\"auto\"",
          "modalities", "[\"text\"]");

  /** <a href="https://platform.claude.com/docs/en/build-with-claude/effort">Effort</a>. */
  private static final Set<String> EFFORTS = Set.of("low", "medium", "high", "xhigh", "max");

  private final ObjectNode request;
  private final String model;
  private final ObjectNode body = JsonNodeFactory.instance.objectNode();

  /**
   * @param model the name for error messages
   */
  AnthropicRequest(ObjectNode request, String model) {
    this.request = request;
    this.model = model;
  }

  ObjectNode translated() {
    request.properties().stream()
        .filter(field -> !TRANSLATED.contains(field.getKey()))
        .filter(field -> isUsed(field.getValue()) && !isUsual(field.getKey(), field.getValue()))
        .findFirst()
        .ifPresent(field -> {
          throw unsupported(field.getKey());
        });
    new AnthropicMessages(model).translate(request.path("messages"), body);
    maximum();
    number("temperature");
    number("top_p");
    stop();
    user();
    tools();
    responseFormat();
    effort();
    if (request.path("stream").asBoolean(false)) {
      body.put("stream", true);
    }
    return body;
  }

  /** Whether a field says anything. */
  static boolean isUsed(JsonNode value) {
    return !value.isMissingNode() && !value.isNull() && !(value.isContainer() && value.isEmpty());
  }

  private static boolean isUsual(String field, JsonNode value) {
    String usual = USUAL.get(field);
    return usual != null
        && (value.isNumber()
            ? value.asDouble() == Double.parseDouble(usual)
            : value.toString().equals(usual));
  }

  private UnsupportedRequest unsupported(String field) {
    return unsupported(field, "omit it");
  }

  private UnsupportedRequest unsupported(String field, String advice) {
    return new UnsupportedRequest(
        "unsupported_parameter",
        field,
        "%s does not support this %s, since Anthropic's API has nothing for it: %s."
            .formatted(model, field, advice));
  }

  /** Of two the smaller one, which keeps both. */
  private void maximum() {
    body.put(
        "max_tokens",
        Stream.of("max_tokens", "max_completion_tokens")
            .filter(field -> isUsed(request.path(field)))
            .mapToLong(this::maximum)
            .min()
            .orElse(MAX_TOKENS));
  }

  private long maximum(String field) {
    JsonNode value = request.path(field);
    if (!value.isIntegralNumber() || !value.canConvertToLong() || value.asLong() < 1) {
      throw new UnsupportedRequest(
          "invalid_request", field, field + " must be a whole number of at least 1.");
    }
    return value.asLong();
  }

  private void number(String field) {
    JsonNode value = request.path(field);
    if (isUsed(value)) {
      if (value.asDouble(0) > 1) {
        throw unsupported(field, "use a value from 0 to 1");
      }
      body.set(field, value);
    }
  }

  private void stop() {
    JsonNode stop = request.path("stop");
    if (stop.isString()) {
      body.putArray("stop_sequences").add(stop);
    } else if (isUsed(stop)) {
      body.set("stop_sequences", stop);
    }
  }

  /** Both names mean whoever asks, by which abuse is found. */
  private void user() {
    JsonNode user = request.path("user");
    JsonNode identifier = request.path("safety_identifier");
    if (isUsed(user) && isUsed(identifier) && !user.equals(identifier)) {
      throw unsupported("safety_identifier", "send it or user, not both");
    }
    if (isUsed(user) || isUsed(identifier)) {
      body.putObject("metadata").set("user_id", isUsed(user) ? user : identifier);
    }
  }

  private void tools() {
    JsonNode tools = request.path("tools");
    boolean any = isUsed(tools);
    if (any) {
      for (JsonNode tool : tools.values()) {
        if (!tool.path("type").asString("").equals("function")) {
          throw unsupported("tools", "use tools of type function");
        }
        tool(tool.path("function"), body.withArray("tools").addObject());
      }
    }
    boolean single = any && !request.path("parallel_tool_calls").asBoolean(true);
    JsonNode choice = request.path("tool_choice");
    if (!isUsed(choice) && !single) {
      return;
    }
    ObjectNode translated = choice(choice);
    String type = translated.path("type").asString();
    if (!any && (type.equals("auto") || type.equals("none"))) {
      return;
    }
    if (single && !type.equals("none")) {
      translated.put("disable_parallel_tool_use", true);
    }
    body.set("tool_choice", translated);
  }

  private static void tool(JsonNode function, ObjectNode tool) {
    tool.set("name", function.path("name"));
    if (isUsed(function.path("description"))) {
      tool.set("description", function.path("description"));
    }
    if (isUsed(function.path("parameters"))) {
      tool.set("input_schema", function.path("parameters"));
    } else {
      tool.putObject("input_schema").put("type", "object").putObject("properties");
    }
    if (function.path("strict").asBoolean(false)) {
      tool.put("strict", true);
    }
  }

  private ObjectNode choice(JsonNode choice) {
    ObjectNode translated = JsonNodeFactory.instance.objectNode();
    JsonNode name = choice.path("function").path("name");
    if (choice.isObject() && name.isString()) {
      return translated.put("type", "tool").put("name", name.asString());
    }
    if (!isUsed(choice)) {
      return translated.put("type", "auto");
    }
    return switch (choice.asString("")) {
      case "auto", "none" -> translated.put("type", choice.asString());
      case "required" -> translated.put("type", "any");
      default -> throw unsupported("tool_choice", "use auto, none, required or a function");
    };
  }

  /**
   * <a href="https://platform.claude.com/docs/en/build-with-claude/structured-outputs">Structured
   * outputs</a>, which are always strict there.
   */
  private void responseFormat() {
    JsonNode format = request.path("response_format");
    if (!isUsed(format) || format.path("type").asString("").equals("text")) {
      return;
    }
    JsonNode description = format.path("json_schema").path("description");
    if (!format.path("type").asString("").equals("json_schema")
        || !(format.path("json_schema").path("schema") instanceof ObjectNode schema)) {
      throw new UnsupportedRequest(
          "unsupported_response_format",
          "response_format",
          model + " answers in text or by a schema: use type text, or json_schema with a schema.");
    }
    ObjectNode copy = schema.deepCopy();
    if (isUsed(description) && !copy.has("description")) {
      copy.set("description", description);
    }
    body.withObject("output_config")
        .putObject("format")
        .put("type", "json_schema")
        .set("schema", copy);
  }

  private void effort() {
    JsonNode effort = request.path("reasoning_effort");
    if (!isUsed(effort)) {
      return;
    }
    if (!EFFORTS.contains(effort.asString(""))) {
      throw unsupported("reasoning_effort", "use low, medium or high, or omit it");
    }
    body.withObject("output_config").set("effort", effort);
  }
}
