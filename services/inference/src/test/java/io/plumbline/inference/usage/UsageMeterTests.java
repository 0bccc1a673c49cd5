package io.plumbline.inference.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.plumbline.contracts.Digest;
import io.plumbline.contracts.InferenceEvent.UsageReported;
import io.plumbline.contracts.Money;
import io.plumbline.inference.InferenceTest;
import io.plumbline.platform.digest.Ids;
import io.plumbline.platform.digest.InMemoryMerkleTree;
import io.plumbline.platform.digest.ProofCheck;
import io.plumbline.platform.digest.TreeHasher;
import io.plumbline.platform.event.Outbox;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.problem.Problem;
import io.plumbline.platform.test.EmbeddedServers;
import io.plumbline.platform.test.ManualClock;
import io.plumbline.platform.test.TestEventClient;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

class UsageMeterTests extends InferenceTest {

  /** A minute in the future, so that the reports of the running application leave it alone. */
  private final Instant minute =
      Instant.now().truncatedTo(ChronoUnit.DAYS).plus(Duration.ofHours(36));

  private final LocalDate day = LocalDate.ofInstant(minute, ZoneOffset.UTC);
  private static final Duration INTERVAL = Duration.ofSeconds(5);
  private static final Digest VARIANT = Digest.ofText("variant");
  private static final Tokens TOKENS = new Tokens(100, 40, 10, 4);

  @Autowired JdbcClient sql;
  @Autowired UsageRecords records;
  @Autowired UsageMeter meter;
  @Autowired Outbox outbox;
  @Autowired PlatformTransactionManager transactions;
  @Autowired TestEventClient events;

  private final UUID workspace = UUID.randomUUID();
  private final String model = "model-" + Ids.next();
  private final ManualClock clock = new ManualClock(minute.plusSeconds(10));
  private UsageReports reports;

  @BeforeEach
  void create() {
    EmbeddedServers.executeAsSuperuser("inference", "SELECT create_trace_day('%s')".formatted(day));
    reports = reports();
  }

  @Test
  void a_minute_is_added_up_over_all_shipments_and_published_once() {
    Usage answered = usage(minute, false, false, Tokens.of(100, 10), Money.usd("0.25"));
    Usage failed = usage(minute.plusSeconds(59), true, false, Tokens.NONE, Money.usd("0"));
    Usage cached = usage(minute.plusSeconds(1), false, true, Tokens.NONE, Money.usd("0"));
    add(answered, failed);
    add(cached);
    reports.publish();
    over();
    reports.publish();

    assertThat(reported())
        .containsExactly(
            new UsageReported(
                minute,
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
                Money.usd("0.25"),
                root(answered, failed, cached),
                3L));
  }

  @Test
  void what_arrives_after_its_minute_was_published_is_a_batch_of_its_own() {
    Usage early = usage(Money.usd("1"));
    Usage late = usage(Money.usd("2"));
    add(early);
    over();
    add(late);
    over();

    assertThat(reported())
        .extracting(
            UsageReported::minute,
            UsageReported::requests,
            UsageReported::cost,
            UsageReported::recordsRoot)
        .containsExactly(
            tuple(minute, 1L, Money.usd("1"), root(early)),
            tuple(minute, 1L, Money.usd("2"), root(late)));
  }

  @Test
  void a_batch_is_bounded_and_what_has_no_room_is_another() {
    Usage[] many =
        IntStream.range(0, UsageMeter.MAX_REQUESTS + 1)
            .mapToObj(i -> usage(null))
            .toArray(Usage[]::new);
    Usage more = usage(null);
    add(many);
    add(more);
    over();

    assertThat(reported())
        .extracting(UsageReported::requests, UsageReported::recordsRoot)
        .containsExactlyInAnyOrder(
            tuple(
                (long) UsageMeter.MAX_REQUESTS, root(Arrays.copyOf(many, UsageMeter.MAX_REQUESTS))),
            tuple(2L, root(many[UsageMeter.MAX_REQUESTS], more)));
  }

  @Test
  void a_minute_that_a_process_left_unpublished_is_published_by_another() {
    Usage direct =
        new Usage(
            Ids.next(),
            leaf(),
            minute,
            null,
            null,
            model,
            null,
            false,
            false,
            false,
            Tokens.of(1, 1),
            Money.usd("0.5"));
    add(direct);
    clock.advance(Duration.ofMinutes(2));

    reports().publish();

    assertThat(reported())
        .containsExactly(
            new UsageReported(
                minute,
                null,
                null,
                model,
                null,
                1,
                0,
                0,
                1,
                0,
                1,
                0,
                0,
                Money.usd("0.5"),
                root(direct),
                0L));
  }

  @Test
  void amounts_of_two_currencies_are_never_added_up() {
    Money euros = new Money(new BigDecimal("0.5"), "EUR");
    add(usage(euros), usage(euros), usage(Money.usd("2")));
    over();

    assertThat(reported())
        .extracting(
            UsageReported::requests,
            UsageReported::inputTokens,
            UsageReported::cachedInputTokens,
            UsageReported::outputTokens,
            UsageReported::reasoningTokens,
            UsageReported::cost)
        .containsExactlyInAnyOrder(
            tuple(2L, 200L, 80L, 20L, 8L, new Money(new BigDecimal("1.0"), "EUR")),
            tuple(1L, 100L, 40L, 10L, 4L, Money.usd("2")));
  }

