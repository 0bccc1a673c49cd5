package io.plumbline.prompttemplate.content;

import io.plumbline.prompttemplate.template.Template;
import io.plumbline.prompttemplate.template.Token;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
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

  /** The tokens that use an undeclared variable. */
  static List<Token> undeclared(Template template, JsonNode variables) {
    VariableScope scope = new VariableScope(variables);
    List<Token> unknown = new ArrayList<>();
    for (Token token : template.tokens()) {
      switch (token.kind()) {
        case VARIABLE, INVERTED -> {
          if (scope.resolve(token.name()).isMissingNode()) {
            unknown.add(token);
          }
          if (token.kind() == Token.Kind.INVERTED) {
            scope.enter(MissingNode.getInstance());
          }
        }
        case SECTION -> {
          JsonNode section = scope.resolve(token.name());
          if (section.isMissingNode()) {
            unknown.add(token);
          }
          scope.enter(
              section.path("type").asString("").equals("array") ? section.path("items") : section);
        }
        case END -> scope.scopes.pop();
        case TEXT, COMMENT -> {}
      }
    }
    return unknown;
  }

  private void enter(JsonNode schema) {
    scopes.push(schema);
  }

  private JsonNode resolve(String name) {
    if (name.equals(".") || name.equals("this") || name.startsWith("-")) {
      return scopes.size() > 1 ? scopes.element() : MissingNode.getInstance();
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
