package io.plumbline.platform.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.plumbline.platform.PlatformRunner;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.identity.CallerAuthentication;
import io.plumbline.platform.identity.Role;
import io.plumbline.platform.ledger.LedgerExempt;
import io.plumbline.platform.signature.CallStatement;
import io.plumbline.platform.signature.TestKeys;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
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
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.core.Authentication;
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
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.WebApplicationContext;
import org.springframework.web.filter.FormContentFilter;
import org.springframework.web.multipart.MultipartResolver;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Tests which requests the filter chain lets through, without a server. A token here is the name of
 * a role; for a service, the role and the name of its client.
 */
class DenyByDefaultTests {

  private static final UUID ACME = new UUID(0, 1);
  private static final UUID GLOBEX = new UUID(0, 2);

  /** The token of a service that the handlers name. */
  private static final String CALLER = "service-strategy";

  @RestController
  static class Routes {
    @GetMapping("/api/caller")
    @PreAuthorize("hasRole('VIEWER')")
    @CallingServices("strategy")
    public String caller() {
      return Caller.current().workspace() + " " + Caller.current().actor();
    }

    @GetMapping("/api/approvals")
    @PreAuthorize("hasRole('APPROVER')")
    public String approvals() {
      return "approvals";
    }

    @PostMapping("/api/approvals")
    @LedgerExempt
    @PreAuthorize("hasRole('APPROVER')")
    public String decide(@RequestBody String body) {
      return body;
    }

    @GetMapping("/api/forgotten")
    public String forgotten() {
      return "forgotten";
    }

    @GetMapping({
      "/actuator/health/readiness",
      "/actuator/prometheus",
      "/actuator/env",
      "/v3/api-docs"
    })
    @PreAuthorize("permitAll()")
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
        "/actuator/health/readiness",
        "/actuator/prometheus",
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

  @Test
  void the_management_port_needs_no_token_for_what_operators_need() {
    service
        .withPropertyValues("local.server.port=8101", "local.management.port=9101")
        .run(context -> {
          assertThat(get(context, "/actuator/prometheus", at(9101)).getStatus()).isEqualTo(200);
          assertThat(get(context, "/api/approvals", at(9101)).getStatus()).isEqualTo(401);
          assertThat(get(context, "/actuator/prometheus", at(8101)).getStatus()).isEqualTo(401);
        });
  }