  @Test
  void what_has_no_known_price_is_counted_and_not_taken_for_free() {
    add(usage(null), usage(minute, true, false, Tokens.NONE, null), usage(Money.usd("2")));
    add(usage(null));
    over();

    assertThat(reported())
        .extracting(
            UsageReported::requests,
            UsageReported::errors,
            UsageReported::inputTokens,
            UsageReported::unpricedRequests,
            UsageReported::cost)
        .containsExactly(tuple(4L, 1L, 300L, 2L, Money.usd("2")));
  }

  @Test
  void each_key_has_its_own_sum_and_calls_with_a_token_another() {
    UUID key = UUID.randomUUID();
    UUID other = UUID.randomUUID();
    for (UUID caller : Arrays.asList(key, other, key, null)) {
      add(
          new Usage(
              Ids.next(),
              leaf(),
              minute,
              "mail",
              VARIANT,
              model,
              caller,
              false,
              false,
              caller != null,
              TOKENS,
              null));
    }
    over();

    assertThat(reported())
        .extracting(UsageReported::apiKeyId, UsageReported::requests)
        .containsExactlyInAnyOrder(tuple(key, 2L), tuple(other, 1L), tuple(null, 1L));
  }

  @Test
  void a_receipt_leads_from_the_record_to_the_root_that_was_published() {
    List<RequestRecord> made = Stream.generate(this::record).limit(5).toList();
    add(made.stream().map(this::of).toArray(Usage[]::new));
    assertThatThrownBy(() -> receipt(made.getFirst()))
        .as("while more may come")
        .isInstanceOf(Problem.class)
        .hasMessageContaining("when their minute is over");
    over();
    Digest root = reported().getFirst().recordsRoot();

    for (RequestRecord record : made) {
      Receipt receipt = receipt(record).orElseThrow();
      byte[] leaf = new TreeHasher().leaf(receipt.record().getBytes(StandardCharsets.UTF_8));
      assertThat(receipt.leafHash()).isEqualTo(Digest.ofRaw(leaf));
      assertThat(receipt.count()).isEqualTo(5);
      assertThat(receipt.eventType()).as("as the audit names it").isEqualTo("usage.reported");
      assertThat(
              ProofCheck.verifyInclusion(
                  receipt.index(),
                  receipt.count(),
                  leaf,
                  receipt.path().stream().map(Digest::bytes).toList(),
                  root.bytes()))
          .isTrue();
    }
    assertThat(receipt(record())).as("of what was not metered").isEmpty();
  }

  @Test
  void another_workspace_gets_no_receipt() {
    RequestRecord record = record();
    add(of(record));
    over();

    AtomicReference<Optional<Receipt>> found = new AtomicReference<>(Optional.empty());
    Caller.system(UUID.randomUUID()).run(() -> found.set(records.receipt(record, day)));

    assertThat(found.get()).isEmpty();
    assertThat(receipt(record)).isPresent();
  }

  private UsageReports reports() {
    return new UsageReports(sql, records, outbox, transactions, clock, INTERVAL);
  }

  private void over() {
    clock.advance(Duration.ofMinutes(2));
    reports.publish();
    reports.publish();
  }

  private void add(Usage... requests) {
    Caller.system(workspace)
        .run(() ->
            new TransactionTemplate(transactions)
                .executeWithoutResult(status -> meter.add(List.of(requests))));
  }

  private Optional<Receipt> receipt(RequestRecord record) {
    AtomicReference<Optional<Receipt>> found = new AtomicReference<>(Optional.empty());
    Caller.system(workspace).run(() -> found.set(records.receipt(record, day)));
    return found.get();
  }

  /** Returns the reports of this test, once an event that follows them all has arrived. */
  private List<UsageReported> reported() {
    String last = "last-" + Ids.next();
    add(
        new Usage(
            Ids.next(),
            leaf(),
            clock.instant(),
            null,
            null,
            last,
            null,
            false,
            false,
            false,
            Tokens.NONE,
            null));
    over();
    events.awaitPublished(UsageReported.class, each -> each.model().equals(last));
    return events.published(UsageReported.class).stream()
        .filter(each -> each.model().equals(model))
        .toList();
  }

  private static Digest root(Usage... requests) {
    return Digest.ofRaw(
        new InMemoryMerkleTree(
                Stream.of(requests)
                    .sorted(Comparator.comparing(usage -> usage.requestId().toString()))
                    .map(usage -> usage.leaf().bytes())
                    .toList())
            .root());
  }

  private static Digest leaf() {
    return Digest.ofText(Ids.next().toString());
  }

  private RequestRecord record() {
    UUID id = Ids.next();
    return new RequestRecord(
        id,
        "chatcmpl-" + id,
        workspace,
        minute,
        "CHAT",
        "mail",
        "production",
        new UUID(0, 1),
        "active",
        VARIANT,
        null,
        model,
        "OK",
        "miss",
        TOKENS,
        Money.usd("0.25"));
  }

  private Usage of(RequestRecord record) {
    return new Usage(
        record.requestId(),
        record.leafHash(),
        minute,
        "mail",
        VARIANT,
        model,
        null,
        false,
        false,
        true,
        TOKENS,
        record.cost());
  }

  private Usage usage(@Nullable Money cost) {
    return usage(minute, false, false, TOKENS, cost);
  }

  private Usage usage(
      Instant at, boolean failed, boolean cached, Tokens tokens, @Nullable Money cost) {
    return new Usage(
        Ids.next(), leaf(), at, "mail", VARIANT, model, null, failed, cached, true, tokens, cost);
  }
}
