package io.plumbline.promptregistry.content;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaException;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * JSON Schema 2020-12 without the network: a schema that came with a request must not make us fetch
 * anything, so references leave neither the document nor the meta-schemas inside the library.
 * Nothing is cached, or every caller could fill the memory.
 */
public final class Schemas {

  private static final int MAX_DEPTH = 24;

  private static final SchemaRegistry REGISTRY =
      SchemaRegistry.withDefaultDialect(
          SpecificationVersion.DRAFT_2020_12,
          registry ->
              registry
                  .schemaCacheEnabled(false)
                  .schemaLoader(loader -> loader.fetchRemoteResources(false)));

  private static final Schema META =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
          .getSchema(SchemaLocation.of(SpecificationVersion.DRAFT_2020_12.getDialectId()));

  private Schemas() {}

  /** What is wrong with a schema itself. */
  static List<Violation> check(JsonNode schema, String at) {
    if (!schema.isObject()) {
      return List.of(
          new Violation(
              at,
              "is not a JSON Schema; write an object such as"
                  + " {\"type\":\"object\",\"properties\":{…}}"));
    }
    return forbidden(schema, at, 0)
        .map(List::of)
        .orElseGet(() ->
            META.validate(schema).stream().limit(5).map(error -> violation(error, at)).toList());
  }

  /** What is wrong with a value under a schema that {@link #check} found right. */
  public static List<Violation> validate(JsonNode schema, JsonNode value, String at) {
    try {
      return REGISTRY.getSchema(schema).validate(value).stream()
          .limit(10)
          .map(error -> violation(error, at))
          .toList();
    } catch (SchemaException e) {
      return List.of(
          new Violation(
              at,
              "cannot be validated, because the schema refers to something that does not exist in"
                  + " it"));
    }
  }

  private static Optional<Violation> forbidden(JsonNode node, String at, int depth) {
    if (depth > MAX_DEPTH) {
      return Optional.of(
          new Violation(
              at, "is nested more than %d deep; flatten the schema".formatted(MAX_DEPTH)));
    }
    for (String keyword :
        List.of("$ref", "$dynamicRef", "$schema", "$id", "pattern", "patternProperties")) {
      JsonNode value = node.path(keyword);
      if (value.isMissingNode() || (value.isObject() && !keyword.equals("patternProperties"))) {
        continue;
      }
      String reason =
          switch (keyword) {
            case "pattern", "patternProperties" ->
                "regular expressions are not available here; use enum, const, minLength, maxLength"
                    + " or format";
            case "$schema" ->
                value.asString("").equals(SpecificationVersion.DRAFT_2020_12.getDialectId())
                    ? ""
                    : "only JSON Schema 2020-12 is spoken here";
            default -> "references are not available here; write the schema out";
          };
      if (!reason.isEmpty()) {
        return Optional.of(new Violation(at + "/" + keyword, reason));
      }
    }
    return node.isObject()
        ? node.propertyStream()
            .flatMap(field ->
                forbidden(field.getValue(), at + "/" + escape(field.getKey()), depth + 1).stream())
            .findFirst()
        : node.valueStream().flatMap(item -> forbidden(item, at, depth + 1).stream()).findFirst();
  }

  /**
   * What is missing is told where it belongs, not at the object that lacks it: whoever fills in a
   * form looks there.
   */
  private static Violation violation(Error error, String at) {
    boolean lacks = error.getKeyword().equals("required") && error.getProperty() != null;
    return new Violation(
        at + error.getInstanceLocation() + (lacks ? "/" + escape(error.getProperty()) : ""),
        error.getMessage());
  }

  static String escape(String step) {
    return step.replace("~", "~0").replace("/", "~1");
  }
}
