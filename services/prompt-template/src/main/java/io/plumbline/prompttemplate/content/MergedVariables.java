package io.plumbline.prompttemplate.content;

import io.plumbline.prompttemplate.template.Template;
import io.plumbline.prompttemplate.template.Token;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The variables of a content with those of its partials. A variable that the content declares
 * itself stays as it is, with its own default and whether it is required. The further variables of
 * a partial are added, except for those that the section around its tag gives. One name has one
 * type.
 *
 * @param variables the variables of the content and its partials; as they were given if they are no
 *     schema of an object
 * @param violations the names whose types differ
 */
public record MergedVariables(ObjectNode variables, List<Violation> violations) {

  /** The keywords that do not restrict the values of a variable. */
  private static final Set<String> ANNOTATIONS =
      Set.of("title", "description", "default", "examples");

  private static final int SHOWN = 100;

  public MergedVariables {
    violations = List.copyOf(violations);
  }

  public static MergedVariables of(PromptContent content) {
    ObjectNode own = content.variables();
    if (content.partials().isEmpty() || !own.path("properties").isObject()) {
      return new MergedVariables(own, List.of());
    }
    List<Violation> violations = new ArrayList<>();
    Map<String, Set<String>> taken = inheritedVariables(content, violations);
    ObjectNode joined = own.deepCopy();
    ObjectNode properties = (ObjectNode) joined.path("properties");
    Set<String> required = new LinkedHashSet<>();
    own.path("required").forEach(name -> required.add(name.asString("")));
    Map<String, String> origins = new LinkedHashMap<>();
    // The order is that of the names, so that the same partials give the same digest.
    new TreeMap<>(content.partials())
        .forEach((name, partial) -> {
          JsonNode theirs = partial.content().variables();
          for (String variable : taken.getOrDefault(name, Set.of())) {
            JsonNode type = theirs.path("properties").path(variable);
            if (!properties.has(variable)) {
              properties.set(variable, type);
              origins.put(variable, name);
            } else if (!sameType(properties.path(variable), type)) {
              violations.add(
                  clashViolation(variable, properties.path(variable), type, name, origins));
            }
            if (origins.containsKey(variable) && isRequired(theirs, variable)) {
              required.add(variable);
            }
          }
        });
    if (!required.isEmpty()) {
      ArrayNode list = joined.putArray("required");
      required.forEach(list::add);
    }
    return new MergedVariables(joined, violations);
  }

  /** Returns, by partial, the variables that no section around one of the partial's tags gives. */
  private static Map<String, Set<String>> inheritedVariables(
      PromptContent content, List<Violation> violations) {
    Map<String, Set<String>> taken = new TreeMap<>();
    for (int i = 0; i < content.messages().size(); i++) {
      if (!(content.messages().get(i) instanceof Message message)
          || !(Template.parse(message.content()) instanceof Template template)) {
        continue;
      }
      String at = "/messages/%d/content".formatted(i);
      VariableScope.walk(
          template,
          content.variables(),
          (tag, scope) -> {
            Partial partial = content.partials().get(tag.name());
            if (tag.kind() == Token.Kind.PARTIAL && partial != null) {
              Set<String> names = taken.computeIfAbsent(tag.name(), name -> new LinkedHashSet<>());
              partial
                  .content()
                  .variables()
                  .path("properties")
                  .forEachEntry((variable, type) -> {
                    JsonNode given = scope.findInSections(variable);
                    if (given.isMissingNode()) {
                      names.add(variable);
                    } else if (!sameType(given, type)) {
                      violations.add(shadowedViolation(at, tag, variable, given, type));
                    }
                  });
            }
          });
    }
    return taken;
  }

  private static boolean isRequired(JsonNode schema, String variable) {
    return schema
        .path("required")
        .valueStream()
        .anyMatch(name -> name.asString("").equals(variable));
  }

  private static boolean sameType(JsonNode one, JsonNode other) {
    return withoutAnnotations(one).equals(withoutAnnotations(other));
  }

  private static JsonNode withoutAnnotations(JsonNode declared) {
    if (declared instanceof ObjectNode schema) {
      return schema.deepCopy().remove(ANNOTATIONS);
    }
    return declared;
  }

  private static Violation clashViolation(
      String variable,
      JsonNode known,
      JsonNode other,
      String partial,
      Map<String, String> origins) {
    String origin = origins.get(variable);
    if (origin == null) {
      return new Violation(
          "/variables/properties" + JsonPointer.empty().appendProperty(variable),
          ("is %s here, but the partial '%s' declares '%s' as %s; remove it here to take the"
                  + " partial's, or rename one of the two")
              .formatted(shortened(known), partial, variable, shortened(other)));
    }
    return new Violation(
        PartialRules.pointer(partial),
        ("declares the variable '%s' as %s, but the partial '%s' declares it as %s; rename"
                + " one of the two")
            .formatted(variable, shortened(other), origin, shortened(known)));
  }

  private static Violation shadowedViolation(
      String at, Token tag, String variable, JsonNode given, JsonNode type) {
    return new Violation(
        at,
        ("line %d, column %d: the partial '%s' reads '%s' as %s, but the section around it has it"
                + " as %s; rename one of the two")
            .formatted(
                tag.line(), tag.column(), tag.name(), variable, shortened(type), shortened(given)));
  }

  private static String shortened(JsonNode schema) {
    String text = schema.toString();
    if (text.length() <= SHOWN) {
      return text;
    }
    return text.substring(0, SHOWN) + "…";
  }
}
