package io.plumbline.gateway.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.plumbline.gateway.Realm;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.test.web.reactive.server.EntityExchangeResult;
import org.springframework.test.web.reactive.server.WebTestClient;

/** A gateway whose Redis comes later than it, goes away, and comes back. */
@Tag("servers")
@ExtendWith(OutputCaptureExtension.class)
class RedisOutageTests {

  private static final int BURST = 20;
  private static final Realm REALM = new Realm();
  private static final WebTestClient CLIENT =
      WebTestClient.bindToServer().responseTimeout(Duration.ofSeconds(20)).build();

  @Test
  void a_gateway_that_is_started_before_redis_waits_for_it_and_says_so(CapturedOutput output) {
    RedisServer.requireInstalled();
    int port = RedisServer.freePort();
    CompletableFuture<ConfigurableApplicationContext> starting =
        CompletableFuture.supplyAsync(() -> start(port));
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() ->
            output
                .getOut()
                .contains("Waiting for Redis at 127.0.0.1:" + port + ": connection refused"));
    assertThat(starting).isNotDone();

    RedisServer redis = RedisServer.startAt(port);

    try (ConfigurableApplicationContext gateway = starting.join()) {
      Browser ada = new Browser(CLIENT, Replica.address(gateway), REALM);
      ada.signIn("ada");
      assertThat(ada.session()).isEqualTo(HttpStatus.OK);
      assertThat(output).contains("The wait is over, the start goes on.");
    } finally {
      redis.stop();
    }
  }

  @Test
  void without_redis_sessions_are_503_and_others_are_served_and_limited_by_each_gateway_alone() {
    RedisServer redis = RedisServer.start();
    try (ConfigurableApplicationContext gateway = start(redis.port())) {
      String server = Replica.address(gateway);
      Browser ada = new Browser(CLIENT, server, REALM);
      ada.signIn("ada");

      redis.stop();

      EntityExchangeResult<byte[]> session = ada.get("/session");
      assertThat(session.getStatus()).isEqualTo(HttpStatus.SERVICE_UNAVAILABLE);
      assertThat(session.getResponseHeaders().getFirst(HttpHeaders.RETRY_AFTER)).isEqualTo("2");
      assertThat(text(session)).contains("/problems/sessions-unavailable", "Try again");
      String key = "Bearer plk_" + UUID.randomUUID();
      assertThat(IntStream.range(0, BURST).mapToObj(i -> callWithKey(server, key)))
          .as("as many as one gateway allows")
          .doesNotContain(HttpStatus.TOO_MANY_REQUESTS);
      assertThat(IntStream.range(0, 3 * BURST).mapToObj(i -> callWithKey(server, key)))
          .as("more than one gateway allows")
          .contains(HttpStatus.TOO_MANY_REQUESTS);

      redis = RedisServer.startAt(redis.port());

      await()
          .atMost(Duration.ofSeconds(60))
          .untilAsserted(() -> {
            Browser ben = new Browser(CLIENT, server, REALM);
            ben.signIn("ben");
            assertThat(ben.session()).isEqualTo(HttpStatus.OK);
          });
    } finally {
      redis.stop();
    }
  }

  private static HttpStatus callWithKey(String server, String key) {
    return HttpStatus.valueOf(
        CLIENT
            .get()
            .uri(server + "/v1/models")
            .header(HttpHeaders.AUTHORIZATION, key)
            .exchange()
            .expectBody()
            .returnResult()
            .getStatus()
            .value());
  }

  private static String text(EntityExchangeResult<byte[]> answer) {
    return new String(
        Objects.requireNonNull(answer.getResponseBodyContent()), StandardCharsets.UTF_8);
  }

  private static ConfigurableApplicationContext start(int redisPort) {
    return Replica.start(
        REALM,
        "redis://127.0.0.1:" + redisPort,
        Map.of("plumbline.gateway.burst", BURST, "plumbline.gateway.requests-per-second", "1"));
  }
}
