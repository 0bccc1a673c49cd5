package io.plumbline.prompttemplate.content;

import io.plumbline.prompttemplate.template.Template;
import io.plumbline.prompttemplate.template.Token;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.BiConsumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * Follows a template through the declared variables as Mustache would: innermost section first,
 * then outwards.
 */
final class VariableScope {

  private final Deque<JsonNode> scopes = new ArrayDeque<>();

  private VariableScope(JsonNode variables) {
    scopes.push(variables);
  }

  /** Returns the tokens that use an undeclared variable. */
  static List<Token> undeclaredTokens(Template template, JsonNode variables) {
    List<Token> unknown = new ArrayList<>();
    walk(
        template,
        variables,
        (token, scope) -> {
          boolean named =
              switch (token.kind()) {
                case VARIABLE, INVERTED, SECTION -> true;
                case END, PARTIAL, TEXT, COMMENT -> false;
              };
          if (named && scope.resolve(token.name()).isMissingNode()) {
            unknown.add(token);
          }
        });
    return unknown;
  }

  /** Passes each token to the visitor, with the variables that are in scope at its place. */
  static void walk(
      Template template, JsonNode variables, BiConsumer<Token, VariableScope> visitor) {
    VariableScope scope = new VariableScope(variables);
    for (Token token : template.tokens()) {
      visitor.accept(token, scope);
      switch (token.kind()) {
        case INVERTED -> scope.enter(MissingNode.getInstance());
        case SECTION -> {
          JsonNode section = scope.resolve(token.name());
          scope.enter(elementOf(section));
        }
        case END -> scope.scopes.pop();
        case VARIABLE, PARTIAL, TEXT, COMMENT -> {}
      }
    }
  }

  /** Returns the variable of this name that a section around the place gives, or a missing node. */
  JsonNode findInSections(String name) {
    return scopes.stream()
        .limit(scopes.size() - 1L)
        .map(scope -> scope.path("properties").path(name))
        .filter(found -> !found.isMissingNode())
        .findFirst()
        .orElse(MissingNode.getInstance());
  }

  private static JsonNode elementOf(JsonNode section) {
    if (section.path("type").asString("").equals("array")) {
      return section.path("items");
    }
    return section;
  }

  private void enter(JsonNode schema) {
    scopes.push(schema);
  }

  private JsonNode resolve(String name) {
    if (name.equals(".") || name.equals("this") || name.startsWith("-")) {
      if (scopes.size() > 1) {
        return scopes.element();
      }
      return MissingNode.getInstance();
    }
    String[] steps = name.split("\\.", -1);
    for (JsonNode scope : scopes) {
      JsonNode found = scope.path("properties").path(steps[0]);
      if (!found.isMissingNode()) {
        return descend(found, steps);
      }
    }
    return MissingNode.getInstance();
  }

  private static JsonNode descend(JsonNode schema, String[] steps) {
    JsonNode current = schema;
    for (int i = 1; i < steps.length; i++) {
      if (!current.has("properties")) {
        return current;
      }
      current = current.path("properties").path(steps[i]);
    }
    return current;
  }
}
