package io.plumbline.demo.step;

import io.plumbline.demo.api.Answer;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What several steps do with prompts. */
public final class Prompts {

  private static final JsonMapper JSON = JsonMapper.shared();

  private Prompts() {}

  /**
   * @param content of the version, without its message
   */
  public static Answer publish(
      DemoContext demo, String prompt, String message, Map<String, Object> content) {
    Map<String, Object> version = new HashMap<>(content);
    version.put("message", message);
    return demo.ada.post("/api/prompts/" + prompt + "/versions", version).expect(201);
  }

  /**
   * A response format whose answer is an object with all of these properties and no other, in their
   * order.
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

  /** As {@code triage v1 0123456789ab… The message}. */
  public static String named(Answer version, String prompt, String message) {
    return "%s v%s %s… %s"
        .formatted(
            prompt, version.text("/version"), version.text("/digest").substring(0, 12), message);
  }
}
