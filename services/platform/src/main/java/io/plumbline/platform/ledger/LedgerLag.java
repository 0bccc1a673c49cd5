package io.plumbline.platform.ledger;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * How far the ledger is behind this service: the age of the oldest fact not shipped, or of the newest signed head heard, whichever is
 * older. A service that has just started and heard no head yet counts from its start.
 */
public class LedgerLag {

  private static final Duration OUTBOX_CHECK = Duration.ofSeconds(2);

  private record OutboxAge(Instant checked, Duration age) {}

  private final JdbcClient sql;
  private final TransactionTemplate transaction;
  private final Clock clock;
  private final LedgerSettings settings;
  private final AtomicReference<Instant> newestHead;
  private final AtomicReference<OutboxAge> outbox = new AtomicReference<>(new OutboxAge(Instant.EPOCH, Duration.ZERO));

  LedgerLag(JdbcClient sql, PlatformTransactionManager transactions, Clock clock, LedgerSettings settings) {
    this.sql = sql;
    this.transaction = new TransactionTemplate(transactions);
    this.transaction.setReadOnly(true);
    this.clock = clock;
    this.settings = settings;
    this.newestHead = new AtomicReference<>(clock.instant());
  }

  /** Called for every head heard, in any order. */
  void heard(Instant signedAt) {
    newestHead.accumulateAndGet(signedAt, (known, heard) -> heard.isAfter(known) ? heard : known);
  }

  public Duration current() {
    Duration head = Duration.between(newestHead.get(), clock.instant());
    Duration unsent = oldestUnsent();
    return head.compareTo(unsent) > 0 ? head : unsent;
  }

  public boolean tooFar() {
    return current().compareTo(settings.maxLag()) > 0;
  }

  private Duration oldestUnsent() {
    Instant now = clock.instant();
    OutboxAge known = outbox.get();
    if (Duration.between(known.checked, now).compareTo(OUTBOX_CHECK) < 0) {
      return known.age;
    }
    Duration age = oldest().map(oldest -> Duration.between(oldest, now)).orElse(Duration.ZERO);
    outbox.set(new OutboxAge(now, age));
    return age;
  }

  private Optional<Instant> oldest() {
    return Objects.requireNonNull(
        transaction.execute(
            status ->
                sql.sql("SELECT min(created_at) FROM outbox").query((row, index) -> row.getTimestamp(1)).optional().map(Timestamp::toInstant)));
  }
}
