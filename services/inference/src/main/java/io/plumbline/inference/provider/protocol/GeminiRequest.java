package io.plumbline.inference.provider.protocol;

import static io.plumbline.inference.provider.protocol.RequestFields.isSet;

import io.plumbline.inference.UnsupportedRequest;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Translates a chat request into a request of {@code generateContent}. A field that the API does
 * not have is refused by name, unless its value asks for the API's usual behaviour.
 */
final class GeminiRequest {

  /** The maximum number of answers to one request, which is the API's own limit. */
  static final int MAX_CANDIDATES = 8;

  private static final String JSON = "application/json";

  private static final Set<String> TRANSLATED =
      Set.of(
          "model",
          "messages",
          "stream",
          "stream_options",
          "max_tokens",
          "max_completion_tokens",
          "n",
          "temperature",
          "top_p",
          "seed",
          "frequency_penalty",
          "presence_penalty",
          "logprobs",
          "top_logprobs",
          "stop",
          "tools",
          "tool_choice",
          "parallel_tool_calls",
          "response_format",
          "reasoning_effort",
          "service_tier");

  /** The fields that have the same meaning and values in the API, with their names there. */
  private static final Map<String, String> SAME =
      Map.of(
          "temperature", "temperature",
          "top_p", "topP",
          "seed", "seed",
          "frequency_penalty", "frequencyPenalty",
          "presence_penalty", "presencePenalty");

  private static final Set<String> LEVELS = Set.of("minimal", "low", "medium", "high");

  /**
   * The tokens of thinking by effort for models before the third generation, as in <a
   * href="https://ai.google.dev/gemini-api/docs/openai#thinking">Google's own translation</a>.
   */
  private static final Map<String, Integer> BUDGETS =
      Map.of("none", 0, "minimal", 1_024, "low", 1_024, "medium", 8_192, "high", 24_576);

  private static final Map<String, String> TIERS =
      Map.of("default", "standard", "flex", "flex", "priority", "priority");

  private final RequestFields request;
  private final GeminiModel model;
  private final ObjectNode body = JsonNodeFactory.instance.objectNode();
  private final ObjectNode configuration = JsonNodeFactory.instance.objectNode();

  GeminiRequest(ObjectNode request, GeminiModel model) {
    this.request = new RequestFields(request, model.nameForCallers(), GeminiProtocol.TITLE);
    this.model = model;
  }

  ObjectNode translated() {
    request.requireOnlyFields(TRANSLATED);
    new GeminiMessages(model).translate(request.get("messages"), body);
    request.maxTokens().ifPresent(most -> configuration.put("maxOutputTokens", most));
    SAME.forEach((field, name) -> {
      if (isSet(request.get(field))) {
        configuration.set(name, request.get(field));
      }
    });
    translateChoiceCount();
    translateLogprobs();
    translateStop();
    translateTools();
    translateResponseFormat();
    translateThinking();
    translateTier();
    if (!configuration.isEmpty()) {
      body.set("generationConfig", configuration);
    }
    return body;
  }

  private void translateChoiceCount() {
    JsonNode count = request.get("n");
    if (!isSet(count) || count.asInt(0) == 1) {
      return;
    }
    if (!count.isIntegralNumber() || count.asLong() < 1 || count.asLong() > MAX_CANDIDATES) {
      throw request.unsupportedFieldException(
          "n", "use a whole number from 1 to " + MAX_CANDIDATES);
    }
    configuration.set("candidateCount", count);
  }

  private void translateLogprobs() {
    if (!request.get("logprobs").asBoolean(false)) {
      return;
    }
    configuration.put("responseLogprobs", true);
    if (request.get("top_logprobs").asInt(0) > 0) {
      configuration.set("logprobs", request.get("top_logprobs"));
    }
  }

  private void translateStop() {
    JsonNode stop = request.get("stop");
    if (stop.isString()) {
      configuration.putArray("stopSequences").add(stop);
    } else if (isSet(stop)) {
      configuration.set("stopSequences", stop);
    }
  }

