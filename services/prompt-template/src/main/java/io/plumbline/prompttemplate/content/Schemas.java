package io.plumbline.prompttemplate.content;

import io.plumbline.prompttemplate.schema.BoundedSchema;
import io.plumbline.prompttemplate.schema.Mismatch;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;

/**
 * The rules of the JSON Schemas (2020-12) that callers write. A schema has no references and no
 * regular expressions, and its size is bounded before anything else reads it.
 */
final class Schemas {

  private static final int MAX_DEPTH = 24;

  /** The most violations of one kind that are reported. */
  static final int MAX_OF_A_KIND = 10;

  private static final BigDecimal SMALLEST_DIVISOR = new BigDecimal("1e-12");
  private static final BigDecimal LARGEST_DIVISOR = new BigDecimal("1e12");

  private static final int MAX_VIOLATIONS = 5;

  private Schemas() {}

  /** Returns the first violations of a schema itself. */
  static List<Violation> schemaViolations(JsonNode schema, String at) {
    if (!schema.isObject()) {
      return List.of(
          new Violation(
              at,
              "must be a JSON Schema object, for example"
                  + " {\"type\":\"object\",\"properties\":{…}}"));
    }
    if (BoundedSchema.isTooLarge(schema)) {
      return List.of(
          new Violation(
              at,
              "has more than %,d values, where a long text counts as several; use a smaller schema"
                  .formatted(BoundedSchema.MAX_WEIGHT)));
    }
    return findForbidden(schema, 0)
        .map(found -> List.of(new Violation(at + found.pointer(), found.detail())))
        .orElseGet(() ->
            violations(BoundedSchema.META.mismatches(schema), at).stream()
                .limit(MAX_VIOLATIONS)
                .toList());
  }

  /**
   * Converts the mismatches of a value.
   *
   * @param at where the value is
   */
  static List<Violation> violations(List<Mismatch> mismatches, String at) {
    return mismatches.stream()
        .map(mismatch -> new Violation(at + mismatch.pointer(), mismatch.detail()))
        .toList();
  }

  /** Returns the first value that is forbidden, by its pointer inside the node. */
  private static Optional<Violation> findForbidden(JsonNode node, int depth) {
    if (depth > MAX_DEPTH) {
      return Optional.of(
          new Violation(
              "", "is nested more than %d levels deep; flatten the schema".formatted(MAX_DEPTH)));
    }
    for (String keyword :
        List.of(
            "$ref",
            "$dynamicRef",
            "$schema",
            "$id",
            "pattern",
            "patternProperties",
            "multipleOf")) {
      JsonNode value = node.path(keyword);
      if (value.isMissingNode() || (value.isObject() && !keyword.equals("patternProperties"))) {
        continue;
      }
      String reason = forbiddenReason(keyword, value);
      if (!reason.isEmpty()) {
        return Optional.of(new Violation("/" + keyword, reason));
      }
    }
    if (!node.isObject()) {
      return node.valueStream()
          .flatMap(item -> findForbidden(item, depth + 1).stream())
          .findFirst();
    }
    return node.propertyStream()
        .flatMap(field ->
            findForbidden(field.getValue(), depth + 1)
                .map(found -> inside(field.getKey(), found))
                .stream())
        .findFirst();
  }

  private static Violation inside(String name, Violation found) {
    return new Violation(
        JsonPointer.empty().appendProperty(name) + found.pointer(), found.detail());
  }

  /** Returns why a keyword with a value is forbidden; empty when it is allowed. */
  private static String forbiddenReason(String keyword, JsonNode value) {
    return switch (keyword) {
      case "pattern", "patternProperties" ->
          "is not supported in schemas here; use enum, const, minLength, maxLength or format";
      case "$schema" ->
          value.asString("").equals(BoundedSchema.META_ID)
              ? ""
              : "must be JSON Schema 2020-12 (%s)".formatted(BoundedSchema.META_ID);
      case "multipleOf" -> isUsableDivisor(value) ? "" : "must be a number from 1e-12 to 1e12";
      default -> "is not supported in schemas here; write the referenced schema out";
    };
  }

  /** Returns whether dividing by a number takes little time. Other types are reported elsewhere. */
  private static boolean isUsableDivisor(JsonNode divisor) {
    if (!divisor.isNumber()) {
      return true;
    }
    return divisor
        .decimalValueOpt()
        .filter(number -> number.compareTo(SMALLEST_DIVISOR) >= 0)
        .filter(number -> number.compareTo(LARGEST_DIVISOR) <= 0)
        .isPresent();
  }
}
