package io.plumbline.platform.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.plumbline.contracts.Digest;
import io.plumbline.platform.PlatformRunner;
import io.plumbline.platform.problem.ProblemAdvice;
import io.plumbline.platform.problem.SecurityProblems;
import io.swagger.v3.oas.models.OpenAPI;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.springframework.core.convert.ConversionFailedException;
import org.springframework.core.convert.ConversionService;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerAdapter;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

class WebAutoConfigurationTests {

  record Note(String name, int version) {}

  @Test
  void the_conventions_of_the_api_are_there() {
    PlatformRunner.platform()
        .run(context -> {
          assertThat(context)
              .hasSingleBean(ProblemAdvice.class)
              .hasSingleBean(SecurityProblems.class)
              .hasBean("idempotencyAdvisor");
          assertThat(
                  context.getBean(RequestMappingHandlerAdapter.class).getCustomArgumentResolvers())
              .hasAtLeastOneElementOfType(PageRequestResolver.class)
              .hasAtLeastOneElementOfType(IfMatchResolver.class);
          assertThat(context.getBean(OpenAPI.class).getInfo().getTitle()).isEqualTo("sample");
        });
  }

  @Test
  void a_digest_in_a_path_is_taken_as_it_is_written() {
    PlatformRunner.platform()
        .run(context -> {
          ConversionService conversion =
              context.getBean("mvcConversionService", ConversionService.class);
          String written = "0123456789abcdef".repeat(4);

          assertThat(conversion.convert(written, Digest.class)).isEqualTo(new Digest(written));
          assertThatExceptionOfType(ConversionFailedException.class)
              .isThrownBy(() -> conversion.convert(written.toUpperCase(Locale.ROOT), Digest.class));
        });
  }

  @Test
  void nothing_in_a_body_is_silently_dropped_or_made_up() {
    PlatformRunner.platform()
        .run(context -> {
          JsonMapper json = context.getBean(JsonMapper.class);
          assertThat(json.readValue("{\"name\":\"a\",\"version\":1}", Note.class))
              .isEqualTo(new Note("a", 1));

          assertRefused(json, "{\"name\":\"a\",\"version\":1,\"workspaceId\":\"b\"}");
          assertRefused(json, "{\"name\":\"a\",\"version\":1} {}");
          assertRefused(json, "{\"name\":\"a\",\"version\":null}");
          for (String name : List.of("true", "1", "1.5")) {
            assertRefused(json, "{\"name\":" + name + ",\"version\":1}");
          }
          for (String version : List.of("\"1\"", "true", "1.9")) {
            assertRefused(json, "{\"name\":\"a\",\"version\":" + version + "}");
          }
          assertRefused(json, "[".repeat(1_001));
        });
  }

  @Test
  void json_is_the_only_notation_of_bodies() {
    PlatformRunner.platform()
        .run(context ->
            assertThat(context.getBean(RequestMappingHandlerAdapter.class).getMessageConverters())
                .flatExtracting(HttpMessageConverter::getSupportedMediaTypes)
                .contains(MediaType.APPLICATION_JSON)
                .doesNotContain(
                    MediaType.APPLICATION_YAML,
                    MediaType.APPLICATION_XML,
                    MediaType.APPLICATION_CBOR));
  }

  private static void assertRefused(JsonMapper json, String body) {
    assertThatExceptionOfType(JacksonException.class)
        .isThrownBy(() -> json.readValue(body, Note.class));
  }
}
