package io.plumbline.prompttemplate.content;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The format of the answer: stored as a plain JSON Schema, sent to models in the OpenAI API's
 * wrapping.
 */
public final class ResponseFormat {

  private ResponseFormat() {}

  /**
   * Accepts a JSON Schema as it is, or in {@code
   * {"type":"json_schema","json_schema":{"schema":…}}}.
   */
  static @Nullable JsonNode schema(@Nullable JsonNode given) {
    if (given == null || given.isNull()) {
      return null;
    }
    JsonNode wrapped = given.path("json_schema").path("schema");
    return given.path("type").asString("").equals("json_schema") && wrapped.isObject()
        ? wrapped
        : given;
  }

  /**
   * The OpenAI API's {@code response_format}. Its name is the same for every prompt: a model reads
   * it, and the digest of a content knows no names.
   */
  public static ObjectNode wrapped(JsonNode schema) {
    ObjectNode format = JsonNodeFactory.instance.objectNode();
    format.put("type", "json_schema");
    ObjectNode inner = format.putObject("json_schema");
    inner.put("name", "answer");
    inner.put("strict", true);
    inner.set("schema", schema);
    return format;
  }

  /**
   * The options of the one enumerated property, given by {@code enum} or by {@code oneOf} of {@code
   * const}; empty if there is none.
   */
  public static List<String> options(@Nullable JsonNode schema) {
    if (schema == null) {
      return List.of();
    }
    for (JsonNode property : schema.path("properties").values()) {
      List<String> options = new ArrayList<>();
      property.path("enum").values().forEach(option -> options.add(option.asString("")));
      property.path("oneOf").values().stream()
          .filter(option -> option.has("const"))
          .forEach(option -> options.add(option.path("const").asString("")));
      if (!options.isEmpty()) {
        return List.copyOf(options);
      }
    }
    return List.of();
  }
}
