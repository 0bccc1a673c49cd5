package io.plumbline.prompttemplate.content;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The format of the answer: a JSON Schema by itself, or in the OpenAI API's wrapping with a name, a
 * description and whether it is strict. Models are sent the wrapping.
 */
public final class ResponseFormat {

  private static final String WRAPPED = "json_schema";
  private static final Set<String> FORMAT_FIELDS = Set.of("type", WRAPPED);
  private static final Set<String> WRAPPED_FIELDS =
      Set.of("name", "description", "strict", "schema");

  private ResponseFormat() {}

  /** Returns the JSON Schema of a format, which may be wrapped. */
  static @Nullable JsonNode schema(@Nullable JsonNode format) {
    if (format != null && isWrapped(format)) {
      return format.path(WRAPPED).path("schema");
    }
    return format;
  }

  /**
   * Returns the OpenAI API's {@code response_format}. A wrapped format stays as its author wrote
   * it. A plain schema gets a name that is the same for every prompt, since a model reads it.
   */
  public static JsonNode wrap(JsonNode format) {
    if (isWrapped(format)) {
      return format;
    }
    ObjectNode wrapping = JsonNodeFactory.instance.objectNode();
    wrapping.put("type", WRAPPED);
    ObjectNode inner = wrapping.putObject(WRAPPED);
    inner.put("name", "answer");
    inner.put("strict", true);
    inner.set("schema", format);
    return wrapping;
  }

  /** Returns whether a format is in the OpenAI API's wrapping. No JSON Schema has this type. */
  public static boolean isWrapped(JsonNode format) {
    return format.path("type").asString("").equals(WRAPPED);
  }

  /**
   * Returns what is wrong with a format.
   *
   * @param at the format's place in the content
   */
  static List<Violation> violations(JsonNode format, String at) {
    if (!isWrapped(format)) {
      return Schemas.schemaViolations(format, at);
    }
    List<Violation> violations = new ArrayList<>();
    unknownFields(format, FORMAT_FIELDS, at).forEach(violations::add);
    String inner = at + "/" + WRAPPED;
    JsonNode wrapped = format.path(WRAPPED);
    if (!wrapped.isObject()) {
      violations.add(new Violation(inner, "must be {\"name\":…,\"strict\":true,\"schema\":{…}}"));
      return List.copyOf(violations);
    }
    unknownFields(wrapped, WRAPPED_FIELDS, inner).forEach(violations::add);
    if (!ToolName.hasValidName(wrapped)) {
      violations.add(
          new Violation(
              inner + "/name", "must be 1 to 64 letters, digits, underscores and hyphens"));
    }
    JsonNode description = wrapped.path("description");
    if (!description.isMissingNode()
        && !(description.isString()
            && description.asString().length() <= ToolRules.MAX_DESCRIPTION)) {
      violations.add(
          new Violation(
              inner + "/description",
              "must be a text of at most %d characters".formatted(ToolRules.MAX_DESCRIPTION)));
    }
    JsonNode strict = wrapped.path("strict");
    if (!strict.isMissingNode() && !strict.isBoolean()) {
      violations.add(new Violation(inner + "/strict", "must be true or false"));
    }
    violations.addAll(Schemas.schemaViolations(wrapped.path("schema"), inner + "/schema"));
    return List.copyOf(violations);
  }

  private static Stream<Violation> unknownFields(JsonNode object, Set<String> known, String at) {
    return object.propertyNames().stream()
        .filter(name -> !known.contains(name))
        .limit(Schemas.MAX_OF_A_KIND)
        .map(name ->
            new Violation(
                at + JsonPointer.empty().appendProperty(name),
                "is not a field of a response format; use "
                    + String.join(", ", known.stream().sorted().toList())));
  }

  /**
   * Returns the options of the one enumerated property, given by {@code enum} or by {@code oneOf}
   * of {@code const}; empty if there is none.
   */
  public static List<String> enumOptions(@Nullable JsonNode schema) {
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
