package io.plumbline.gateway.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.plumbline.gateway.GatewaySettings;
import io.plumbline.gateway.ProblemWriterTests;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import reactor.core.publisher.Mono;

class SignInLimitTests {

  private static final String START = "/oauth2/authorization/keycloak";

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final AtomicInteger passed = new AtomicInteger();
  private final SignInLimit limit =
      new SignInLimit(
          new GatewaySettings.SignIn(60, 5),
          new ClientAddress(1),
          ProblemWriterTests.writer(),
          meters,
          new TestTime());

  @Test
  void a_flood_of_one_address_is_refused_and_another_address_signs_in() {
    MockServerWebExchange last = send(START, "198.51.100.1");
    for (int i = 0; i < 100; i++) {
      last = send(START, "198.51.100.1");
    }

    assertThat(passed).hasValue(5);
    assertThat(last.getResponse().getStatusCode()).isEqualTo(HttpStatus.TOO_MANY_REQUESTS);
    assertThat(last.getResponse().getHeaders().getFirst(HttpHeaders.RETRY_AFTER)).isEqualTo("1");
    assertThat(meters.counter("plumbline.gateway.signins.limited").count()).isEqualTo(96);

    assertThat(send(START, "198.51.100.2").getResponse().getStatusCode()).isNull();
  }

  @Test
  void returns_from_the_realm_count_as_well_and_nothing_else_does() {
    for (int i = 0; i < 20; i++) {
      send("/login/oauth2/code/keycloak?code=x&state=y", "198.51.100.3");
      send("/api/prompts", "198.51.100.3");
    }

    assertThat(passed).hasValue(25);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/%6Fauth2/authorization/keycloak",
        "/oauth%32/authorization/keycloak",
        "/%6Cogin/oauth2/code/keycloak",
        "/login",
      })
  void a_path_counts_however_it_is_encoded(String path) {
    for (int i = 0; i < 20; i++) {
      send(path, "198.51.100.5");
    }

    assertThat(passed).hasValue(5);
  }

  @Test
  void an_address_that_the_client_wrote_itself_does_not_count() {
    for (int i = 0; i < 20; i++) {
      send(START, "203.0.113." + i + ", 198.51.100.4");
    }

    assertThat(passed).hasValue(5);
  }

  @Test
  void all_addresses_of_one_ipv6_network_are_one_client() {
    for (int i = 0; i < 20; i++) {
      send(START, "2001:db8:0:1::" + i);
    }

    assertThat(passed).hasValue(5);
  }

  private MockServerWebExchange send(String path, String forwardedFor) {
    MockServerWebExchange exchange =
        MockServerWebExchange.from(
            MockServerHttpRequest.method(HttpMethod.GET, URI.create(path))
                .header("X-Forwarded-For", forwardedFor)
                .remoteAddress(InetSocketAddress.createUnresolved("127.0.0.1", 1)));
    limit.filter(exchange, next -> Mono.fromRunnable(passed::incrementAndGet)).block();
    return exchange;
  }
}
