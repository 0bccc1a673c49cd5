package io.plumbline.platform.web;

import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.JsonSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.responses.ApiResponse;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The errors that an operation may answer. Each is described once, and every operation refers to
 * it.
 */
enum ErrorResponse {
  BAD_REQUEST("400", "BadRequest", "A field or parameter is not valid; errors names each"),
  UNAUTHORIZED("401", "Unauthorized", "The bearer token is missing or not valid"),
  FORBIDDEN("403", "Forbidden", "The caller's roles do not allow this"),
  NOT_FOUND("404", "NotFound", "The workspace has no such resource"),
  CONFLICT("409", "Conflict", "The current state does not allow this; missing names the evidence"),
  PRECONDITION_FAILED("412", "PreconditionFailed", "The resource has changed since it was read"),
  CONTENT_TOO_LARGE("413", "ContentTooLarge", "The body is too large"),
  UNSUPPORTED_MEDIA_TYPE("415", "UnsupportedMediaType", "The body's type is not supported"),
  UNPROCESSABLE_CONTENT(
      "422", "UnprocessableContent", "The request is well-formed but cannot be carried out"),
  PRECONDITION_REQUIRED("428", "PreconditionRequired", "If-Match is missing"),
  TOO_MANY_REQUESTS("429", "TooManyRequests", "The caller's rate limit is reached"),
  SERVICE_UNAVAILABLE(
      "503", "ServiceUnavailable", "The service cannot answer now; Retry-After says when"),
  ANY("default", "Problem", "Any other problem (RFC 9457)");

  private static final String PROBLEM = "Problem";
  private static final String OPEN_AI_ERROR = "OpenAiError";
  private static final String OPEN_AI = "OpenAi";
  private static final String RESPONSES = "#/components/responses/";

  private final String code;
  private final String title;
  private final String description;

  ErrorResponse(String code, String title, String description) {
    this.code = code;
    this.title = title;
    this.description = description;
  }

  String code() {
    return code;
  }

  ApiResponse reference(boolean openAi) {
    return new ApiResponse().$ref(RESPONSES + name(openAi));
  }

  private String name(boolean openAi) {
    return openAi ? OPEN_AI + title : title;
  }

  /** Adds the responses that the operations refer to, and no others. */
  static void describe(OpenAPI api) {
    Set<String> used =
        api.getPaths().values().stream()
            .flatMap(path -> path.readOperations().stream())
            .flatMap(operation -> operation.getResponses().values().stream())
            .map(ApiResponse::get$ref)
            .filter(ref -> ref != null)
            .map(ref -> ref.substring(RESPONSES.length()))
            .collect(Collectors.toSet());
    for (ErrorResponse error : values()) {
      for (boolean openAi : new boolean[] {false, true}) {
        if (used.contains(error.name(openAi))) {
          error.describe(api.getComponents(), openAi);
        }
      }
    }
  }

  private void describe(Components components, boolean openAi) {
    String schema = openAi ? OPEN_AI_ERROR : PROBLEM;
    components.addSchemas(schema, openAi ? Schemas.openAiError() : Schemas.problem());
    components.addResponses(
        name(openAi),
        new ApiResponse()
            .description(description)
            .content(
                new Content()
                    .addMediaType(
                        openAi ? "application/json" : "application/problem+json",
                        new MediaType()
                            .schema(new JsonSchema().$ref("#/components/schemas/" + schema)))));
  }
}
