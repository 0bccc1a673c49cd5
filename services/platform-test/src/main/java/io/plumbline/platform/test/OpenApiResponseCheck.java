package io.plumbline.platform.test;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.plumbline.platform.test.OpenApiSpecification.Operation;
import io.plumbline.platform.test.TestClient.Answer;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.util.function.SingletonSupplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Checks every answer of the application under test against its API description: the status is
 * declared, the body has the declared type and matches its schema, and there are no undeclared
 * fields.
 */
final class OpenApiResponseCheck {

  private final Supplier<OpenApiSpecification> specification;
  private final SchemaRegistry registry =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
  private final Map<JsonNode, Schema> schemas = new ConcurrentHashMap<>();
  private final Set<String> answeredReads = new ConcurrentSkipListSet<>();
  private final @Nullable ExampleRecorder examples;

  OpenApiResponseCheck(
      Supplier<OpenApiSpecification> specification, @Nullable ExampleRecorder examples) {
    this.specification =
        SingletonSupplier.of(() -> {
          OpenApiSpecification loaded = specification.get();
          ReadCoverage.registerReadOperations(loaded.title(), loaded.readOperations());
          return loaded;
        });
    this.examples = examples;
  }

  /**
   * Checks one answer.
   *
   * @throws AssertionError when the answer deviates from the description; the message says how
   */
  void requireMatchesDescription(
      String method, String path, byte @Nullable [] request, Answer answer) {
    String plain = URI.create(path).getPath();
    if (!plain.startsWith("/api/") && !plain.startsWith("/v1/")) {
      return;
    }
    specification
        .get()
        .findOperation(method, plain)
        .ifPresent(operation -> requireMatchesDescription(operation, request, answer));
  }

  private void requireMatchesDescription(
      Operation operation, byte @Nullable [] request, Answer answer) {
    boolean success = answer.status() < 300;
    JsonNode declared = declaredResponse(operation, answer.status());
    if (declared.isMissingNode()) {
      throw new AssertionError(
          operation + " answered " + answer.status() + ", which its description does not declare");
    }
    if (!answer.body().isEmpty()) {
      requireBodyMatchesSchema(operation, declared, answer);
    }
    if (success && operation.method().equals("GET")) {
      answeredReads.add(operation.id());
      ReadCoverage.recordAnswered(operation.id());
    }
    if (success && examples != null) {
      examples.record(operation, request, answer);
    }
  }

  private void requireBodyMatchesSchema(Operation operation, JsonNode declared, Answer answer) {
    String type = answer.header("Content-Type").replaceFirst(";.*", "");
    JsonNode content = declared.path("content").path(type);
    if (content.isMissingNode()) {
      throw new AssertionError(
          "%s answered %d as %s, which its description does not declare"
              .formatted(operation, answer.status(), type));
    }
    // JSON Lines are not a single JSON text.
    if (type.equals("application/json") || type.endsWith("+json")) {
      List<Error> errors = compiledSchema(content.path("schema")).validate(answer.json());
      if (!errors.isEmpty()) {
        throw new AssertionError(
            "%s answered %d, which does not match its schema: %s%n%s"
                .formatted(operation, answer.status(), errors, answer.body()));
      }
    }
  }

  private JsonNode declaredResponse(Operation operation, int status) {
    JsonNode responses = operation.node().path("responses");
    JsonNode response = responses.path(Integer.toString(status));
    if (response.isMissingNode() && status >= 400) {
      response = responses.path("default");
    }
    String ref = response.path("$ref").asString("");
    return ref.isEmpty() ? response : specification.get().document().at(ref.substring(1));
  }

  /**
   * Returns a compiled schema. The document's schemas are copied along, because references are
   * resolved from the root of the document.
   */
  private Schema compiledSchema(JsonNode schema) {
    return schemas.computeIfAbsent(
        schema,
        each -> {
          ObjectNode root = JsonNodeFactory.instance.objectNode();
          root.setAll((ObjectNode) each.deepCopy());
          root.set("$defs", specification.get().document().at("/components/schemas").deepCopy());
          toJsonSchema(root);
          return registry.getSchema(root);
        });
  }

  /**
   * Returns a sentence for each JSON body without an example, and for each example that does not
   * match its schema.
   */
  List<String> exampleFlaws() {
    List<String> flaws = new ArrayList<>();
    for (Operation operation : specification.get().operations()) {
      operation
          .jsonBodies()
          .forEach((name, body) -> {
            if (!body.has("example")) {
              flaws.add(
                  "%s has no example of its %s: add api-examples/%s.json to its resources"
                      .formatted(operation, name, operation.id()));
              return;
            }
            List<Error> errors = compiledSchema(body.path("schema")).validate(body.path("example"));
            if (!errors.isEmpty()) {
              flaws.add(
                  "%s has an example of its %s that does not match its schema: %s"
                      .formatted(operation, name, errors));
            }
          });
    }
    return flaws;
  }

  /**
   * Converts a schema from the form of OpenAPI to that of JSON Schema, and disallows undeclared
   * fields.
   */
  private static void toJsonSchema(JsonNode node) {
    if (node instanceof ObjectNode object && object.path("$ref").isString()) {
      object.put(
          "$ref", object.path("$ref").asString().replace("#/components/schemas/", "#/$defs/"));
    }
    if (node instanceof ObjectNode object
        && object.path("properties").isObject()
        && !object.has("additionalProperties")
        && !object.has("allOf")) {
      object.put("additionalProperties", false);
    }
    node.forEach(OpenApiResponseCheck::toJsonSchema);
  }

  void resetReadCoverage() {
    answeredReads.clear();
  }

  /** Returns the GET operations without a successful answer since {@link #resetReadCoverage}. */
  Set<String> unansweredReads() {
    Set<String> missing = new TreeSet<>(readOperations());
    missing.removeAll(answeredReads);
    return missing;
  }

  Set<String> readOperations() {
    return specification.get().readOperations();
  }
}
