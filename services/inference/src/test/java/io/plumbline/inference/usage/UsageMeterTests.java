package io.plumbline.inference.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.plumbline.contracts.Digest;
import io.plumbline.contracts.InferenceEvent.UsageReported;
import io.plumbline.contracts.Money;
import io.plumbline.inference.InferenceTest;
import io.plumbline.platform.digest.Ids;
import io.plumbline.platform.event.Outbox;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.test.Events;
import io.plumbline.platform.test.ManualClock;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

class UsageMeterTests extends InferenceTest {

  /** In the future, so that the reports of the running application leave it alone. */
  private static final Instant MINUTE = Instant.parse("2126-01-01T12:00:00Z");

  private static final Duration INTERVAL = Duration.ofSeconds(5);
  private static final Digest VARIANT = Digest.ofText("variant");

  @Autowired JdbcClient sql;
  @Autowired Outbox outbox;
  @Autowired PlatformTransactionManager transactions;
  @Autowired Events events;

  private final UUID workspace = UUID.randomUUID();
  private final String model = "model-" + Ids.next();
  private final ManualClock clock = new ManualClock(MINUTE.plusSeconds(10));
  private UsageMeter meter;
  private UsageReports reports;

  @BeforeEach
  void create() {
    meter = new UsageMeter(sql, clock);
    reports = new UsageReports(sql, outbox, transactions, clock, INTERVAL);
  }

  @Test
  void a_minute_is_added_up_over_all_shipments_and_published_once() {
    add(
        usage(MINUTE, "mail", VARIANT, false, false, 100, 10, "0.25"),
        usage(MINUTE.plusSeconds(59), "mail", VARIANT, true, false, 0, 0, "0"));
    add(usage(MINUTE.plusSeconds(1), "mail", VARIANT, false, true, 0, 0, "0"));
    reports.publish();
    clock.advance(Duration.ofMinutes(2));
    reports.publish();
    reports.publish();

    assertThat(reported())
        .containsExactly(
            new UsageReported(
                MINUTE,
                "mail",
                VARIANT,
                model,
                null,
                3,
                1,
                1,
                100,
                0,
                10,
                0,
                0,
                Money.usd("0.25")));
  }

  @Test
  void what_arrives_after_its_minute_was_published_counts_in_the_present_one() {
    add(usage(MINUTE, "mail", VARIANT, false, false, 1, 1, "1"));
    clock.advance(Duration.ofMinutes(2));
    reports.publish();
    add(usage(MINUTE, "mail", VARIANT, false, false, 7, 7, "2"));
    clock.advance(Duration.ofMinutes(2));
    reports.publish();

    assertThat(reported())
        .containsExactly(
            new UsageReported(
                MINUTE, "mail", VARIANT, model, null, 1, 0, 0, 1, 0, 1, 0, 0, Money.usd("1")),
            new UsageReported(
                MINUTE.plusSeconds(120),
                "mail",
                VARIANT,
                model,
                null,
                1,
                0,
                0,
                7,
                0,
                7,
                0,
                0,
                Money.usd("2")));
  }

  @Test
  void a_minute_that_a_process_left_unpublished_is_published_by_another() {
    add(usage(MINUTE, null, null, false, false, 1, 1, "0.5"));
    clock.advance(Duration.ofMinutes(2));

    new UsageReports(sql, outbox, transactions, clock, INTERVAL).publish();

    assertThat(reported())
        .containsExactly(
            new UsageReported(
                MINUTE, null, null, model, null, 1, 0, 0, 1, 0, 1, 0, 0, Money.usd("0.5")));
  }

  @Test
  void amounts_of_two_currencies_are_never_added_up() {
    Tokens tokens = new Tokens(100, 40, 10, 4);
    Money euros = new Money(new BigDecimal("0.5"), "EUR");
    add(
        new Usage(MINUTE, "mail", VARIANT, model, null, false, false, tokens, euros),
        new Usage(MINUTE, "mail", VARIANT, model, null, false, false, tokens, euros),
        usage(MINUTE, "mail", VARIANT, false, false, 1, 1, "2"));
    clock.advance(Duration.ofMinutes(2));
    reports.publish();

    assertThat(reported())
        .containsExactlyInAnyOrder(
            new UsageReported(
                MINUTE,
                "mail",
                VARIANT,
                model,
                null,
                2,
                0,
                0,
                200,
                80,
                20,
                8,
                0,
                new Money(new BigDecimal("1.0"), "EUR")),
            new UsageReported(
                MINUTE, "mail", VARIANT, model, null, 1, 0, 0, 1, 0, 1, 0, 0, Money.usd("2")));
  }

  @Test
  void what_has_no_known_price_is_counted_and_not_taken_for_free() {
    Tokens tokens = Tokens.of(100, 10);
    add(
        new Usage(MINUTE, "mail", VARIANT, model, null, false, false, tokens, null),
        new Usage(MINUTE, "mail", VARIANT, model, null, true, false, Tokens.NONE, null),
        usage(MINUTE, "mail", VARIANT, false, false, 100, 10, "2"));
    add(new Usage(MINUTE, "mail", VARIANT, model, null, false, false, tokens, null));
    clock.advance(Duration.ofMinutes(2));
    reports.publish();

    assertThat(reported())
        .containsExactly(
            new UsageReported(
                MINUTE, "mail", VARIANT, model, null, 4, 1, 0, 300, 0, 30, 0, 2, Money.usd("2")));
  }

  @Test
  void each_key_has_its_own_sum_and_calls_with_a_token_another() {
    UUID key = UUID.randomUUID();
    UUID other = UUID.randomUUID();
    for (UUID caller : Arrays.asList(key, other, key, null)) {
      add(new Usage(MINUTE, "mail", VARIANT, model, caller, false, false, Tokens.of(1, 1), null));
    }
    clock.advance(Duration.ofMinutes(2));
    reports.publish();

    assertThat(reported())
        .extracting(UsageReported::apiKeyId, UsageReported::requests)
        .containsExactlyInAnyOrder(tuple(key, 2L), tuple(other, 1L), tuple(null, 1L));
  }

  private void add(Usage... requests) {
    Caller.system(workspace)
        .run(() ->
            new TransactionTemplate(transactions)
                .executeWithoutResult(status -> meter.add(List.of(requests))));
  }

  /** Of this test, after an event that follows them all. */
  private List<UsageReported> reported() {
    String last = "last-" + Ids.next();
    add(new Usage(clock.instant(), null, null, last, null, false, false, Tokens.NONE, null));
    clock.advance(Duration.ofMinutes(2));
    reports.publish();
    events.awaitPublished(UsageReported.class, each -> each.model().equals(last));
    return events.published(UsageReported.class).stream()
        .filter(each -> each.model().equals(model))
        .toList();
  }

  private Usage usage(
      Instant at,
      @Nullable String application,
      @Nullable Digest variant,
      boolean failed,
      boolean cached,
      long input,
      long output,
      String cost) {
    return new Usage(
        at,
        application,
        variant,
        model,
        null,
        failed,
        cached,
        Tokens.of(input, output),
        Money.usd(cost));
  }
}
