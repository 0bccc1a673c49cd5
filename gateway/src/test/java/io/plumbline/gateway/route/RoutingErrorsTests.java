package io.plumbline.gateway.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.gateway.ProblemWriterTests;
import java.net.ConnectException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.oauth2.client.ClientAuthorizationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.web.server.ResponseStatusException;

class RoutingErrorsTests {

  private final RoutingErrors errors = new RoutingErrors(ProblemWriterTests.writer());

  static Stream<Arguments> failures() {
    return Stream.of(
        Arguments.of(new ConnectException("refused"), 503, "unavailable"),
        Arguments.of(new TimeoutException(), 503, "unavailable"),
        Arguments.of(new IllegalStateException(new ConnectException()), 503, "unavailable"),
        Arguments.of(new AuthenticationServiceException("no keys"), 503, "unavailable"),
        Arguments.of(new IllegalStateException("a bug"), 500, "internal"),
        Arguments.of(
            new ClientAuthorizationException(new OAuth2Error("invalid_grant"), "keycloak"),
            401,
            "unauthenticated"),
        Arguments.of(new ResponseStatusException(HttpStatus.NOT_FOUND), 404, "not-found"),
        Arguments.of(new ResponseStatusException(HttpStatus.CONTENT_TOO_LARGE), 413, "invalid"));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void each_failure_has_its_status_and_problem(Throwable failure, int status, String slug) {
    MockServerWebExchange exchange = exchange();

    errors.handle(exchange, failure).block();

    assertThat(exchange.getResponse().getStatusCode()).isEqualTo(HttpStatus.valueOf(status));
    assertThat(exchange.getResponse().getBodyAsString().block())
        .contains("\"type\":\"/problems/" + slug + "\"")
        .doesNotContain("a bug", "refused");
    assertThat(exchange.getResponse().getHeaders().containsHeader(HttpHeaders.RETRY_AFTER))
        .isEqualTo(status >= 500);
  }

  @Test
  void a_failure_during_the_answer_is_passed_on() {
    MockServerWebExchange exchange = exchange();
    exchange.getResponse().setComplete().block();
    ConnectException failure = new ConnectException();

    assertThat(errors.handle(exchange, failure).materialize().block())
        .extracting(signal -> signal.getThrowable())
        .isSameAs(failure);
  }

  private static MockServerWebExchange exchange() {
    return MockServerWebExchange.from(MockServerHttpRequest.get("/api/prompts"));
  }
}
