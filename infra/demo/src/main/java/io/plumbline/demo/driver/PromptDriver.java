package io.plumbline.demo.driver;

import io.plumbline.demo.api.ApiResponse;
import io.plumbline.demo.api.ApiUser;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A prompt in the hands of its author. */
public record PromptDriver(ApiUser author, String name) {

  private static final JsonMapper JSON = JsonMapper.shared();

  /**
   * Creates the prompt.
   *
   * @param fields the fields of the request besides the name
   */
  public ApiResponse create(Map<String, ?> fields) {
    return author.post("/api/prompts", RequestBody.merge(Map.of("name", name), fields));
  }

  /**
   * Publishes a version.
   *
   * @param content the version without its message
   */
  public ApiResponse publish(String message, Map<String, ?> content) {
    return author.post(
        "/api/prompts/" + name + "/versions",
        RequestBody.merge(Map.of("message", message), content));
  }

  /** Creates the prompt with its first version, and returns the digest of the version. */
  public String createWith(Map<String, ?> content) {
    create(Map.of()).expect(201);
    return publish("first", content).expect(201).text("/digest");
  }

  /** Returns the request body of a prompt version that labels one text by an instruction. */
  public static Map<String, Object> labelingVersion(String instruction, JsonNode responseFormat) {
    return Map.of(
        "messages",
        List.of(
            Map.of("role", "system", "content", instruction),
            Map.of("role", "user", "content", "{{text}}")),
        "variables",
        Map.of(
            "type",
            "object",
            "required",
            List.of("text"),
            "properties",
            Map.of("text", Map.of("type", "string"))),
        "responseFormat",
        responseFormat);
  }

  /**
   * Returns the request body of a prompt version: the instruction, followed by the caller's
   * conversation.
   */
  public static Map<String, Object> conversationVersion(String instruction) {
    return Map.of(
        "messages",
        List.of(
            Map.of("role", "system", "content", instruction),
            Map.of("type", "placeholder", "name", "conversation")));
  }

  /** Returns the response format of an answer that is one of the labels. */
  public static JsonNode labelFormat(String name, List<String> labels) {
    ObjectNode properties = JSON.createObjectNode();
    ArrayNode choices = properties.putObject("label").put("type", "string").putArray("enum");
    labels.forEach(choices::add);
    return responseFormat(name, properties.toString());
  }

  /**
   * Returns a response format whose answer is an object with all of these properties and no other,
   * in their order.
   *
   * @param properties a JSON Schema for each, as a JSON object
   */
  public static JsonNode responseFormat(String name, String properties) {
    ObjectNode format = JSON.createObjectNode().put("type", "json_schema");
    ObjectNode schema =
        format
            .putObject("json_schema")
            .put("name", name)
            .put("strict", true)
            .putObject("schema")
            .put("type", "object")
            .put("additionalProperties", false);
    JsonNode each = JSON.readTree(properties);
    ArrayNode required = schema.putArray("required");
    each.propertyNames().forEach(required::add);
    schema.set("properties", each);
    return format;
  }
}
