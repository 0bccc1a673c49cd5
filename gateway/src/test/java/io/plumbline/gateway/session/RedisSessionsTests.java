package io.plumbline.gateway.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.plumbline.gateway.GatewayApplication;
import io.plumbline.gateway.Realm;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.data.redis.serializer.SerializationException;
import org.springframework.http.HttpStatus;
import org.springframework.http.client.ReactorResourceFactory;
import org.springframework.test.context.DynamicPropertyRegistry;
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
    Map<String, Object> settings = new TreeMap<>();
    DynamicPropertyRegistry registry = (name, value) -> settings.put(name, value.get());
    REALM.settings(registry);
    REALM.reset();
    settings.put("server.port", "0");
    settings.put("management.server.port", "0");
    settings.put("spring.data.redis.url", redis.url());
    settings.put("plumbline.gateway.sign-in.burst", "1000000");
    settings.put("plumbline.gateway.sessions.per-person", "3");
    settings.put("plumbline.gateway.burst", BURST);
    settings.put("plumbline.gateway.requests-per-second", "1");
    return new SpringApplicationBuilder(GatewayApplication.class)
        .profiles("redis")
        .initializers(RedisSessionsTests::withResourcesOfItsOwn)
        .run(
            settings.entrySet().stream()
                .map(each -> "--" + each.getKey() + "=" + each.getValue())
                .toArray(String[]::new));
  }

  /** Gives a replica its own event loops: replicas of one process would share and end them. */
  private static void withResourcesOfItsOwn(ConfigurableApplicationContext context) {
    ((GenericApplicationContext) context)
        .registerBean(
            ReactorResourceFactory.class,
            () -> {
              ReactorResourceFactory resources = new ReactorResourceFactory();
              resources.setUseGlobalResources(false);
              return resources;
            });
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
                    .uri(server(REPLICAS.get(i % 2)) + "/v1/models")
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
    return new Browser(CLIENT, server(replica), REALM);
  }

  private static Browser at(Browser browser, ConfigurableApplicationContext replica) {
    return browser.at(CLIENT, server(replica));
  }

  private static String server(ConfigurableApplicationContext replica) {
    return "http://127.0.0.1:" + replica.getEnvironment().getProperty("local.server.port");
  }
}
