package io.plumbline.gateway;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.reactive.server.SecurityMockServerConfigurers.mockOidcLogin;
import static org.springframework.security.test.web.reactive.server.SecurityMockServerConfigurers.springSecurity;

import com.github.tomakehurst.wiremock.WireMockServer;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.ApplicationContext;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.reactive.server.WebTestClient;

/** The gateway, with a service and a realm's key set behind it. */
@Tag("servers")
@SpringBootTest
class GatewayTests {

  private static final String ORIGIN = "http://127.0.0.1:8080";
  private static final Realm REALM = new Realm();
  private static final WireMockServer UPSTREAM = REALM.server();

  @Autowired ApplicationContext context;
  private WebTestClient client;

  @DynamicPropertySource
  static void settings(DynamicPropertyRegistry registry) {
    REALM.settings(registry);
  }

  @BeforeEach
  void reset() {
    REALM.reset();
    client = REALM.client(context, springSecurity());
  }

  @Test
  void without_a_session_a_script_gets_401_and_never_a_redirect() {
    client
        .get()
        .uri("/api/prompts")
        .exchange()
        .expectStatus()
        .isUnauthorized()
        .expectBody()
        .jsonPath("$.type")
        .isEqualTo("/problems/unauthenticated");
    client
        .get()
        .uri("/v1/models")
        .exchange()
        .expectStatus()
        .isUnauthorized()
        .expectBody()
        .jsonPath("$.error.code")
        .isEqualTo("unauthenticated");
    client.get().uri("/session").exchange().expectStatus().isUnauthorized();
  }

  @Test
  void an_unusual_path_is_refused_with_a_reason() {
    client
        .get()
        .uri(URI.create("/api/prompts/a%2fb"))
        .exchange()
        .expectStatus()
        .isBadRequest()
        .expectBody()
        .jsonPath("$.type")
        .isEqualTo("/problems/invalid")
        .jsonPath("$.detail")
        .isNotEmpty();
  }

  @Test
  void a_bearer_token_passes_through_and_identity_from_outside_is_removed() {
    String token = token("plumbline", Instant.now().plusSeconds(60));

    client
        .get()
        .uri("/api/prompts?limit=5")
        .header(HttpHeaders.AUTHORIZATION, "Bearer " + token)
        .header("Plumbline-Statement", "v1.1.2.3.4.5")
        .header(HttpHeaders.COOKIE, "plumbline-session=stolen")
        .header("x-plumbline", "1")
        .header(HttpHeaders.ORIGIN, ORIGIN)
        .header("FORWARDED", "for=10.0.0.1")
        .exchange()
        .expectStatus()
        .isOk();

    UPSTREAM.verify(
        getRequestedFor(urlEqualTo("/api/prompts?limit=5"))
            .withHeader(HttpHeaders.AUTHORIZATION, equalTo("Bearer " + token))
            .withoutHeader("Plumbline-Statement")
            .withoutHeader(HttpHeaders.COOKIE)
            .withoutHeader("X-Plumbline")
            .withoutHeader(HttpHeaders.ORIGIN)
            .withoutHeader("Forwarded"));
  }

  @Test
  void tokens_that_are_expired_or_for_others_are_refused_before_any_service_sees_them() {
    for (String token :
        new String[] {
          token("other", Instant.now().plusSeconds(60)),
          token("plumbline", Instant.now().minusSeconds(600)),
          "x.y.z"
        }) {
      client
          .get()
          .uri("/api/prompts")
          .header(HttpHeaders.AUTHORIZATION, "Bearer " + token)
          .exchange()
          .expectStatus()
          .isUnauthorized();
    }
    assertThat(UPSTREAM.findAll(getRequestedFor(urlEqualTo("/api/prompts")))).isEmpty();
  }

  @Test
  void the_cookie_writes_only_from_our_own_pages() {
    WebTestClient ada = client.mutateWith(mockOidcLogin());
    ada.post().uri("/api/prompts").exchange().expectStatus().isForbidden();
    ada.post()
        .uri("/api/prompts")
        .header("X-Plumbline", "1")
        .exchange()
        .expectStatus()
        .isForbidden();
    ada.post()
        .uri("/api/prompts")
        .header("X-Plumbline", "1")
        .header("Origin", "https://evil.test")
        .exchange()
        .expectStatus()
        .isForbidden();
    ada.post()
        .uri("/logout")
        .header("X-Plumbline", "1")
        .header("Origin", ORIGIN)
        .exchange()
        .expectStatus()
        .isNoContent();
  }

