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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.ApplicationContext;
import org.springframework.http.HttpHeaders;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.reactive.server.WebTestClient;

/** API keys at the gateway, with a service behind it. */
@Tag("servers")
@SpringBootTest(properties = "plumbline.gateway.api-keys.burst=15")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ApiKeysTests {

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
  void an_api_key_passes_to_the_open_ai_api_as_it_is() {
    client
        .get()
        .uri("/v1/models")
        .header(HttpHeaders.AUTHORIZATION, "Bearer plk_anything")
        .header("Plumbline-Statement", "v1.1.2.3.4.5")
        .exchange()
        .expectStatus()
        .isOk();

    UPSTREAM.verify(
        getRequestedFor(urlEqualTo("/v1/models"))
            .withHeader(HttpHeaders.AUTHORIZATION, equalTo("Bearer plk_anything"))
            .withoutHeader("Plumbline-Statement"));
  }

  @Test
  void an_api_key_is_no_token_on_any_other_path_and_no_session() {
    for (String path :
        new String[] {
          "/api/prompts", "/api/api-keys", "/session", "/v2/models", "/api/v1/models"
        }) {
      client
          .get()
          .uri(path)
          .header(HttpHeaders.AUTHORIZATION, "Bearer plk_anything")
          .exchange()
          .expectStatus()
          .isUnauthorized();
    }
    client
        .mutateWith(mockOidcLogin())
        .post()
        .uri("/v1/chat/completions")
        .header(HttpHeaders.AUTHORIZATION, "Bearer plk_anything")
        .exchange()
        .expectStatus()
        .isOk();
    assertThat(UPSTREAM.findAll(getRequestedFor(urlEqualTo("/api/prompts")))).isEmpty();
  }

  /** This test runs last: after it the address has no attempts left. */
  @Test
  @Order(Integer.MAX_VALUE)
  void guessed_api_keys_end_at_the_gateway_in_open_ais_shape() {
    UPSTREAM.stubFor(get("/v1/models").willReturn(aResponse().withStatus(401)));
    for (int i = 0; i < 30; i++) {
      client
          .get()
          .uri("/v1/models")
          .header(HttpHeaders.AUTHORIZATION, "Bearer plk_guess" + i)
          .exchange();
    }

    client
        .get()
        .uri("/v1/models")
        .header(HttpHeaders.AUTHORIZATION, "Bearer plk_guess")
        .exchange()
        .expectStatus()
        .isEqualTo(429)
        .expectHeader()
        .exists(HttpHeaders.RETRY_AFTER)
        .expectBody()
        .jsonPath("$.error.code")
        .isEqualTo("rate_limited");
    assertThat(UPSTREAM.findAll(getRequestedFor(urlEqualTo("/v1/models"))))
        .hasSizeLessThanOrEqualTo(15);
  }
}
