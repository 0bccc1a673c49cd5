package io.plumbline.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.proc.SecurityContext;
import io.plumbline.contracts.PromptRegistryEvent.PromptVersionPublished;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.identity.Role;
import io.plumbline.platform.job.JobQueue;
import io.plumbline.platform.job.JobView;
import io.plumbline.platform.ledger.LedgerLag;
import io.plumbline.platform.test.EmbeddedServers;
import io.plumbline.platform.test.PlumblineTest;
import io.plumbline.platform.test.TestEventClient;
import io.plumbline.platform.test.TestTokenIssuer;
import io.plumbline.platform.test.Workspaces;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/**
 * Three replicas on one database, one of them an hour ahead and one an hour behind. Only the
 * application's clock differs; the operating system's clock is the same for all, since the kernel
 * has only one.
 */
@PlumblineTest
class ClockSkewTests {

  private static final List<ConfigurableApplicationContext> REPLICAS = new ArrayList<>();

  @Autowired TestTokenIssuer tokens;
  @Autowired TestEventClient events;

  private final HttpClient http = HttpClient.newHttpClient();

  @BeforeAll
  static void start() {
    REPLICAS.add(replica(Duration.ZERO));
    REPLICAS.add(replica(Duration.ofHours(1)));
    REPLICAS.add(replica(Duration.ofHours(-1)));
  }

  @AfterAll
  static void stop() {
    REPLICAS.forEach(ConfigurableApplicationContext::close);
    REPLICAS.clear();
  }

  @Test
  void a_key_that_all_replicas_receive_has_one_effect_and_one_answer() {
    for (int number = 0; number < 20; number++) {
      String name = "skewed-" + number;
      String key = UUID.randomUUID().toString();

      List<HttpResponse<String>> answers =
          REPLICAS.stream().map(replica -> post(replica, name, key)).toList().stream()
              .map(CompletableFuture::join)
              .toList();
      // The later requests find what the first one left, whichever clock dated it.
      List<HttpResponse<String>> later =
          REPLICAS.stream().map(replica -> post(replica, name, key).join()).toList();

      assertThat(answers).extracting(HttpResponse::statusCode).containsOnly(201);
      assertThat(later).extracting(HttpResponse::statusCode).containsOnly(201);
      HashSet<String> bodies = new HashSet<>();
      answers.forEach(answer -> bodies.add(answer.body()));
      later.forEach(answer -> bodies.add(answer.body()));
      assertThat(bodies).hasSize(1);
      events.awaitPublished(PromptVersionPublished.class, event -> event.prompt().equals(name));
      assertThat(
              events.published(PromptVersionPublished.class).stream()
                  .filter(event -> event.prompt().equals(name)))
          .hasSize(1);
    }
  }

  @Test
  void a_job_that_one_replica_holds_is_taken_by_no_other() throws Exception {
    Caller acme = Caller.system(Workspaces.ACME);
    int before = runs();
    UUID job =
        acme.call(() -> REPLICAS.getFirst().getBean(SampleApplication.Notes.class).work("skewed"));
    await().until(() -> runs() == before + 1);

    // Each replica looks for jobs every second.
    await()
        .during(Duration.ofSeconds(3))
        .atMost(Duration.ofSeconds(90))
        .until(() -> runs() == before + 1);
    REPLICAS.forEach(each -> each.getBean(SampleApplication.Worker.class).go.countDown());

    await()
        .untilAsserted(() ->
            assertThat(
                    acme.call(
                        () -> REPLICAS.getFirst().getBean(JobQueue.class).find(job).orElseThrow()))
                .returns(JobView.State.SUCCEEDED, JobView::state)
                .returns(1, JobView::attempt));
  }

  @Test
  void the_lag_of_the_ledger_is_time_that_passed_by_no_clock() {
    Duration uptime = Duration.ofMillis(ManagementFactory.getRuntimeMXBean().getUptime());

    assertThat(REPLICAS)
        .extracting(replica -> replica.getBean(LedgerLag.class))
        .allSatisfy(lag -> {
          assertThat(lag.current()).isPositive().isLessThan(uptime.plusSeconds(60));
          assertThat(lag.exceedsMaximum()).isFalse();
        });
  }

  private int runs() {
    return REPLICAS.stream()
        .mapToInt(each -> each.getBean(SampleApplication.Worker.class).runs.get())
        .sum();
  }

  private CompletableFuture<HttpResponse<String>> post(
      ConfigurableApplicationContext replica, String name, String key) {
    return http.sendAsync(
        HttpRequest.newBuilder(
                URI.create(
                    "http://127.0.0.1:"
                        + replica.getEnvironment().getProperty("local.server.port")
                        + "/api/notes"))
            .header("Authorization", "Bearer " + token())
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", key)
            .POST(HttpRequest.BodyPublishers.ofString("{\"name\":\"" + name + "\"}"))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  /**
   * Returns a token that is valid by all three clocks. The replica that is ahead would refuse a
   * token of five minutes.
   */
  private String token() {
    Instant now = Instant.now();
    return tokens.sign(
        tokens
            .claims("ada", Role.PROMPT_ENGINEER)
            .claim("workspace", Workspaces.ACME.toString())
            .issueTime(Date.from(now.minus(Duration.ofHours(2))))
            .expirationTime(Date.from(now.plus(Duration.ofHours(2))))
            .build());
  }

  private static ConfigurableApplicationContext replica(Duration ahead) {
    return new SpringApplicationBuilder(SampleApplication.class)
        .initializers(
            new EmbeddedServers(),
            context -> {
              GenericApplicationContext beans = (GenericApplicationContext) context;
              beans.registerBean(Clock.class, () -> Clock.offset(Clock.systemUTC(), ahead));
              beans.registerBean(
                  ImmutableJWKSet.class,
                  () -> new ImmutableJWKSet<SecurityContext>(new TestTokenIssuer().keys()));
            })
        .run("--server.port=0", "--management.server.port=-1");
  }
}
