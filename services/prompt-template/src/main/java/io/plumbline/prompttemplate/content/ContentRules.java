package io.plumbline.prompttemplate.content;

import io.plumbline.prompttemplate.template.ParsedTemplate;
import io.plumbline.prompttemplate.template.Template;
import io.plumbline.prompttemplate.template.Token;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** The rules that a content must satisfy to become a version. */
public final class ContentRules {

  /** The most undeclared variables that are reported of one message. */
  private static final int MAX_UNDECLARED = 50;

  private ContentRules() {}

  /**
   * A content that was checked against the rules.
   *
   * @param content the content with the variables of its partials, as it is published; without any
   *     partials when these are wrong by themselves
   * @param violations the violations of each part, not only the first
   */
  public record Checked(PromptContent content, List<Violation> violations) {

    public Checked {
      violations = List.copyOf(violations);
    }
  }

  /**
   * Checks a content.
   *
   * @return the violations of each part, not only the first
   */
  public static List<Violation> check(PromptContent content) {
    return completeAndCheck(content, Set.of()).violations();
  }

  /**
   * Adds to a content the variables of its partials, and checks it.
   *
   * @param unresolved names of partials that the author gave and that could not be found, which the
   *     caller reports as a violation
   */
  public static Checked completeAndCheck(PromptContent content, Set<String> unresolved) {
    List<Violation> form = formViolations(content);
    if (form.isEmpty()) {
      return checkAll(content, unresolved);
    }
    Set<String> unusable = new HashSet<>(unresolved);
    unusable.addAll(content.partials().keySet());
    Checked rest = checkAll(content.withPartials(Map.of()), unusable);
    return new Checked(
        rest.content(), Stream.concat(form.stream(), rest.violations().stream()).toList());
  }

  /**
   * Returns what is wrong with the partials by themselves, such as that they are too long. Until
   * that is corrected, nothing else can be checked with them.
   */
  private static List<Violation> formViolations(PromptContent content) {
    List<Violation> form = PartialRules.formViolations(content);
    if (form.isEmpty()) {
      return sizeViolations(content);
    }
    return form;
  }

  private static Checked checkAll(PromptContent given, Set<String> unresolved) {
    List<Violation> violations = new ArrayList<>(PartialRules.usageViolations(given, unresolved));
    MergedVariables joined = MergedVariables.of(given);
    violations.addAll(joined.violations());
    PromptContent content = given.withVariables(joined.variables());
    List<Violation> schema = variableViolations(content.variables());
    violations.addAll(schema);
    violations.addAll(ParameterRules.check(content.parameters()));
    JsonNode format = content.responseFormat();
    if (format != null) {
      violations.addAll(ResponseFormat.violations(format, "/responseFormat"));
    }
    for (int i = 0; i < content.messages().size(); i++) {
      switch (content.messages().get(i)) {
        case Message message ->
            violations.addAll(
                templateViolations(
                    message.content(),
                    content,
                    "/messages/%d/content".formatted(i),
                    schema.isEmpty()));
        case Placeholder placeholder ->
            violations.addAll(
                placeholderViolations(placeholder, content.messages().subList(0, i), i));
      }
    }
    return new Checked(content, violations);
  }

  private static List<Violation> placeholderViolations(
      Placeholder placeholder, List<PromptMessage> before, int index) {
    if (!placeholder.name().equals(Placeholder.CALLERS)) {
      return List.of(
          new Violation(
              "/messages/%d/name".formatted(index),
              "'%s' is not a placeholder that calls fill; the only one is '%s', for the caller's messages"
                  .formatted(placeholder.name(), Placeholder.CALLERS)));
    }
    if (!before.contains(placeholder)) {
      return List.of();
    }
    return List.of(
        new Violation(
            "/messages/" + index,
            "is a second placeholder '%s'; the caller's messages go to one place: remove one"
                .formatted(Placeholder.CALLERS)));
  }

  private static List<Violation> sizeViolations(PromptContent content) {
    long total = content.length(PromptContent.MAX_TOTAL);
    if (total <= PromptContent.MAX_TOTAL) {
      return List.of();
    }
    String included = content.partials().isEmpty() ? "" : " with their partials";
    return List.of(
        new Violation(
            "",
            "messages%s and examples have %d characters in total; shorten them to at most %d"
                .formatted(included, total, PromptContent.MAX_TOTAL)));
  }

  private static List<Violation> variableViolations(JsonNode schema) {
    if (!schema.path("type").asString("").equals("object")
        || !schema.path("properties").isObject()) {
      return List.of(
          new Violation(
              "/variables",
              "must be a JSON Schema of type object, for example"
                  + " {\"type\":\"object\",\"properties\":{\"text\":{\"type\":\"string\"}},\"required\":[\"text\"]}"));
    }
    List<Violation> violations = new ArrayList<>(Schemas.schemaViolations(schema, "/variables"));
    schema.path("required").values().stream()
        .map(name -> name.asString(""))
        .filter(name -> !schema.path("properties").has(name))
        .limit(Schemas.MAX_OF_A_KIND)
        .forEach(name ->
            violations.add(
                new Violation(
                    "/variables/required",
                    "'%s' is not declared; add it to variables.properties".formatted(name))));
    return violations;
  }

  private static List<Violation> templateViolations(
      String source, PromptContent content, String at, boolean variablesValid) {
    return switch (Template.parse(source)) {
      case ParsedTemplate.Malformed malformed ->
          List.of(
              new Violation(
                  at,
                  "line %d, column %d: %s"
                      .formatted(malformed.line(), malformed.column(), malformed.reason())));
      case Template _ when !variablesValid -> List.of();
      case Template template ->
          VariableScope.undeclaredTokens(template, content.variables()).stream()
              .limit(MAX_UNDECLARED)
              .map(token -> undeclaredViolation(token, at))
              .toList();
    };
  }

  private static Violation undeclaredViolation(Token token, String at) {
    return new Violation(
        at,
        "line %d, column %d: variable '%s' is not declared; add it to variables.properties"
            .formatted(token.line(), token.column(), token.name()));
  }
}
