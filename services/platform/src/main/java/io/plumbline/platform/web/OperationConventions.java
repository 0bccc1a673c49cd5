package io.plumbline.platform.web;

import io.plumbline.platform.data.Housekeeping;
import io.plumbline.platform.ledger.LedgerExempt;
import io.swagger.v3.core.util.Json31;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.HeaderParameter;
import io.swagger.v3.oas.models.parameters.QueryParameter;
import io.swagger.v3.oas.models.responses.ApiResponses;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.customizers.GlobalOperationCustomizer;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.method.HandlerMethod;

/**
 * Describes what the conventions of the API add to each operation: its name and resource, the
 * parameters that the platform reads, the status codes and an example.
 *
 * <p>The operationId is the name of the handler's method. The status of success is the handler's
 * {@link ResponseStatus}, or 200 without one. A second status is declared by an {@link ApiResponse}
 * with its reason.
 */
final class OperationConventions implements GlobalOperationCustomizer {

  @Override
  public Operation customize(Operation operation, HandlerMethod handler) {
    String path = pathOf(handler);
    operation.setOperationId(handler.getMethod().getName());
    operation.setTags(List.of(resourceTag(path)));
    describeParameters(operation, handler);
    describeResponses(operation, handler, path);
    Example.of(operation.getOperationId()).ifPresent(example -> example.describe(operation));
    return operation;
  }

  private static void describeParameters(Operation operation, HandlerMethod handler) {
    if (takesParameter(handler, PageRequest.class)) {
      operation
          .addParametersItem(
              new QueryParameter().name(PageRequestResolver.LIMIT).schema(limitSchema()))
          .addParametersItem(
              new QueryParameter()
                  .name(PageRequestResolver.PAGE_TOKEN)
                  .description("nextPageToken of the previous page")
                  .schema(Schemas.of("string")));
    }
    if (takesParameter(handler, IfMatch.class)) {
      addHeaderParameter(
          operation, HttpHeaders.IF_MATCH, "The ETag of the resource as it was read", true);
    }
    if (handler.hasMethodAnnotation(Idempotent.class)) {
      addHeaderParameter(
          operation,
          Idempotency.HEADER,
          "A repeated request with the same key and body within %d hours gets the same answer"
              .formatted(Housekeeping.ANSWERS.toHours()),
          false);
    }
  }

  private static void describeResponses(Operation operation, HandlerMethod handler, String path) {
    ApiResponses described = new ApiResponses();
    Content content = successContent(operation);
    successesOf(handler)
        .forEach((status, description) ->
            described.addApiResponse(
                status,
                new io.swagger.v3.oas.models.responses.ApiResponse()
                    .description(description)
                    .content(hasBody(status) ? content : null)));
    boolean openAi = path.startsWith("/v1");
    for (ErrorResponse error : errorsOf(handler, path)) {
      described.addApiResponse(error.code(), error.reference(openAi));
    }
    operation.setResponses(described);
  }

  private static @Nullable Content successContent(Operation operation) {
    if (operation.getResponses() == null) {
      return null;
    }
    return operation.getResponses().entrySet().stream()
        .filter(each -> each.getKey().startsWith("2"))
        .map(each -> each.getValue().getContent())
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }

  private static boolean hasBody(String status) {
    return !status.equals("204") && !status.equals("304");
  }

  /** Returns the description of each status of success. */
  private static Map<String, String> successesOf(HandlerMethod handler) {
    Map<String, String> successes = new TreeMap<>();
    ResponseStatus annotated = handler.getMethodAnnotation(ResponseStatus.class);
    HttpStatus status = annotated == null ? HttpStatus.OK : annotated.code();
    successes.put(Integer.toString(status.value()), status.getReasonPhrase());
    AnnotatedElementUtils.findMergedRepeatableAnnotations(handler.getMethod(), ApiResponse.class)
        .forEach(each -> successes.put(each.responseCode(), each.description()));
    return successes;
  }