  private void translateTools() {
    List<JsonNode> functions = request.toolFunctions();
    declareFunctions(functions);
    ObjectNode choice = translatedToolChoice(request.get("tool_choice"));
    String mode = choice.path("mode").asString("");
    if (functions.isEmpty()) {
      if (mode.equals("ANY")) {
        throw request.unsupportedFieldException("tool_choice", "send the tools, too");
      }
      return;
    }
    if (!mode.equals("NONE") && !request.get("parallel_tool_calls").asBoolean(true)) {
      throw request.unsupportedFieldException("parallel_tool_calls", "omit it, or use true");
    }
    boolean strict =
        functions.stream().anyMatch(function -> function.path("strict").asBoolean(false));
    // Calls that the model has to make follow their schemas anyway.
    if (strict && mode.equals("AUTO")) {
      choice.put("mode", "VALIDATED");
    }
    if (strict || isSet(request.get("tool_choice"))) {
      body.putObject("toolConfig").set("functionCallingConfig", choice);
    }
  }

  private void declareFunctions(List<JsonNode> functions) {
    if (functions.isEmpty()) {
      return;
    }
    ArrayNode declarations = body.putArray("tools").addObject().putArray("functionDeclarations");
    functions.forEach(function -> declareFunction(function, declarations.addObject()));
  }

  private static void declareFunction(JsonNode function, ObjectNode declaration) {
    declaration.set("name", function.path("name"));
    if (isSet(function.path("description"))) {
      declaration.set("description", function.path("description"));
    }
    if (isSet(function.path("parameters"))) {
      declaration.set("parametersJsonSchema", function.path("parameters"));
    }
  }

  private ObjectNode translatedToolChoice(JsonNode choice) {
    ObjectNode translated = JsonNodeFactory.instance.objectNode();
    JsonNode name = choice.path("function").path("name");
    if (choice.isObject() && name.isString()) {
      translated.put("mode", "ANY").putArray("allowedFunctionNames").add(name.asString());
      return translated;
    }
    if (!isSet(choice)) {
      return translated.put("mode", "AUTO");
    }
    return switch (choice.asString("")) {
      case "auto", "none" -> translated.put("mode", choice.asString().toUpperCase(Locale.ROOT));
      case "required" -> translated.put("mode", "ANY");
      default ->
          throw request.unsupportedFieldException(
              "tool_choice", "use auto, none, required or a function");
    };
  }

  /**
   * Translates the response format into <a
   * href="https://ai.google.dev/gemini-api/docs/structured-output">structured output</a>, with an
   * unchanged JSON Schema.
   */
  private void translateResponseFormat() {
    JsonNode format = request.get("response_format");
    String type = format.path("type").asString("");
    if (!isSet(format) || type.equals("text")) {
      return;
    }
    if (!type.equals("json_object")) {
      configuration.set(
          "responseJsonSchema",
          RequestFields.schemaIn(format)
              .orElseThrow(() ->
                  new UnsupportedRequest(
                      "unsupported_response_format",
                      "response_format",
                      model.nameForCallers()
                          + " answers in text, in JSON or by a schema: use type text, json_object,"
                          + " or json_schema with a schema.")));
    }
    configuration.put("responseMimeType", JSON);
  }

  /**
   * Translates the effort into <a
   * href="https://ai.google.dev/gemini-api/docs/thinking">thinking</a>.
   */
  private void translateThinking() {
    JsonNode effort = request.get("reasoning_effort");
    if (!isSet(effort)) {
      return;
    }
    String value = effort.asString("");
    if (model.hasThinkingLevels()) {
      if (!LEVELS.contains(value)) {
        throw request.unsupportedFieldException(
            "reasoning_effort", "use minimal, low, medium or high, or omit it");
      }
      configuration
          .putObject("thinkingConfig")
          .put("thinkingLevel", value.toUpperCase(Locale.ROOT));
      return;
    }
    Integer budget = BUDGETS.get(value);
    if (budget == null) {
      throw request.unsupportedFieldException(
          "reasoning_effort", "use none, minimal, low, medium or high, or omit it");
    }
    configuration.putObject("thinkingConfig").put("thinkingBudget", budget);
  }

  private void translateTier() {
    JsonNode tier = request.get("service_tier");
    if (!isSet(tier) || tier.asString("").equals("auto")) {
      return;
    }
    String translated = TIERS.get(tier.asString(""));
    if (translated == null) {
      throw request.unsupportedFieldException(
          "service_tier", "use default, flex or priority, or omit it");
    }
    body.put("serviceTier", translated);
  }
}
