package io.plumbline.platform.web;

import io.swagger.v3.oas.models.media.JsonSchema;
import io.swagger.v3.oas.models.media.Schema;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Builds schemas of the description that none of our types represents. */
final class Schemas {

  private Schemas() {}

  static Schema<Object> of(String type) {
    Schema<Object> schema = new JsonSchema();
    schema.setTypes(Set.of(type));
    return schema;
  }

  /** Returns the schema of a problem (RFC 9457) with our extensions. */
  static Schema<?> problem() {
    Schema<Object> error = of("object");
    error.addProperty("pointer", of("string"));
    error.addProperty("detail", of("string"));
    error.setRequired(List.of("pointer", "detail"));
    Schema<Object> problem = of("object");
    problem.addProperty("type", of("string"));
    problem.addProperty("title", of("string"));
    problem.addProperty("status", of("integer"));
    problem.addProperty("detail", of("string"));
    problem.addProperty("instance", of("string"));
    problem.addProperty("traceId", of("string"));
    problem.addProperty("errors", of("array").items(error));
    problem.addProperty("missing", of("array").items(of("string")));
    problem.setRequired(List.of("type", "title", "status", "detail"));
    return problem;
  }

  /** Returns the schema of the errors of OpenAI's API, which its clients read. */
  static Schema<?> openAiError() {
    Schema<Object> error = of("object");
    error.addProperty("message", of("string"));
    error.addProperty("type", of("string"));
    error.addProperty("param", orNull("string"));
    error.addProperty("code", orNull("string"));
    error.setRequired(List.of("message", "type", "param", "code"));
    Schema<Object> body = of("object");
    body.addProperty("error", error);
    body.setRequired(List.of("error"));
    return body;
  }

  private static Schema<Object> orNull(String type) {
    Schema<Object> schema = new JsonSchema();
    schema.setTypes(new LinkedHashSet<>(List.of(type, "null")));
    return schema;
  }
}
