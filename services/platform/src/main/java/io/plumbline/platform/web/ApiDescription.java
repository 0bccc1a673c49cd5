package io.plumbline.platform.web;

import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.media.JsonSchema;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.servers.Server;
import org.springdoc.core.customizers.GlobalOpenApiCustomizer;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The part of the OpenAPI description that all services share. It is the same on every machine: it
 * contains no port, no host, and no name that depends on an order.
 */
@Configuration(proxyBeanMethods = false)
class ApiDescription {

  private static final String BEARER = "bearer";

  static {
    SpringDocUtils.getConfig()
        .addRequestWrapperToIgnore(PageRequest.class, IfMatch.class)
        .replaceWithSchema(JsonNode.class, new JsonSchema().description("any JSON"))
        .replaceWithSchema(ObjectNode.class, Schemas.of("object").description("any JSON object"))
        // These bodies are read, or were stored, as a whole.
        .replaceWithSchema(byte[].class, Schemas.of("object").description("any JSON object"))
        .replaceWithSchema(SseEmitter.class, Schemas.of("string"));
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
                        .bearerFormat("JWT")));
  }

  @Bean
  OperationConventions operationConventions() {
    return new OperationConventions();
  }

  @Bean
  GlobalOpenApiCustomizer errorResponses() {
    return ErrorResponse::describe;
  }
}
