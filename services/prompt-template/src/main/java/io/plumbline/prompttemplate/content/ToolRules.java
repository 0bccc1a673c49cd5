package io.plumbline.prompttemplate.content;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;

/**
 * The rules for the tools of a version, as the OpenAI API has them, so that errors appear when the
 * version is checked and not only when a model rejects it.
 */
final class ToolRules {

  static final int MAX_TOOLS = 128;
  static final int MAX_DESCRIPTION = 4_096;

  private static final Set<String> CHOICES = Set.of("none", "auto", "required");
  private static final Set<String> FIELDS = Set.of("name", "description", "parameters", "strict");

  private ToolRules() {}

  /**
   * Checks the tools and the choice among them.
   *
   * @param parameters parameters whose tools are a list, and whose choice is a text or an object
   */
  static List<Violation> check(JsonNode parameters) {
    JsonNode tools = parameters.path("tools");
    if (tools.size() > MAX_TOOLS) {
      return List.of(
          new Violation("/parameters/tools", "must have at most %d tools".formatted(MAX_TOOLS)));
    }
    List<Violation> violations = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (int i = 0; i < tools.size(); i++) {
      String at = "/parameters/tools/" + i;
      JsonNode function = tools.get(i).path("function");
      if (!tools.get(i).path("type").asString("").equals("function") || !function.isObject()) {
        violations.add(
            new Violation(
                at,
                "must be {\"type\":\"function\",\"function\":{\"name\":…,\"parameters\":{…}}}"));
      } else {
        violations.addAll(functionViolations(function, at + "/function"));
        if (!names.add(function.path("name").asString(""))) {
          violations.add(
              new Violation(
                  at + "/function/name", "is the name of an earlier tool; choose another"));
        }
      }
    }
    choiceViolation(parameters.path("tool_choice"), names).ifPresent(violations::add);
    if (names.isEmpty() && parameters.has("parallel_tool_calls")) {
      violations.add(
          new Violation("/parameters/parallel_tool_calls", "needs tools; omit it, or add a tool"));
    }
    return List.copyOf(violations);
  }

  private static List<Violation> functionViolations(JsonNode function, String at) {
    List<Violation> violations = new ArrayList<>();
    function.propertyNames().stream()
        .filter(field -> !FIELDS.contains(field))
        .limit(Schemas.MAX_OF_A_KIND)
        .forEach(field ->
            violations.add(
                new Violation(
                    at + JsonPointer.empty().appendProperty(field),
                    "is not a field of a tool; use name, description, parameters and strict")));
    if (!ToolName.hasValidName(function)) {
      violations.add(
          new Violation(at + "/name", "must be 1 to 64 letters, digits, underscores and hyphens"));
    }
    JsonNode description = function.path("description");
    if (!description.isMissingNode()
        && !(description.isString() && description.asString().length() <= MAX_DESCRIPTION)) {
      violations.add(
          new Violation(
              at + "/description",
              "must be a text of at most %d characters".formatted(MAX_DESCRIPTION)));
    }
    JsonNode strict = function.path("strict");
    if (!strict.isMissingNode() && !strict.isBoolean()) {
      violations.add(new Violation(at + "/strict", "must be true or false"));
    }
    if (function.has("parameters")) {
      violations.addAll(Schemas.schemaViolations(function.path("parameters"), at + "/parameters"));
    }
    return violations;
  }

  private static Optional<Violation> choiceViolation(JsonNode choice, Set<String> names) {
    if (choice.isMissingNode()) {
      return Optional.empty();
    }
    if (isKnown(choice, names)) {
      return Optional.empty();
    }
    return Optional.of(
        new Violation(
            "/parameters/tool_choice",
            "must be none, auto, required, or {\"type\":\"function\",\"function\":{\"name\":…}}"
                + " with the name of one of the version's tools"));
  }

  private static boolean isKnown(JsonNode choice, Set<String> names) {
    if (choice.isString()) {
      return CHOICES.contains(choice.asString()) && !names.isEmpty();
    }
    return choice.path("type").asString("").equals("function")
        && names.contains(choice.path("function").path("name").asString(""));
  }
}
