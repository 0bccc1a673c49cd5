package io.plumbline.inference.provider.protocol;

import static io.plumbline.inference.provider.protocol.RequestFields.isSet;

import io.plumbline.inference.UnsupportedRequest;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Translates a chat request into a request of the Messages API. A field that the API does not have
 * is refused by name, unless its value asks for the API's usual behaviour.
 */
final class AnthropicRequest {

  /** The maximum of an answer whose request names none, because the API requires one. */
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

  /**
   * The levels of <a
   * href="https://platform.claude.com/docs/en/build-with-claude/effort">effort</a>.
   */
  private static final Set<String> EFFORTS = Set.of("low", "medium", "high", "xhigh", "max");

  private final RequestFields request;
  private final String model;
  private final ObjectNode body = JsonNodeFactory.instance.objectNode();

  /**
   * Creates a translation.
   *
   * @param model the name for error messages
   */
  AnthropicRequest(ObjectNode request, String model) {
    this.request = new RequestFields(request, model, AnthropicProtocol.TITLE);
    this.model = model;
  }

  ObjectNode translated() {
    request.requireOnlyFields(TRANSLATED);
    new AnthropicMessages(model).translate(request.get("messages"), body);
    body.put("max_tokens", request.maxTokens().orElse(MAX_TOKENS));
    translateNumber("temperature");
    translateNumber("top_p");
    translateStop();
    translateUser();
    translateTools();
    translateResponseFormat();
    translateEffort();
    if (request.get("stream").asBoolean(false)) {
      body.put("stream", true);
    }
    return body;
  }

  private void translateNumber(String field) {
    JsonNode value = request.get(field);
    if (isSet(value)) {
      if (value.asDouble(0) > 1) {
        throw request.unsupportedFieldException(field, "use a value from 0 to 1");
      }
      body.set(field, value);
    }
  }

  private void translateStop() {
    JsonNode stop = request.get("stop");
    if (stop.isString()) {
      body.putArray("stop_sequences").add(stop);
    } else if (isSet(stop)) {
      body.set("stop_sequences", stop);
    }
  }

  /** Translates the end user, by whom abuse is traced. Both fields name the end user. */
  private void translateUser() {
    JsonNode user = request.get("user");
    JsonNode identifier = request.get("safety_identifier");
    if (isSet(user) && isSet(identifier) && !user.equals(identifier)) {
      throw request.unsupportedFieldException("safety_identifier", "send it or user, not both");
    }
    if (isSet(user) || isSet(identifier)) {
      body.putObject("metadata").set("user_id", isSet(user) ? user : identifier);
    }
  }

  private void translateTools() {
    List<JsonNode> functions = request.toolFunctions();
    boolean any = !functions.isEmpty();
    functions.forEach(function -> writeTool(function, body.withArray("tools").addObject()));
    boolean single = any && !request.get("parallel_tool_calls").asBoolean(true);
    JsonNode choice = request.get("tool_choice");
    if (!isSet(choice) && !single) {
      return;
    }
    ObjectNode translated = translatedToolChoice(choice);
    String type = translated.path("type").asString();
    if (!any && (type.equals("auto") || type.equals("none"))) {
      return;
    }
    if (single && !type.equals("none")) {
      translated.put("disable_parallel_tool_use", true);
    }
    body.set("tool_choice", translated);
  }

  private static void writeTool(JsonNode function, ObjectNode tool) {
    tool.set("name", function.path("name"));
    if (isSet(function.path("description"))) {
      tool.set("description", function.path("description"));
    }
    if (isSet(function.path("parameters"))) {
      tool.set("input_schema", function.path("parameters"));
    } else {
      tool.putObject("input_schema").put("type", "object").putObject("properties");
    }
    if (function.path("strict").asBoolean(false)) {
      tool.put("strict", true);
    }
  }

  private ObjectNode translatedToolChoice(JsonNode choice) {
    ObjectNode translated = JsonNodeFactory.instance.objectNode();
    JsonNode name = choice.path("function").path("name");
    if (choice.isObject() && name.isString()) {
      return translated.put("type", "tool").put("name", name.asString());
    }
    if (!isSet(choice)) {
      return translated.put("type", "auto");
    }
    return switch (choice.asString("")) {
      case "auto", "none" -> translated.put("type", choice.asString());
      case "required" -> translated.put("type", "any");
      default ->
          throw request.unsupportedFieldException(
              "tool_choice", "use auto, none, required or a function");
    };
  }

  /**
   * Translates the response format into <a
   * href="https://platform.claude.com/docs/en/build-with-claude/structured-outputs">structured
   * outputs</a>, which are always strict there.
   */
  private void translateResponseFormat() {
    JsonNode format = request.get("response_format");
    if (!isSet(format) || format.path("type").asString("").equals("text")) {
      return;
    }
    ObjectNode schema =
        RequestFields.schemaIn(format)
            .orElseThrow(() ->
                new UnsupportedRequest(
                    "unsupported_response_format",
                    "response_format",
                    model
                        + " answers in text or by a schema: use type text, or json_schema with a"
                        + " schema."));
    body.withObject("output_config")
        .putObject("format")
        .put("type", "json_schema")
        .set("schema", schema);
  }

  private void translateEffort() {
    JsonNode effort = request.get("reasoning_effort");
    if (!isSet(effort)) {
      return;
    }
    if (!EFFORTS.contains(effort.asString(""))) {
      throw request.unsupportedFieldException(
          "reasoning_effort", "use low, medium or high, or omit it");
    }
    body.withObject("output_config").set("effort", effort);
  }
}
