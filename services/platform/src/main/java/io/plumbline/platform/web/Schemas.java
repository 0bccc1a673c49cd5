package io.plumbline.platform.web;

import io.swagger.v3.oas.models.media.JsonSchema;
import io.swagger.v3.oas.models.media.Schema;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Schemas of the description that no type of ours stands for. */
final class Schemas {

  private Schemas() {}

  static Schema<Object> of(String type) {
    Schema<Object> schema = new JsonSchema();
    schema.setTypes(Set.of(type));
    return schema;
  }

  /** RFC 9457 with our extensions. */
  static Schema<?> problem() {
    return of("object")
        .addProperty("type", of("string"))
        .addProperty("title", of("string"))
        .addProperty("status", of("integer"))
        .addProperty("detail", of("string"))
        .addProperty("instance", of("string"))
        .addProperty("traceId", of("string"))
        .addProperty(
            "errors",
            of("array")
                .items(
                    of("object")
                        .addProperty("pointer", of("string"))
                        .addProperty("detail", of("string"))))
        .addProperty("missing", of("array").items(of("string")));
  }

  /** The error of OpenAI's API, which its clients read. */
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
