package io.plumbline.gateway.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.plumbline.gateway.Realm;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.data.redis.serializer.SerializationException;
import org.springframework.http.HttpStatus;
import org.springframework.test.web.reactive.server.WebTestClient;

/** Two replicas of the gateway with one Redis. */
@Tag("servers")
class RedisSessionsTests {

  private static final int BURST = 100;
  private static final Realm REALM = new Realm();
  private static final WebTestClient CLIENT =
      WebTestClient.bindToServer().responseTimeout(Duration.ofSeconds(20)).build();
  private static final List<ConfigurableApplicationContext> REPLICAS = new ArrayList<>();
  private static RedisServer redis;

  @BeforeAll
  static void start() {
    redis = RedisServer.start();
    REPLICAS.add(replica());
    REPLICAS.add(replica());
  }

  @AfterAll
  static void stop() {
    REPLICAS.forEach(ConfigurableApplicationContext::close);
  }

  private static ConfigurableApplicationContext replica() {
    return Replica.start(
        REALM,
        redis.url(),
        Map.of(
            "plumbline.gateway.sessions.per-person", "3",
            "plumbline.gateway.burst", BURST,
            "plumbline.gateway.requests-per-second", "1"));
  }

  @Test
  void a_sign_in_started_at_one_replica_ends_at_another_and_counts_at_both() {
    Browser ada = browser(REPLICAS.get(0));
    URI asked = ada.begin("?return=/apps");
    Browser there = at(ada, REPLICAS.get(1));

    assertThat(there.end("ada", asked).getResponseHeaders().getLocation())
        .isEqualTo(URI.create("/apps"));

    assertThat(there.session()).isEqualTo(HttpStatus.OK);
    assertThat(at(there, REPLICAS.get(0)).session()).isEqualTo(HttpStatus.OK);
  }

  @Test
  void a_gateway_that_starts_later_knows_the_session() {
    Browser cleo = browser(REPLICAS.get(0));
    cleo.signIn("cleo");

    REPLICAS.add(replica());

    assertThat(at(cleo, REPLICAS.getLast()).session()).isEqualTo(HttpStatus.OK);
  }

  @Test
  @ExtendWith(OutputCaptureExtension.class)
  void a_gateway_starts_without_warnings(CapturedOutput output) {
    REPLICAS.add(replica());

    assertThat(output.getOut()).contains("Started ");
    assertThat(output.getOut()).doesNotContain("\"WARN\"", "\"ERROR\"");
  }

  @Test
  void the_limit_per_person_holds_over_all_replicas() {
    List<Browser> ben = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      ben.add(browser(REPLICAS.get(i % 2)));
      ben.getLast().signIn("ben");
    }

    assertThat(ben.stream().filter(each -> each.session().is2xxSuccessful())).hasSize(3);
  }

  @Test
  void a_client_has_one_bucket_of_requests_for_all_replicas() {
    String key = "Bearer plk_" + UUID.randomUUID();
    long limited =
        IntStream.range(0, 2 * BURST)
            .mapToObj(i ->
                CLIENT
                    .get()
                    .uri(Replica.address(REPLICAS.get(i % 2)) + "/v1/models")
                    .header("Authorization", key)
                    .exchange()
                    .expectBody()
                    .returnResult()
                    .getStatus())
            .filter(HttpStatus.TOO_MANY_REQUESTS::equals)
            .count();

    // At most one a second is given back meanwhile; either replica alone would refuse none.
    assertThat(limited).isBetween(BURST / 2L, (long) BURST);
  }

  /** Java's serialization or types by name would let anybody who writes to Redis run code here. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"@class\":\"java.io.File\",\"path\":\"/tmp\"}",
        "[\"java.lang.ProcessBuilder\",[\"true\"]]",
        "{\"@class\":\"com.zaxxer.hikari.HikariConfig\",\"metricRegistry\":\"ldap://x\"}",
        "\u00ac\u00ed\u0000\u0005sr"
      })
  void what_a_session_does_not_have_is_not_read(String stored) {
    assertThatExceptionOfType(SerializationException.class)
        .isThrownBy(() ->
            new RedisSessions()
                .springSessionDefaultRedisSerializer()
                .deserialize(stored.getBytes(StandardCharsets.ISO_8859_1)));
  }

  private static Browser browser(ConfigurableApplicationContext replica) {
    return new Browser(CLIENT, Replica.address(replica), REALM);
  }

  private static Browser at(Browser browser, ConfigurableApplicationContext replica) {
    return browser.at(CLIENT, Replica.address(replica));
  }
}
