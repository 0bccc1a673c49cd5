package io.plumbline.inference.usage;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.plumbline.contracts.Digest;
import io.plumbline.contracts.InferenceEvent.UsageReported;
import io.plumbline.contracts.Money;
import io.plumbline.inference.InferenceTest;
import io.plumbline.platform.data.Columns;
import io.plumbline.platform.digest.Ids;
import io.plumbline.platform.event.Outbox;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.test.Events;
import io.plumbline.platform.test.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

class UsageMeterTests extends InferenceTest {

  private static final Instant MINUTE = Instant.parse("2026-01-01T12:00:00Z");
  private static final Duration FLUSH = Duration.ofSeconds(5);
  private static final Digest VARIANT = Digest.ofText("variant");

  @Autowired JdbcClient sql;
  @Autowired Outbox outbox;
  @Autowired PlatformTransactionManager transactions;
  @Autowired Events events;

  private final UUID workspace = UUID.randomUUID();
  private final String model = "model-" + Ids.next();
  private final ManualClock clock = new ManualClock(MINUTE.plusSeconds(10));
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private UsageMeter meter;

  @BeforeEach
  void create() {
    meter = new UsageMeter(sql, outbox, transactions, clock, meters, FLUSH);
  }

  @Test
  void a_minute_is_added_up_over_all_flushes_and_published_once() {
    meter.count(usage("mail", VARIANT, false, false, 100, 10, "0.25"));
    meter.count(usage("mail", VARIANT, true, false, 0, 0, "0"));
    meter.flush();
    meter.count(usage("mail", VARIANT, false, true, 0, 0, "0"));
    clock.advance(Duration.ofMinutes(2));
    meter.flush();
    meter.flush();

    UsageReported last =
        new UsageReported(
            MINUTE.plusSeconds(120), null, null, model, 1, 0, 0, 1, 1, Money.usd("0.5"));
    meter.count(usage(null, null, false, false, 1, 1, "0.5"));
    clock.advance(Duration.ofMinutes(2));
    meter.flush();

    events.awaitPublished(UsageReported.class, last::equals);
    assertThat(
            events.published(UsageReported.class).stream()
                .filter(reported -> reported.model().equals(model)))
        .containsExactly(
            new UsageReported(MINUTE, "mail", VARIANT, model, 3, 1, 1, 100, 10, Money.usd("0.25")),
            last);
  }

  @Test
  void tokens_are_counted_by_model_and_type() {
    meter.count(usage("mail", VARIANT, false, false, 100, 10, "0"));
    meter.count(usage(null, null, false, false, 1, 2, "0"));

    assertThat(tokens("input")).isEqualTo(101);
    assertThat(tokens("output")).isEqualTo(12);
  }

  @Test
  void names_beyond_a_number_are_no_series_of_metrics() {
    meters.config().meterFilter(new UsageConfiguration().modelsInMetrics());
    for (int i = 0; i <= UsageConfiguration.MODELS; i++) {
      meter.count(
          new Usage(workspace, null, null, "provider/" + i, false, false, 1, 1, Money.usd("0")));
    }

    assertThat(meters.find("gen_ai.client.token.usage").counters())
        .hasSize(2 * UsageConfiguration.MODELS);
  }

  @Test
  void a_workspace_that_is_idle_costs_no_transaction() throws Exception {
    meter.count(usage("mail", VARIANT, false, false, 100, 10, "0.25"));
    clock.advance(Duration.ofMinutes(3));
    meter.flush();

    UsageMeter replica = new UsageMeter(sql, outbox, transactions, clock, meters, FLUSH);
    replica.count(usage("mail", VARIANT, false, false, 100, 10, "0.25"));
    replica.flush();
    clock.advance(Duration.ofMinutes(2));
    meter.flush();

    assertThat(minutes())
        .as("what another replica wrote is published by one for which the workspace is not idle")
        .containsExactly(Map.entry(MINUTE, true), Map.entry(MINUTE.plusSeconds(180), false));
  }

  /** The minutes of the table, and which are published. */
  private List<Map.Entry<Instant, Boolean>> minutes() throws Exception {
    return Objects.requireNonNull(
        Caller.system(workspace)
            .call(() ->
                new TransactionTemplate(transactions)
                    .execute(status ->
                        sql.sql("SELECT minute, reported FROM usage_minute ORDER BY minute")
                            .query((row, number) ->
                                Map.entry(Columns.instant(row, "minute"), row.getBoolean(2)))
                            .list())));
  }

  private double tokens(String type) {
    return meters
        .get("gen_ai.client.token.usage")
        .tags("gen_ai.request.model", model, "gen_ai.token.type", type)
        .counter()
        .count();
  }

  private Usage usage(
      @Nullable String application,
      @Nullable Digest variant,
      boolean failed,
      boolean cached,
      long input,
      long output,
      String cost) {
    return new Usage(
        workspace, application, variant, model, failed, cached, input, output, Money.usd(cost));
  }
}
