package io.plumbline.inference.provider.protocol;

import io.plumbline.inference.UnsupportedRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The fields of a chat request for an API that does not have all of them. */
final class RequestFields {

  /** The values that some clients always send, which are also the behaviour without the field. */
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

  private final ObjectNode request;
  private final String model;
  private final String api;

  /**
   * Creates a view of the fields.
   *
   * @param model the name for error messages
   * @param api the owner of the API, for error messages
   */
  RequestFields(ObjectNode request, String model, String api) {
    this.request = request;
    this.model = model;
    this.api = api;
  }

  JsonNode get(String field) {
    return request.path(field);
  }

  /**
   * Refuses the first field that is not translated, unless its value asks for the usual behaviour.
   *
   * @throws UnsupportedRequest naming the field
   */
  void requireOnlyFields(Set<String> translated) {
    request.properties().stream()
        .filter(field -> !translated.contains(field.getKey()))
        .filter(field -> isSet(field.getValue()) && !isDefault(field.getKey(), field.getValue()))
        .findFirst()
        .ifPresent(field -> {
          throw unsupportedFieldException(field.getKey());
        });
  }

  /** Returns whether a field has a value. */
  static boolean isSet(JsonNode value) {
    return !value.isMissingNode() && !value.isNull() && !(value.isContainer() && value.isEmpty());
  }

  private static boolean isDefault(String field, JsonNode value) {
    String usual = USUAL.get(field);
    if (usual == null) {
      return false;
    }
    if (value.isNumber()) {
      return value.asDouble() == Double.parseDouble(usual);
    }
    return value.toString().equals(usual);
  }

  private UnsupportedRequest unsupportedFieldException(String field) {
    return unsupportedFieldException(field, "omit it");
  }

  UnsupportedRequest unsupportedFieldException(String field, String advice) {
    return new UnsupportedRequest(
        "unsupported_parameter",
        field,
        "%s does not support this %s, since %s's API has no equivalent of it: %s."
            .formatted(model, field, api, advice));
  }

  /** Returns the maximum number of tokens, the smaller one if both fields have one. */
  OptionalLong maxTokens() {
    return Stream.of("max_tokens", "max_completion_tokens")
        .filter(field -> isSet(get(field)))
        .mapToLong(this::maxTokens)
        .min();
  }

  private long maxTokens(String field) {
    JsonNode value = get(field);
    if (!value.isIntegralNumber() || !value.canConvertToLong() || value.asLong() < 1) {
      throw new UnsupportedRequest(
          "invalid_request", field, field + " must be a whole number of at least 1.");
    }
    return value.asLong();
  }

  /** Returns the functions of the tools, all of which have to be functions. */
  List<JsonNode> toolFunctions() {
    return get("tools").valueStream().map(this::functionOf).toList();
  }

  private JsonNode functionOf(JsonNode tool) {
    if (!tool.path("type").asString("").equals("function")) {
      throw unsupportedFieldException("tools", "use tools of type function");
    }
    return tool.path("function");
  }

  /** Returns the schema of a response format, with the format's description; empty without one. */
  static Optional<ObjectNode> schemaIn(JsonNode responseFormat) {
    if (!responseFormat.path("type").asString("").equals("json_schema")
        || !(responseFormat.path("json_schema").path("schema") instanceof ObjectNode schema)) {
      return Optional.empty();
    }
    JsonNode description = responseFormat.path("json_schema").path("description");
    ObjectNode copy = schema.deepCopy();
    if (isSet(description) && !copy.has("description")) {
      copy.set("description", description);
    }
    return Optional.of(copy);
  }
}