  private static Set<ErrorResponse> errorsOf(HandlerMethod handler, String path) {
    Set<ErrorResponse> errors =
        EnumSet.of(
            ErrorResponse.BAD_REQUEST,
            ErrorResponse.UNAUTHORIZED,
            ErrorResponse.FORBIDDEN,
            ErrorResponse.TOO_MANY_REQUESTS,
            ErrorResponse.SERVICE_UNAVAILABLE,
            ErrorResponse.ANY);
    if (path.contains("{")) {
      errors.add(ErrorResponse.NOT_FOUND);
    }
    if (Arrays.stream(handler.getMethodParameters())
        .anyMatch(each -> each.hasParameterAnnotation(RequestBody.class))) {
      errors.add(ErrorResponse.CONTENT_TOO_LARGE);
      errors.add(ErrorResponse.UNSUPPORTED_MEDIA_TYPE);
      errors.add(ErrorResponse.UNPROCESSABLE_CONTENT);
    }
    boolean writes = httpMethods(handler).noneMatch(RequestMethod.GET::equals);
    if (writes && !handler.hasMethodAnnotation(LedgerExempt.class)) {
      errors.add(ErrorResponse.CONFLICT);
    }
    if (takesParameter(handler, IfMatch.class)) {
      errors.add(ErrorResponse.PRECONDITION_FAILED);
      errors.add(ErrorResponse.PRECONDITION_REQUIRED);
    }
    return errors;
  }

  /**
   * Returns the first segment of a path that names something: {@code prompts} for {@code
   * /api/prompts/{name}}.
   */
  private static String resourceTag(String path) {
    return Stream.of(path.split("/", -1))
        .filter(segment -> !segment.isEmpty() && !segment.equals("api"))
        .findFirst()
        .map(segment -> segment.equals("v1") ? "openai" : segment)
        .orElse("api");
  }

  private static String pathOf(HandlerMethod handler) {
    return mappings(handler)
        .flatMap(each -> firstOf(each.path()).stream())
        .reduce("", String::concat);
  }

  private static Stream<RequestMethod> httpMethods(HandlerMethod handler) {
    return mappings(handler).flatMap(each -> Stream.of(each.method()));
  }

  private static Stream<RequestMapping> mappings(HandlerMethod handler) {
    return Stream.of(handler.getBeanType(), handler.getMethod())
        .map(each -> AnnotatedElementUtils.findMergedAnnotation(each, RequestMapping.class))
        .filter(Objects::nonNull);
  }

  private static Optional<String> firstOf(String[] paths) {
    return Arrays.stream(paths).findFirst();
  }

  private static boolean takesParameter(HandlerMethod handler, Class<?> type) {
    return Arrays.asList(handler.getMethod().getParameterTypes()).contains(type);
  }

  private static void addHeaderParameter(
      Operation operation, String name, String description, boolean required) {
    operation.addParametersItem(
        new HeaderParameter()
            .name(name)
            .description(description)
            .required(required)
            .schema(Schemas.of("string")));
  }

  private static Schema<?> limitSchema() {
    Schema<Object> limit = Schemas.of("integer");
    limit.setMinimum(BigDecimal.ONE);
    limit.setMaximum(BigDecimal.valueOf(PageRequest.MAX_LIMIT));
    limit.setDefault(PageRequest.DEFAULT_LIMIT);
    return limit;
  }

  /**
   * The committed {@code api-examples/<operationId>.json} with the fields {@code request} and
   * {@code response}, either of which may be absent.
   */
  private record Example(Map<?, ?> bodies) {

    static Optional<Example> of(String operationId) {
      String name = "/api-examples/" + operationId + ".json";
      try (InputStream file = OperationConventions.class.getResourceAsStream(name)) {
        if (file == null) {
          return Optional.empty();
        }
        return Optional.of(new Example(Json31.mapper().readValue(file, Map.class)));
      } catch (IOException e) {
        throw new UncheckedIOException(name + " cannot be read", e);
      }
    }

    void describe(Operation operation) {
      if (operation.getRequestBody() != null) {
        setExample(operation.getRequestBody().getContent(), bodies.get("request"));
      }
      operation
          .getResponses()
          .forEach((status, response) -> {
            if (status.startsWith("2")) {
              setExample(response.getContent(), bodies.get("response"));
            }
          });
    }

    private static void setExample(@Nullable Content content, @Nullable Object body) {
      MediaType json = content == null ? null : content.get("application/json");
      if (json != null && body != null) {
        json.setExample(body);
      }
    }
  }
}
