package io.plumbline.gateway.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.plumbline.gateway.GatewaySettings;
import io.plumbline.gateway.ProblemWriterTests;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.client.authentication.OAuth2AuthenticationToken;
import org.springframework.security.oauth2.core.oidc.OidcIdToken;
import org.springframework.security.oauth2.core.oidc.user.DefaultOidcUser;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

class RateLimitTests {

  private final TestTime time = new TestTime();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final RateLimit limit =
      new RateLimit(
          new GatewaySettings.Gateway(
              "http://x",
              2,
              3,
              0,
              new GatewaySettings.SignIn(60, 10),
              new GatewaySettings.Sessions(10),
              new GatewaySettings.ApiKeys(60, 60)),
          new ClientAddress(0),
          ProblemWriterTests.writer(),
          meters,
          time,
          Optional.empty());

  @Test
  void a_client_may_burst_and_then_goes_on_at_its_rate() {
    assertThat(taken("ada", 5)).isEqualTo(3);

    time.advance(1_000_000_000L);

    assertThat(taken("ada", 5)).isEqualTo(2);
  }

  @Test
  void one_client_does_not_use_up_anothers_tokens() {
    taken("ada", 5);

    assertThat(taken("ben", 5)).isEqualTo(3);
  }

  @Test
  void a_client_without_a_name_counts_by_its_address_and_learns_when_to_return() {
    AtomicInteger passed = new AtomicInteger();
    MockServerWebExchange last = send("10.0.0.1", passed);
    for (int i = 0; i < 3; i++) {
      last = send("10.0.0.1", passed);
    }
    send("10.0.0.2", passed);

    assertThat(passed).hasValue(4);
    assertThat(last.getResponse().getStatusCode()).isEqualTo(HttpStatus.TOO_MANY_REQUESTS);
    assertThat(last.getResponse().getHeaders().getFirst(HttpHeaders.RETRY_AFTER)).isEqualTo("1");
    assertThat(last.getResponse().getBodyAsString().block())
        .contains("/problems/rate-limited", "More than 2 requests per second were sent.");
    assertThat(meters.counter("plumbline.gateway.limited").count()).isEqualTo(1);
  }

  @Test
  void an_api_key_counts_by_itself_from_wherever_it_is_sent() {
    AtomicInteger passed = new AtomicInteger();
    for (int i = 0; i < 5; i++) {
      withKey("plk_one", "10.0.0." + i, passed);
    }
    assertThat(passed).hasValue(3);

    withKey("plk_two", "10.0.0.1", passed);
    assertThat(passed).hasValue(4);
  }

  @Test
  void a_person_has_one_bucket_with_a_session_and_with_a_token() {
    Authentication session =
        new OAuth2AuthenticationToken(
            new DefaultOidcUser(
                List.of(),
                OidcIdToken.withTokenValue("t")
                    .subject("sub-ada")
                    .claim("preferred_username", "ada")
                    .build(),
                "preferred_username"),
            List.of(),
            "keycloak");
    Authentication bearer =
        new JwtAuthenticationToken(
            Jwt.withTokenValue("t").header("alg", "none").subject("sub-ada").build());
    AtomicInteger passed = new AtomicInteger();
    for (int i = 0; i < 3; i++) {
      as(session, passed);
      as(bearer, passed);
    }

    assertThat(passed).hasValue(3);
  }

  @Test
  void pages_and_documentation_are_limited_and_what_is_routed_counts_once() {
    PageLimit pages = new PageLimit(limit);
    AtomicInteger passed = new AtomicInteger();
    for (String path : List.of("/", "/assets/a.js", "/api/docs", "/api/docs/x.yaml", "/session")) {
      visit(pages, path, passed);
    }
    assertThat(passed).hasValue(3);

    for (int i = 0; i < 5; i++) {
      visit(pages, "/api/prompts", passed);
      visit(pages, "/v1/models", passed);
    }
    assertThat(passed).hasValue(13);
  }

  private static void visit(PageLimit pages, String path, AtomicInteger passed) {
    MockServerWebExchange exchange =
        MockServerWebExchange.from(
            MockServerHttpRequest.get(path)
                .remoteAddress(InetSocketAddress.createUnresolved("10.0.0.9", 1)));
    pages.filter(exchange, next -> Mono.fromRunnable(passed::incrementAndGet)).block();
  }

  private void as(Authentication person, AtomicInteger passed) {
    ServerWebExchange exchange =
        MockServerWebExchange.from(MockServerHttpRequest.get("/api/prompts"))
            .mutate()
            .principal(Mono.just(person))
            .build();
    limit.filter(exchange, next -> Mono.fromRunnable(passed::incrementAndGet)).block();
  }

  private void withKey(String key, String address, AtomicInteger passed) {
    MockServerWebExchange exchange =
        MockServerWebExchange.from(
            MockServerHttpRequest.get("/v1/models")
                .header(HttpHeaders.AUTHORIZATION, "Bearer " + key)
                .remoteAddress(InetSocketAddress.createUnresolved(address, 1)));
    limit.filter(exchange, next -> Mono.fromRunnable(passed::incrementAndGet)).block();
  }

  private MockServerWebExchange send(String address, AtomicInteger passed) {
    MockServerWebExchange exchange =
        MockServerWebExchange.from(
            MockServerHttpRequest.get("/api/prompts")
                .remoteAddress(InetSocketAddress.createUnresolved(address, 1)));
    limit.filter(exchange, next -> Mono.fromRunnable(passed::incrementAndGet)).block();
    return exchange;
  }

  private long taken(String client, int attempts) {
    return IntStream.range(0, attempts).filter(i -> limit.tryConsume(client).isConsumed()).count();
  }
}
