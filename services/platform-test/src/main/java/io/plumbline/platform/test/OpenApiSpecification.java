package io.plumbline.platform.test;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * The OpenAPI description of a service, in the form in which its rules and the checks of its
 * answers read it.
 */
final class OpenApiSpecification {

  private static final String SCHEMAS = "#/components/schemas/";

  /** The form of an operation's name, whose first word is a verb. */
  private static final Pattern NAME =
      Pattern.compile(
          "(abort|accept|acknowledge|activate|add|admit|approve|archive|assess|assign|build|cancel|check"
              + "|close|compare|compile|complete|compute|configure|confirm|create|deactivate|decide|define|delete"
              + "|download|estimate|evaluate|export|follow|get|halt|import|issue|judge|lint|list|mask|measure"
              + "|move|open|pause|preview|promote|propose|prove|publish|raise|rebuild|record|register"
              + "|reject|release|remove|render|replace|replay|request|resolve|resume|retry|revise|revoke"
              + "|rollBack|run|score|search|set|sign|start|stop|stream|submit|test|update|upload"
              + "|validate|verify|withdraw)[A-Z][A-Za-z0-9]*");

  /**
   * An operation of the description.
   *
   * @param path the path, with its variables in braces
   */
  record Operation(String method, String path, JsonNode node) {

    String id() {
      return node.path("operationId").asString();
    }

    boolean isOpenAi() {
      return path.startsWith("/v1");
    }

    /** Returns the declared JSON body of the request, and of each successful answer by status. */
    Map<String, JsonNode> jsonBodies() {
      Map<String, JsonNode> bodies = new TreeMap<>();
      bodies.put("request", node.at("/requestBody/content/application~1json"));
      node.path("responses")
          .propertyStream()
          .filter(response -> response.getKey().startsWith("2"))
          .forEach(response ->
              bodies.put(
                  "answer " + response.getKey(),
                  response.getValue().at("/content/application~1json")));
      bodies.values().removeIf(JsonNode::isMissingNode);
      return bodies;
    }

    private Pattern pattern() {
      return Pattern.compile(
          Stream.of(path.split("(?<=})|(?=\\{)", -1))
              .map(part -> part.startsWith("{") ? "[^/]+" : Pattern.quote(part))
              .reduce("", String::concat));
    }

    @Override
    public String toString() {
      return method + " " + path + " (" + id() + ")";
    }
  }

  private final JsonNode document;
  private final List<Operation> operations;

  OpenApiSpecification(JsonNode document) {
    this.document = document;
    this.operations =
        document
            .path("paths")
            .propertyStream()
            .flatMap(path ->
                path.getValue()
                    .propertyStream()
                    .map(each ->
                        new Operation(
                            each.getKey().toUpperCase(Locale.ROOT),
                            path.getKey(),
                            each.getValue())))
            .toList();
  }

  JsonNode document() {
    return document;
  }

  List<Operation> operations() {
    return operations;
  }

  /** Returns the service's name. */
  String title() {
    return document.at("/info/title").asString();
  }

  /** Returns the names of the GET operations. */
  Set<String> readOperations() {
    return operations.stream()
        .filter(each -> each.method().equals("GET"))
        .map(Operation::id)
        .collect(Collectors.toSet());
  }

  /** Returns the paged lists that need no variable and no parameter. */
  List<Operation> parameterlessLists() {
    return operations.stream()
        .filter(each -> each.method().equals("GET") && !each.path().contains("{"))
        .filter(
            each -> each.node().path("parameters").findValuesAsString("name").contains("pageToken"))
        .filter(each ->
            each.node()
                .path("parameters")
                .valueStream()
                .noneMatch(parameter -> parameter.path("required").asBoolean(false)))
        .toList();
  }

  /** Returns the flaws of the description, one sentence each. */
  List<String> flaws() {
    List<String> flaws = new ArrayList<>();
    Set<String> names = new HashSet<>();
    Set<String> openAi = reachableSchemas(operations.stream().filter(Operation::isOpenAi));
    for (Operation operation : operations) {
      if (operation.node().path("summary").asString("").isBlank()) {
        flaws.add(operation + " has no summary: add @Operation(summary = …) to its handler");
      }
      if (!NAME.matcher(operation.id()).matches()) {
        flaws.add(operation + " is not named verb + noun: rename its handler's method");
      }
      if (!names.add(operation.id())) {
        flaws.add(operation + " has the name of another operation: rename its handler's method");
      }
      if (answersPage(operation) && !operation.id().startsWith("list")) {
        flaws.add(operation + " answers a page but is not named list…");
      }
      if (operation.path().contains("{id}")) {
        flaws.add(operation + " has the path variable id: call it <thing>Id");
      }
    }
    document
        .path("components")
        .path("schemas")
        .propertyStream()
        .filter(schema -> !openAi.contains(schema.getKey()))
        .filter(schema -> schema.getValue().path("properties").has("id"))
        .forEach(schema -> flaws.add(schema.getKey() + " has the field id: call it <thing>Id"));
    return flaws;
  }

  /**
   * Finds the operation that a request is for. A template without variables takes precedence over
   * one with variables.
   */
  Optional<Operation> findOperation(String method, String path) {
    return operations.stream()
        .filter(each -> each.method().equals(method) && each.pattern().matcher(path).matches())
        .min(Comparator.comparingInt(each -> each.path().split("\\{", -1).length));
  }

  private boolean answersPage(Operation operation) {
    String ref =
        operation.node().at("/responses/200/content/application~1json/schema/$ref").asString("");
    return ref.startsWith(SCHEMAS + "Page");
  }

  private Set<String> reachableSchemas(Stream<Operation> roots) {
    Set<String> seen = new HashSet<>();
    Deque<JsonNode> open = new ArrayDeque<>(roots.map(Operation::node).toList());
    while (!open.isEmpty()) {
      open.pop().findValues("$ref").stream()
          .map(JsonNode::asString)
          .filter(ref -> ref.startsWith(SCHEMAS))
          .map(ref -> ref.substring(SCHEMAS.length()))
          .filter(seen::add)
          .forEach(name -> open.push(document.path("components").path("schemas").path(name)));
    }
    return seen;
  }
}
