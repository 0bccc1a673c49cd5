package io.plumbline.platform.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.platform.PlatformRunner;
import io.plumbline.platform.identity.Caller;
import jakarta.servlet.Filter;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.web.servlet.AbstractFilterRegistrationBean;
import org.springframework.boot.web.servlet.ServletContextInitializer;
import org.springframework.boot.web.servlet.ServletContextInitializerBeans;
import org.springframework.http.MediaType;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;
import org.springframework.test.web.servlet.setup.DefaultMockMvcBuilder;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.WebApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the filter chain lets through, without a server. A token here is the name of a role. */
class DenyByDefaultTests {

  private static final UUID ACME = new UUID(0, 1);
  private static final UUID GLOBEX = new UUID(0, 2);

  @RestController
  static class Routes {
    @GetMapping("/api/caller")
    public String caller() {
      return Caller.current().workspace() + " " + Caller.current().actor();
    }

    @GetMapping("/api/approvals")
    @PreAuthorize("hasRole('APPROVER')")
    public String approvals() {
      return "approvals";
    }

    @GetMapping({
      "/actuator/health/readiness",
      "/actuator/prometheus",
      "/actuator/env",
      "/v3/api-docs"
    })
    public String endpoint() {
      return "endpoint";
    }
  }

  private final WebApplicationContextRunner service =
      PlatformRunner.platform()
          .withBean(Routes.class)
          .withBean(JwtDecoder.class, () -> DenyByDefaultTests::decode);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/caller",
        "/api/approvals",
        "/api/nothing",
        "/",
        "/actuator",
        "/actuator/env",
        "/v3/api-docs"
      })
  void nothing_is_open_without_a_token(String path) {
    service.run(context -> {
      MockHttpServletResponse answer = get(context, path, request -> {});

      assertThat(answer.getStatus()).isEqualTo(401);
      assertThat(answer.getHeader("WWW-Authenticate")).isEqualTo("Bearer");
      assertThat(answer.getContentType()).isEqualTo(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
      assertThat(json(answer).get("type").asString()).isEqualTo("/problems/unauthenticated");
      assertThat(json(answer).get("traceId").asString())
          .isEqualTo(answer.getHeader("x-plumbline-trace"));
    });
  }

  @ParameterizedTest
  @ValueSource(strings = {"/actuator/health/readiness", "/actuator/prometheus"})
  void only_the_operators_paths_need_none(String path) {
    service.run(
        context -> assertThat(get(context, path, request -> {}).getStatus()).isEqualTo(200));
  }

  @Test
  void a_refused_token_gets_no_reason() {
    service.run(context -> {
      MockHttpServletResponse answer = get(context, "/api/caller", as("forged"));

      assertThat(answer.getStatus()).isEqualTo(401);
      assertThat(answer.getContentAsString()).doesNotContain("signature");
      assertThat(answer.getHeader("WWW-Authenticate")).isEqualTo("Bearer");
    });
  }

  @Test
  void a_token_that_cannot_be_checked_is_nobodys_fault() {
    service.run(context -> {
      MockHttpServletResponse answer = get(context, "/api/caller", as("unchecked"));

      assertThat(answer.getStatus()).isEqualTo(503);
      assertThat(answer.getHeader("Retry-After")).isNotBlank();
      assertThat(json(answer).get("type").asString()).isEqualTo("/problems/unavailable");
    });
  }

  @Test
  void a_role_opens_what_names_it_and_the_description_is_for_viewers() {
    service.run(context -> {
      assertThat(get(context, "/api/approvals", as("approver")).getStatus()).isEqualTo(200);
      assertThat(get(context, "/v3/api-docs", as("approver")).getStatus()).isEqualTo(200);

      MockHttpServletResponse denied = get(context, "/api/approvals", as("admin"));
      assertThat(denied.getStatus()).isEqualTo(403);
      assertThat(json(denied).get("type").asString()).isEqualTo("/problems/forbidden");
      assertThat(get(context, "/v3/api-docs", as("none-of-ours")).getStatus()).isEqualTo(403);
    });
  }

  @Test
  void no_session_is_ever_started() {
    service.run(
        context -> assertThat(get(context, "/api/caller", as("viewer")).getCookies()).isEmpty());
  }

  @Test
  void a_service_says_for_whom_it_asks_and_a_person_cannot() {
    service.run(context -> {
      assertThat(
              get(context, "/api/caller", as("service").and(onBehalf(GLOBEX.toString(), "ada")))
                  .getContentAsString())
          .isEqualTo(GLOBEX + " ada");
      assertThat(
              get(context, "/api/caller", as("service").and(onBehalf(GLOBEX.toString(), null)))
                  .getContentAsString())
          .isEqualTo(GLOBEX + " subject");
      assertThat(get(context, "/api/caller", as("service")).getContentAsString())
          .isEqualTo(Caller.NO_WORKSPACE + " subject");
      assertThat(
              get(context, "/api/caller", as("admin").and(onBehalf(GLOBEX.toString(), "ada")))
                  .getContentAsString())
          .isEqualTo(ACME + " subject");
    });
  }

  @Test
  void a_workspace_that_is_none_is_named() {
    service.run(context -> {
      MockHttpServletResponse answer =
          get(context, "/api/caller", as("service").and(onBehalf("globex", "ada")));

      assertThat(answer.getStatus()).isEqualTo(400);
      assertThat(json(answer).get("detail").asString()).contains("Plumbline-Workspace");
    });
  }

  private interface Headers {
    void on(MockHttpServletRequestBuilder request);

    default Headers and(Headers more) {
      return request -> {
        on(request);
        more.on(request);
      };
    }
  }

  private static Headers as(String role) {
    return request -> request.header("Authorization", "Bearer " + role);
  }

  private static Headers onBehalf(String workspace, @Nullable String actor) {
    return request -> {
      request.header("Plumbline-Workspace", workspace);
      if (actor != null) {
        request.header("Plumbline-On-Behalf-Of", actor);
      }
    };
  }

  private static MockHttpServletResponse get(
      WebApplicationContext context, String path, Headers headers) throws Exception {
    DefaultMockMvcBuilder mvc = MockMvcBuilders.webAppContextSetup(context);
    filters(context).forEach(mvc::addFilters);
    MockMvc built = mvc.build();
    MockHttpServletRequestBuilder request = MockMvcRequestBuilders.get(path);
    headers.on(request);
    return built.perform(request).andReturn().getResponse();
  }

  /** As the server would order them. */
  private static List<Filter> filters(WebApplicationContext context) {
    List<Filter> filters = new ArrayList<>();
    for (ServletContextInitializer registration : new ServletContextInitializerBeans(context)) {
      if (registration instanceof AbstractFilterRegistrationBean<?> filter) {
        filters.add(filter.getFilter());
      }
    }
    return filters;
  }

  private static JsonNode json(MockHttpServletResponse answer) throws Exception {
    return JsonMapper.shared().readTree(answer.getContentAsString());
  }

  private static Jwt decode(String role) {
    if (role.equals("forged")) {
      throw new BadJwtException("the signature does not fit");
    }
    if (role.equals("unchecked")) {
      throw new JwtException("the keys cannot be fetched");
    }
    return Jwt.withTokenValue(role)
        .header("alg", "RS256")
        .subject("subject")
        .claim("workspace", ACME.toString())
        .claim("roles", List.of(role))
        .build();
  }
}