  @Test
  void one_port_for_both_opens_nothing() {
    service
        .withPropertyValues("local.server.port=8101", "local.management.port=8101")
        .run(context ->
            assertThat(get(context, "/actuator/prometheus", at(8101)).getStatus()).isEqualTo(401));
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
  void who_is_given_two_workspaces_learns_it() {
    service.run(context -> {
      MockHttpServletResponse answer = get(context, "/api/caller", as("in-two-workspaces"));

      assertThat(answer.getStatus()).isEqualTo(401);
      assertThat(json(answer).get("detail").asString())
          .startsWith("Your account is given 2 workspaces");
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
  void a_handler_that_names_no_role_is_for_nobody() {
    service.run(context ->
        assertThat(get(context, "/api/forgotten", as("admin")).getStatus()).isEqualTo(403));
  }

  @Test
  void a_body_is_read_after_the_role_was_checked_and_not_without_it() {
    service.run(context -> {
      byte[] much = new byte[3_000_000];
      assertThat(post(context, "/api/approvals", as("admin"), much).getStatus()).isEqualTo(403);
      assertThat(post(context, "/api/approvals", as("approver"), much).getStatus()).isEqualTo(413);
    });
  }

  @Test
  void no_filter_reads_bodies_of_forms() {
    service.run(context ->
        assertThat(context)
            .doesNotHaveBean(FormContentFilter.class)
            .doesNotHaveBean(MultipartResolver.class));
  }

  @Test
  void no_session_is_ever_started() {
    service.run(
        context -> assertThat(get(context, "/api/caller", as("viewer")).getCookies()).isEmpty());
  }

  @Test
  void a_service_states_for_whom_it_asks_and_a_person_cannot() {
    service.run(context -> {
      assertThat(get(context, "/api/caller", as(CALLER).and(stated("ada"))).getContentAsString())
          .isEqualTo(GLOBEX + " ada");
      assertThat(get(context, "/api/caller", as(CALLER).and(stated(null))).getContentAsString())
          .isEqualTo(GLOBEX + " subject");
      assertThat(get(context, "/api/caller", as("admin").and(stated("ada"))).getContentAsString())
          .isEqualTo(ACME + " subject");
    });
  }

  @Test
  void headers_without_a_signature_name_nobody() {
    service.run(context -> {
      MockHttpServletResponse refused =
          get(
              context,
              "/api/caller",
              as(CALLER)
                  .and(request -> {
                    request.header("Plumbline-Workspace", GLOBEX.toString());
                    request.header("Plumbline-On-Behalf-Of", "ada");
                  }));

      assertNotAllowed(refused);
      assertThat(json(refused).get("detail").asString()).contains("carries no statement");
      assertThat(refusals(context, "statement")).isEqualTo(1);
    });
  }

  @Test
  void a_service_enters_no_route_that_does_not_name_it() {
    service.run(context -> {
      CallStatement globex = new CallStatement(GLOBEX, "ada", Instant.now());
      for (String path : List.of("/api/approvals", "/api/forgotten")) {
        assertNotAllowed(
            get(context, path, as(CALLER).and(stated(globex, "strategy", "sample", path))));
      }
      assertNotAllowed(
          get(
              context,
              "/api/caller",
              as("service-training").and(stated(globex, "training", "sample", "/api/caller"))));
      assertThat(refusals(context, "route")).isEqualTo(3);
      assertThat(
              get(
                      context,
                      "/v3/api-docs",
                      as(CALLER).and(stated(globex, "strategy", "sample", "/v3/api-docs")))
                  .getStatus())
          .isEqualTo(403);
    });
  }

  @Test
  void a_statement_opens_only_the_call_that_it_was_made_for() {
    service.run(context -> {
      CallStatement globex = new CallStatement(GLOBEX, "ada", Instant.now());
      for (Headers wrong :
          List.of(
              stated(globex, "strategy", "compliance", "/api/caller"),
              stated(globex, "training", "sample", "/api/caller"),
              stated(globex, "strategy", "sample", "/api/approvals"),
              stated(
                  new CallStatement(GLOBEX, "ada", Instant.now().minusSeconds(61)),
                  "strategy",
                  "sample",
                  "/api/caller"),
              request -> request.header(CallStatement.HEADER, "v1.1.2.3.4.5"))) {
        assertNotAllowed(get(context, "/api/caller", as(CALLER).and(wrong)));
      }
      assertNotAllowed(get(context, "/api/caller?of=another", as(CALLER).and(stated("ada"))));
      assertThat(refusals(context, "statement")).isEqualTo(6);
    });
  }

  @Test
  void a_service_whose_client_is_not_named_is_nobody() {
    service.run(context ->
        assertThat(get(context, "/api/caller", as("service").and(stated("ada"))).getStatus())
            .isEqualTo(401));
  }

  @Test
  void what_a_service_authenticates_itself_never_counts_by_a_token() {
    service
        .withBean(CustomAuthentication.class, Keys::new)
        .run(context -> {
          assertThat(get(context, "/api/caller", as("key-right")).getContentAsString())
              .isEqualTo(GLOBEX + " key");
          // The decoder of these tests would read it as a token of the role "key-approver".
          MockHttpServletResponse refused = get(context, "/api/caller", as("key-approver"));
          assertThat(refused.getStatus()).isEqualTo(401);
          assertThat(json(refused).get("detail").asString()).isEqualTo("There is no such key.");
          assertThat(get(context, "/api/caller", as("key-unread")).getStatus()).isEqualTo(503);
          assertThat(get(context, "/api/caller", as("viewer")).getContentAsString())
              .isEqualTo(ACME + " subject");
        });
  }

  /** Authenticates keys, which are bearers that begin with "key-". */
  private static final class Keys implements CustomAuthentication {

    @Override
    public boolean appliesTo(HttpServletRequest request) {
      return String.valueOf(request.getHeader("Authorization")).startsWith("Bearer key-");
    }

    @Override
    public Authentication authenticate(Authentication request) {
      return switch (String.valueOf(request.getCredentials())) {
        case "key-right" ->
            new CallerAuthentication(new Caller(GLOBEX, "key", "key", Set.of(Role.VIEWER), false));
        case "key-unread" -> throw new AuthenticationServiceException("The keys cannot be read");
        default -> throw new BadCredentialsException("There is no such key.");
      };
    }
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

  private static Headers at(int port) {
    return request ->
        request.with(each -> {
          each.setLocalPort(port);
          return each;
        });
  }

  private static Headers as(String role) {
    return request -> request.header("Authorization", "Bearer " + role);
  }

  private static Headers stated(@Nullable String person) {
    return stated(
        new CallStatement(GLOBEX, person, Instant.now()), "strategy", "sample", "/api/caller");
  }

  private static Headers stated(
      CallStatement statement, String service, String target, String path) {
    return request ->
        request.header(
            CallStatement.HEADER,
            TestKeys.STRATEGY
                .signer(service)
                .sign(statement, new CallStatement.Call(service, target, "GET", path)));
  }

  private static void assertNotAllowed(MockHttpServletResponse answer) throws Exception {
    assertThat(answer.getStatus()).isEqualTo(403);
    assertThat(json(answer).get("type").asString()).isEqualTo("/problems/service-not-allowed");
  }

  private static double refusals(WebApplicationContext context, String reason) {
    return context
        .getBean(MeterRegistry.class)
        .get("plumbline.services.refused")
        .tag("reason", reason)
        .counter()
        .count();
  }

  private static MockHttpServletResponse get(
      WebApplicationContext context, String path, Headers headers) throws Exception {
    return send(context, MockMvcRequestBuilders.get(path), headers);
  }

  private static MockHttpServletResponse post(
      WebApplicationContext context, String path, Headers headers, byte[] body) throws Exception {
    return send(
        context,
        MockMvcRequestBuilders.post(path).contentType(MediaType.APPLICATION_JSON).content(body),
        headers);
  }

  private static MockHttpServletResponse send(
      WebApplicationContext context, MockHttpServletRequestBuilder request, Headers headers)
      throws Exception {
    DefaultMockMvcBuilder mvc = MockMvcBuilders.webAppContextSetup(context);
    filters(context).forEach(mvc::addFilters);
    MockMvc built = mvc.build();
    headers.on(request);
    return built.perform(request).andReturn().getResponse();
  }

  /** Returns the filters in the order in which the server would call them. */
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
    Jwt.Builder token =
        Jwt.withTokenValue(role)
            .header("alg", "RS256")
            .subject("subject")
            .claim("workspace", ACME.toString());
    if (role.startsWith("service-")) {
      return token
          .claim("azp", role.substring("service-".length()))
          .claim("roles", List.of("service"))
          .build();
    }
    if (role.equals("in-two-workspaces")) {
      token.claim("workspace", List.of(ACME.toString(), UUID.randomUUID().toString()));
    }
    return token.claim("roles", List.of(role)).build();
  }
}
