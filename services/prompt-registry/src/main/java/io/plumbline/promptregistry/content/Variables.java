package io.plumbline.promptregistry.content;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Values for a prompt's variables: checked against their types, completed, and turned into plain
 * maps for the template.
 */
public final class Variables {

  private Variables() {}

  /**
   * The violations of the values; a name that is not declared is one, even where the schema allows
   * further properties.
   */
  public static List<Violation> check(JsonNode schema, ObjectNode values) {
    List<Violation> violations = new ArrayList<>();
    values.propertyNames().stream()
        .filter(name -> !schema.path("properties").has(name))
        .forEach(name ->
            violations.add(
                new Violation(
                    "/variables" + JsonPointer.empty().appendProperty(name),
                    "is not a variable of this prompt version; remove it")));
    violations.addAll(Schemas.validate(schema, values, "/variables"));
    return violations;
  }

  /**
   * Optional variables without a value get their default, else null, which a section treats as "not
   * present".
   */
  public static Map<String, @Nullable Object> complete(JsonNode schema, ObjectNode values) {
    Map<String, @Nullable Object> complete = new LinkedHashMap<>();
    schema
        .path("properties")
        .forEachEntry((name, declared) ->
            complete.put(
                name, plain(values.has(name) ? values.path(name) : declared.path("default"))));
    return complete;
  }

  /**
   * The single required variable, which a bare input fills; absent when there is not exactly one.
   */
  public static @Nullable String sole(JsonNode schema) {
    JsonNode required = schema.path("required");
    return required.size() == 1 ? required.path(0).asString("") : null;
  }

  private static @Nullable Object plain(JsonNode node) {
    return switch (node.getNodeType()) {
      case OBJECT -> {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        node.forEachEntry((name, value) -> map.put(name, plain(value)));
        yield map;
      }
      case ARRAY -> {
        List<Object> list = new ArrayList<>();
        for (JsonNode item : node) {
          Object value = plain(item);
          list.add(value == null ? "" : value);
        }
        yield list;
      }
      case STRING -> node.asString();
      case BOOLEAN -> node.asBoolean();
      case NUMBER -> node.decimalValue();
      case NULL, MISSING, BINARY, POJO -> null;
    };
  }
}
