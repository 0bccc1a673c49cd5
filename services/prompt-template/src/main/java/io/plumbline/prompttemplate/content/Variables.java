package io.plumbline.prompttemplate.content;

import io.plumbline.prompttemplate.schema.BoundedSchema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The declared variables of a prompt. Values are checked against their types, completed, and turned
 * into plain maps for the template.
 */
public final class Variables {

  private static final int SHOWN_NAMES = 50;

  private final JsonNode declared;
  private final BoundedSchema schema;
  private final Set<String> names;
  private final Set<String> required;

  private Variables(JsonNode declared) {
    this.declared = declared;
    this.schema = BoundedSchema.compile(declared);
    this.names = Set.copyOf(declared.path("properties").propertyNames());
    this.required =
        Set.copyOf(declared.path("required").valueStream().map(JsonNode::asString).toList());
  }

  /**
   * Reads the declarations of a prompt.
   *
   * @param schema JSON Schema of type object, one property per variable
   */
  public static Variables of(JsonNode schema) {
    return new Variables(schema);
  }

  /**
   * Returns the first violations of the values. A name that is not declared is a violation even
   * when the schema allows further properties.
   */
  public List<Violation> check(ObjectNode values) {
    List<Violation> violations = new ArrayList<>();
    String known = describeDeclaredNames();
    values.propertyNames().stream()
        .filter(name -> !names.contains(name))
        .limit(Schemas.MAX_OF_A_KIND)
        .forEach(name ->
            violations.add(
                new Violation(
                    "/variables" + JsonPointer.empty().appendProperty(name),
                    "is not a variable of this prompt version; " + known)));
    violations.addAll(Schemas.violations(schema.mismatches(values), "/variables"));
    return violations;
  }

  private String describeDeclaredNames() {
    if (names.isEmpty()) {
      return "it has none";
    }
    String listed =
        new TreeSet<>(names).stream().limit(SHOWN_NAMES).collect(Collectors.joining(", "));
    return "its variables are " + listed + (names.size() > SHOWN_NAMES ? ", …" : "");
  }

  /**
   * Returns the values with a value for each variable. An optional variable without a value gets
   * its default, or else null, which a section treats as "not present".
   */
  public Map<String, @Nullable Object> withDefaults(ObjectNode values) {
    Map<String, @Nullable Object> complete = new LinkedHashMap<>();
    declared
        .path("properties")
        .forEachEntry((name, type) ->
            complete.put(
                name, toPlain(values.has(name) ? values.path(name) : type.path("default"))));
    return complete;
  }

  /**
   * Returns the variable that an example's input fills: the single required one, or the only one
   * there is. It is absent when several are required, or when there are several and none is
   * required.
   *
   * @param besides a variable that is filled otherwise; absent if there is none
   */
  public @Nullable String exampleInputVariable(@Nullable String besides) {
    Set<String> fillable = new TreeSet<>(fillable());
    if (besides != null) {
      fillable.remove(besides);
    }
    if (fillable.size() == 1) {
      return fillable.iterator().next();
    }
    return null;
  }

  /** Returns the variables without a value that a user message can fill. */
  public Set<String> unfilled(ObjectNode values) {
    Set<String> open = new TreeSet<>(fillable());
    open.removeAll(values.propertyNames());
    return open;
  }

  private Set<String> fillable() {
    return required.isEmpty() && names.size() == 1 ? names : required;
  }

  private static @Nullable Object toPlain(JsonNode node) {
    return switch (node.getNodeType()) {
      case OBJECT -> {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        node.forEachEntry((name, value) -> map.put(name, toPlain(value)));
        yield map;
      }
      case ARRAY -> {
        List<Object> list = new ArrayList<>();
        for (JsonNode item : node) {
          Object value = toPlain(item);
          list.add(Objects.requireNonNullElse(value, ""));
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
