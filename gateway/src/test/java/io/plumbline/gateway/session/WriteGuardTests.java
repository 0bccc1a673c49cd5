package io.plumbline.gateway.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.gateway.ProblemWriterTests;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.context.ReactiveSecurityContextHolder;
import reactor.core.publisher.Mono;

class WriteGuardTests {

  private static final String ORIGIN = "https://plumbline.test";

  private final WriteGuard guard = new WriteGuard(ORIGIN, ProblemWriterTests.writer());

  @ParameterizedTest
  @ValueSource(strings = {"GET", "HEAD", "OPTIONS"})
  void reading_needs_nothing(String method) {
    assertThat(passes(request(method), true)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "PATCH", "DELETE"})
  void the_portal_writes(String method) {
    assertThat(passes(request(method).header("X-Plumbline", "1").header("Origin", ORIGIN), true))
        .isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "'', ''",
    "1, ''",
    "'', https://plumbline.test",
    "0, https://plumbline.test",
    "1, https://plumbline.test.evil.test",
    "1, http://plumbline.test"
  })
  void another_page_does_not(String header, String origin) {
    MockServerHttpRequest.BodyBuilder request = request("POST");
    if (!header.isEmpty()) {
      request.header("X-Plumbline", header);
    }
    if (!origin.isEmpty()) {
      request.header(HttpHeaders.ORIGIN, origin);
    }

    assertThat(passes(request, true)).isFalse();
  }

  @Test
  void a_caller_without_a_session_is_left_to_the_check_that_answers_401() {
    assertThat(passes(request("POST"), false)).isTrue();
  }

  private boolean passes(MockServerHttpRequest.BodyBuilder request, boolean signedIn) {
    MockServerWebExchange exchange = MockServerWebExchange.from(request);
    AtomicBoolean passed = new AtomicBoolean();
    Mono<Void> filtered = guard.filter(exchange, next -> Mono.fromRunnable(() -> passed.set(true)));
    if (signedIn) {
      filtered =
          filtered.contextWrite(
              ReactiveSecurityContextHolder.withAuthentication(
                  new TestingAuthenticationToken("ada", "none")));
    }
    filtered.block();
    if (!passed.get()) {
      assertThat(exchange.getResponse().getStatusCode()).isEqualTo(HttpStatus.FORBIDDEN);
    }
    return passed.get();
  }

  private static MockServerHttpRequest.BodyBuilder request(String method) {
    return MockServerHttpRequest.method(HttpMethod.valueOf(method), "/api/prompts");
  }
}
