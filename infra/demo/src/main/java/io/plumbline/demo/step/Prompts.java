package io.plumbline.demo.step;

import io.plumbline.demo.api.Answer;
import java.util.HashMap;
import java.util.Map;

/** What several steps do with prompts. */
public final class Prompts {

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
   * A response format whose answer is an object with all of these properties and no other.
   *
   * @param properties a JSON Schema for each
   */
  public static Map<String, Object> responseFormat(String name, Map<String, Object> properties) {
    Map<String, Object> schema =
        Map.of(
            "type",
            "object",
            "additionalProperties",
            false,
            "required",
            properties.keySet().stream().sorted().toList(),
            "properties",
            properties);
    return Map.of(
        "type",
        "json_schema",
        "json_schema",
        Map.of("name", name, "strict", true, "schema", schema));
  }

  /** As {@code triage v1 0123456789ab… The message}. */
  public static String named(Answer version, String prompt, String message) {
    return "%s v%s %s… %s"
        .formatted(
            prompt, version.text("/version"), version.text("/digest").substring(0, 12), message);
  }
}
