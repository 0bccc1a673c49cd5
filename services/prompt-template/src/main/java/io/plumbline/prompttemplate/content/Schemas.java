package io.plumbline.prompttemplate.content;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaException;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;

/**
 * Validates with JSON Schema 2020-12 and without the network. A schema in a request must not cause
 * a fetch, so references lead neither out of the document nor out of the meta-schemas inside the
 * library. Nothing is cached, because any caller could fill the memory.
 */
final class Schemas {

  private static final int MAX_DEPTH = 24;
  private static final String META_ID = SpecificationVersion.DRAFT_2020_12.getDialectId();

  private static final SchemaRegistry REGISTRY =
      SchemaRegistry.withDefaultDialect(
          SpecificationVersion.DRAFT_2020_12,
          registry ->
              registry
                  .schemaCacheEnabled(false)
                  .schemaLoader(loader -> loader.fetchRemoteResources(false)));

  private static final Schema META =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
          .getSchema(SchemaLocation.of(META_ID));

  private Schemas() {}

  /** Returns the violations of a schema itself. */
  static List<Violation> schemaViolations(JsonNode schema, String at) {
    if (!schema.isObject()) {
      return List.of(
          new Violation(
              at,
              "must be a JSON Schema object, for example"
                  + " {\"type\":\"object\",\"properties\":{…}}"));
    }
    return findForbidden(schema, at, 0)
        .map(List::of)
        .orElseGet(() ->
            META.validate(schema).stream().limit(5).map(error -> toViolation(error, at)).toList());
  }

  /**
   * Compiles a schema without violations by {@link #schemaViolations}, for any number of
   * validations.
   */
  static Schema compile(JsonNode schema) {
    return REGISTRY.getSchema(schema);
  }

  /** Returns the violations of a value. */
  static List<Violation> valueViolations(Schema schema, JsonNode value, String at) {
    try {
      return schema.validate(value).stream()
          .limit(10)
          .map(error -> toViolation(error, at))
          .toList();
    } catch (SchemaException e) {
      return List.of(
          new Violation(
              at,
              "cannot be validated, because the schema has a reference that leads nowhere; publish"
                  + " a version with a corrected schema"));
    }
  }

  private static Optional<Violation> findForbidden(JsonNode node, String at, int depth) {
    if (depth > MAX_DEPTH) {
      return Optional.of(
          new Violation(
              at, "is nested more than %d levels deep; flatten the schema".formatted(MAX_DEPTH)));
    }
    for (String keyword :
        List.of("$ref", "$dynamicRef", "$schema", "$id", "pattern", "patternProperties")) {
      JsonNode value = node.path(keyword);
      if (value.isMissingNode() || (value.isObject() && !keyword.equals("patternProperties"))) {
        continue;
      }
      String reason = forbiddenReason(keyword, value);
      if (!reason.isEmpty()) {
        return Optional.of(new Violation(at + "/" + keyword, reason));
      }
    }
    if (!node.isObject()) {
      return node.valueStream()
          .flatMap(item -> findForbidden(item, at, depth + 1).stream())
          .findFirst();
    }
    return node.propertyStream()
        .flatMap(field ->
            findForbidden(
                field.getValue(),
                at + JsonPointer.empty().appendProperty(field.getKey()),
                depth + 1)
                .stream())
        .findFirst();
  }

  /** Returns why a keyword with a value is forbidden; empty when it is allowed. */
  private static String forbiddenReason(String keyword, JsonNode value) {
    if (keyword.equals("$schema") && value.asString("").equals(META_ID)) {
      return "";
    }
    return switch (keyword) {
      case "pattern", "patternProperties" ->
          "is not supported in schemas here; use enum, const, minLength, maxLength or format";
      case "$schema" -> "must be JSON Schema 2020-12 (%s)".formatted(META_ID);
      default -> "is not supported in schemas here; write the referenced schema out";
    };
  }

  /**
   * Converts an error. A missing property is reported at its own pointer instead of the pointer of
   * its object, so that a form can show it beside the field.
   */
  private static Violation toViolation(Error error, String at) {
    String place = at + error.getInstanceLocation();
    if (error.getKeyword().equals("required") && error.getProperty() != null) {
      return new Violation(
          place + JsonPointer.empty().appendProperty(error.getProperty()), error.getMessage());
    }
    return new Violation(place, error.getMessage());
  }
}
