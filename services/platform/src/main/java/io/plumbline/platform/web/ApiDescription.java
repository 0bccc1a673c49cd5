package io.plumbline.platform.web;

import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.JsonSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.HeaderParameter;
import io.swagger.v3.oas.models.parameters.QueryParameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.servers.Server;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Set;
import org.springdoc.core.customizers.GlobalOperationCustomizer;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the OpenAPI description says of every service, and the same on every machine: no port, no
 * host, no number that hangs on an order.
 */
@Configuration(proxyBeanMethods = false)
class ApiDescription {

  private static final String PROBLEM = "Problem";
  private static final String BEARER = "bearer";

  static {
    SpringDocUtils.getConfig()
        .addRequestWrapperToIgnore(PageRequest.class, IfMatch.class)
        .replaceWithSchema(JsonNode.class, new JsonSchema().description("any JSON"))
        .replaceWithSchema(ObjectNode.class, of("object").description("any JSON object"))
        // What is read, or was written before, as a whole.
        .replaceWithSchema(byte[].class, of("object").description("any JSON object"))
        .replaceWithSchema(SseEmitter.class, of("string"));
  }

  @Bean
  RecordComponents recordComponents() {
    return new RecordComponents();
  }

  @Bean
  OpenAPI openApi(Environment environment) {
    return new OpenAPI()
        .info(
            new Info()
                .title(environment.getRequiredProperty("spring.application.name"))
                .version("v1"))
        .addServersItem(new Server().url("/"))
        .addSecurityItem(new SecurityRequirement().addList(BEARER))
        .components(
            new Components()
                .addSecuritySchemes(
                    BEARER,
                    new SecurityScheme()
                        .type(SecurityScheme.Type.HTTP)
                        .scheme("bearer")
                        .bearerFormat("JWT"))
                .addSchemas(PROBLEM, problem()));
  }

  /**
   * Adds what the conventions mean on the wire. The handler's class goes into the operation's id:
   * by method alone there are several of a name, which would be numbered in the order in which they
   * are met.
   */
  @Bean
  GlobalOperationCustomizer conventionsOfOperations() {
    return (operation, handler) -> {
      operation.setOperationId(
          handler.getMethod().getName()
              + handler.getBeanType().getSimpleName().replaceFirst("Controller$", ""));
      if (takes(handler, PageRequest.class)) {
        operation
            .addParametersItem(new QueryParameter().name("limit").schema(limit()))
            .addParametersItem(
                new QueryParameter()
                    .name("pageToken")
                    .description("nextPageToken of the page before")
                    .schema(of("string")));
      }
      if (takes(handler, IfMatch.class)) {
        header(operation, HttpHeaders.IF_MATCH, "The ETag of the resource as it was read", true);
      }
      if (handler.hasMethodAnnotation(Idempotent.class)) {
        header(
            operation,
            Idempotency.HEADER,
            "Sent again with the same body within a day, it gets the same answer",
            false);
      }
      Content content =
          new Content()
              .addMediaType(
                  MediaType.APPLICATION_PROBLEM_JSON_VALUE,
                  new io.swagger.v3.oas.models.media.MediaType()
                      .schema(new JsonSchema().$ref(PROBLEM)));
      if (answersWithAStatusOfItsOwn(handler)) {
        ApiResponse success = operation.getResponses().remove("200");
        if (success != null) {
          operation
              .getResponses()
              .addApiResponse("2XX", success.description("Done, created or accepted"));
        }
      }
      operation
          .getResponses()
          .addApiResponse(
              "default", new ApiResponse().description("A problem (RFC 9457)").content(content));
      return operation;
    };
  }

  private static boolean takes(HandlerMethod handler, Class<?> type) {
    return Arrays.asList(handler.getMethod().getParameterTypes()).contains(type);
  }

  /**
   * 201, 202 or 200 as it turns out: what the method's signature does not tell is not claimed
   * either.
   */
  private static boolean answersWithAStatusOfItsOwn(HandlerMethod handler) {
    return handler.getMethod().getReturnType() == ResponseEntity.class
        && !handler.hasMethodAnnotation(GetMapping.class);
  }

  private static void header(
      Operation operation, String name, String description, boolean required) {
    operation.addParametersItem(
        new HeaderParameter()
            .name(name)
            .description(description)
            .required(required)
            .schema(of("string")));
  }

  private static Schema<?> limit() {
    Schema<Object> limit = of("integer");
    limit.setMinimum(BigDecimal.ONE);
    limit.setMaximum(BigDecimal.valueOf(PageRequest.MAX_LIMIT));
    limit.setDefault(PageRequest.DEFAULT_LIMIT);
    return limit;
  }

  private static Schema<?> problem() {
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

  private static Schema<Object> of(String type) {
    Schema<Object> schema = new JsonSchema();
    schema.setTypes(Set.of(type));
    return schema;
  }
}