  @Test
  void a_write_without_a_session_or_a_token_is_unauthenticated() {
    client
        .post()
        .uri("/api/prompts")
        .exchange()
        .expectStatus()
        .isUnauthorized()
        .expectBody()
        .jsonPath("$.type")
        .isEqualTo("/problems/unauthenticated");
  }

  @Test
  void the_api_page_opens_signed_out_under_the_portals_policy() {
    client
        .get()
        .uri("/api/docs")
        .accept(MediaType.TEXT_HTML)
        .exchange()
        .expectStatus()
        .isOk()
        .expectHeader()
        .contentTypeCompatibleWith(MediaType.TEXT_HTML)
        .expectHeader()
        .value(
            "Content-Security-Policy", policy -> assertThat(policy).contains("default-src 'self'"))
        .expectBody(String.class)
        .value(page ->
            assertThat(page)
                .contains("/api/docs/swagger-ui-bundle.js", "/api/docs/docs.js")
                .doesNotContain("https://"));
    for (String file : List.of("docs.js", "docs.css", "swagger-ui.css", "swagger-ui-bundle.js")) {
      client.get().uri("/api/docs/" + file).exchange().expectStatus().isOk();
    }
  }

  @Test
  void the_api_page_lists_the_services_whose_descriptions_need_a_token() {
    client
        .get()
        .uri("/api/docs/services")
        .exchange()
        .expectStatus()
        .isOk()
        .expectBody()
        .json(
            """
            [
              {
                "name": "inference",
                "openapi": "/api/services/inference/openapi",
                "deadLetters": "/api/services/inference/dead-letters"
              },
              {
                "name": "prompt-registry",
                "openapi": "/api/services/prompt-registry/openapi",
                "deadLetters": "/api/services/prompt-registry/dead-letters"
              },
              {
                "name": "strategy",
                "openapi": "/api/services/strategy/openapi",
                "deadLetters": "/api/services/strategy/dead-letters"
              }
            ]
            """);
    client
        .get()
        .uri("/api/services/prompt-registry/openapi")
        .exchange()
        .expectStatus()
        .isUnauthorized();

    client
        .get()
        .uri("/api/services/prompt-registry/openapi")
        .header(
            HttpHeaders.AUTHORIZATION,
            "Bearer " + token("plumbline", Instant.now().plusSeconds(60)))
        .exchange()
        .expectStatus()
        .isOk();
    UPSTREAM.verify(getRequestedFor(urlEqualTo("/v3/api-docs")));
  }

  @Test
  void a_page_of_the_portal_opens_signed_out_with_its_headers() {
    client
        .get()
        .uri("/apps/mail-triage?tab=phases")
        .accept(MediaType.TEXT_HTML)
        .exchange()
        .expectStatus()
        .isOk()
        .expectHeader()
        .value(
            "Content-Security-Policy",
            policy ->
                assertThat(policy)
                    .contains("default-src 'self'")
                    .contains("frame-ancestors 'none'"))
        .expectHeader()
        .valueEquals("X-Content-Type-Options", "nosniff");
  }

  @Test
  void a_service_that_cannot_be_reached_is_a_503() {
    client
        .get()
        .uri("/api/applications")
        .header(
            HttpHeaders.AUTHORIZATION,
            "Bearer " + token("plumbline", Instant.now().plusSeconds(60)))
        .exchange()
        .expectStatus()
        .isEqualTo(503)
        .expectHeader()
        .exists(HttpHeaders.RETRY_AFTER)
        .expectBody()
        .jsonPath("$.type")
        .isEqualTo("/problems/unavailable");
  }

  @Test
  void a_services_refusal_reaches_the_client_unchanged() {
    UPSTREAM.stubFor(
        get("/api/prompts/x")
            .willReturn(
                aResponse()
                    .withStatus(404)
                    .withHeader("Content-Type", "application/problem+json")
                    .withBody("{\"status\":404}")));

    client
        .get()
        .uri("/api/prompts/x")
        .header(
            HttpHeaders.AUTHORIZATION,
            "Bearer " + token("plumbline", Instant.now().plusSeconds(60)))
        .exchange()
        .expectStatus()
        .isNotFound()
        .expectBody()
        .json("{\"status\":404}");
  }

  private static String token(String audience, Instant expiry) {
    return REALM.token(audience, expiry);
  }
}
