package io.plumbline.gateway.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.plumbline.gateway.GatewaySettings;
import io.plumbline.gateway.ProblemWriterTests;
import java.net.InetSocketAddress;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import reactor.core.publisher.Mono;

class UnknownKeyLimitTests {

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final AtomicInteger asked = new AtomicInteger();
  private final UnknownKeyLimit guesses =
      new UnknownKeyLimit(
          new GatewaySettings.ApiKeys(60, 5),
          new ClientAddress(0),
          ProblemWriterTests.writer(),
          meters,
          new TestTime());

  @Test
  void guesses_from_one_address_end_before_a_service_is_asked_and_another_address_calls() {
    MockServerWebExchange last = send("plk_0", "10.0.0.1", HttpStatus.UNAUTHORIZED);
    for (int i = 1; i < 100; i++) {
      last = send("plk_" + i, "10.0.0.1", HttpStatus.UNAUTHORIZED);
    }

    assertThat(asked).hasValue(5);
    assertThat(last.getResponse().getStatusCode()).isEqualTo(HttpStatus.TOO_MANY_REQUESTS);
    assertThat(last.getResponse().getHeaders().getFirst(HttpHeaders.RETRY_AFTER)).isEqualTo("1");
    assertThat(last.getResponse().getBodyAsString().block())
        .startsWith("{\"error\":")
        .contains("rate_limited", "API keys per minute");
    assertThat(meters.counter("plumbline.gateway.api-keys.limited").count()).isEqualTo(95);
    assertThat(status("plk_x", "10.0.0.2", HttpStatus.OK)).isEqualTo(HttpStatus.OK);
  }

  @Test
  void a_key_that_is_in_use_goes_on_while_others_are_guessed_from_its_address() {
    send("plk_valid", "10.0.0.1", HttpStatus.OK);
    for (int i = 0; i < 100; i++) {
      send("plk_" + i, "10.0.0.1", HttpStatus.UNAUTHORIZED);
    }

    for (int i = 0; i < 50; i++) {
      assertThat(status("plk_valid", "10.0.0.1", HttpStatus.FORBIDDEN))
          .isEqualTo(HttpStatus.FORBIDDEN);
    }
  }

  @Test
  void a_refused_key_counts_each_time_and_one_that_is_accepted_again_does_not() {
    send("plk_a", "10.0.0.1", HttpStatus.OK);
    for (int i = 0; i < 20; i++) {
      send("plk_a", "10.0.0.1", HttpStatus.UNAUTHORIZED);
    }
    assertThat(asked).hasValue(1 + 1 + 4);
  }

  @Test
  void many_first_calls_of_a_key_at_once_are_one_key() {
    for (int i = 0; i < 50; i++) {
      guesses
          .filter(
              exchange("plk_a", "10.0.0.1"),
              next -> {
                asked.incrementAndGet();
                return Mono.empty();
              })
          .block();
    }

    assertThat(asked).hasValue(50);
  }

  @Test
  void tokens_and_other_paths_do_not_count() {
    for (int i = 0; i < 50; i++) {
      status("ey" + i, "10.0.0.1", HttpStatus.UNAUTHORIZED);
    }

    assertThat(asked).hasValue(50);
  }

  private HttpStatusCode status(String key, String address, HttpStatus answer) {
    return Objects.requireNonNull(send(key, address, answer).getResponse().getStatusCode());
  }

  private MockServerWebExchange send(String key, String address, HttpStatus answer) {
    MockServerWebExchange exchange = exchange(key, address);
    guesses
        .filter(
            exchange,
            next -> {
              asked.incrementAndGet();
              next.getResponse().setStatusCode(answer);
              return next.getResponse().setComplete();
            })
        .block();
    return exchange;
  }

  private static MockServerWebExchange exchange(String key, String address) {
    return MockServerWebExchange.from(
        MockServerHttpRequest.get("/v1/models")
            .header(HttpHeaders.AUTHORIZATION, "Bearer " + key)
            .remoteAddress(InetSocketAddress.createUnresolved(address, 1)));
  }
}
