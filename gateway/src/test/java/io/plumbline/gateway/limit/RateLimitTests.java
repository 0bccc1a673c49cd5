package io.plumbline.gateway.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.plumbline.gateway.GatewaySettings;
import io.plumbline.gateway.ProblemWriterTests;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
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
          time);

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
