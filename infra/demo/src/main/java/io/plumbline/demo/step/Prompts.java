package io.plumbline.demo.step;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Requests about prompts that several steps make. */
public final class Prompts {

  private static final JsonMapper JSON = JsonMapper.shared();

  private Prompts() {}

  /** Creates a prompt, unless that was done. */
  public static void create(DemoContext demo, String name, String description, String tag) {
    if (!demo.exists("/api/prompts/" + name)) {
      demo.create(
              "/api/prompts",
              Map.of("name", name, "description", description, "tags", List.of(tag)))
          .expect(201);
    }
  }

  /**
   * Publishes a version, unless one with this message was published.
   *
   * @param content of the version, without its message
   */
  public static JsonNode publish(
      DemoContext demo, String prompt, String message, Map<String, Object> content) {
    String versions = "/api/prompts/" + prompt + "/versions";
    return demo.find(versions, each -> each.at("/message").asString("").equals(message))
        .orElseGet(() -> {
          Map<String, Object> version = new HashMap<>(content);
          version.put("message", message);
          return demo.create(versions, version).expect(201).json();
        });
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

  /** Returns the name of a version, such as {@code triage v1 0123456789ab… The message}. */
  public static String versionLabel(JsonNode version, String prompt, String message) {
    return "%s v%s %s… %s"
        .formatted(
            prompt,
            version.at("/version").asString(),
            version.at("/digest").asString().substring(0, 12),
            message);
  }
}
