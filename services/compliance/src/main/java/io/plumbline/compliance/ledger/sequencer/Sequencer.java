package io.plumbline.compliance.ledger.sequencer;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.plumbline.compliance.ledger.LedgerSignals;
import io.plumbline.compliance.ledger.LedgerState;
import io.plumbline.compliance.ledger.LogSettings;
import io.plumbline.compliance.ledger.head.SignedHead;
import io.plumbline.contracts.ComplianceEvent;
import io.plumbline.platform.event.Outbox;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.observability.Metrics;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Appends what is pending, batch after batch, and publishes the signed heads. Retries without
 * limit: it may stop, it may not skip.
 */
final class Sequencer {

  private static final Logger log = LoggerFactory.getLogger(Sequencer.class);
  private static final Duration POLL = Duration.ofMillis(250);

  private final LedgerKeys keys;
  private final LogSettings settings;
  private final JdbcTemplate sql;
  private final TransactionTemplate transactions;
  private final Outbox outbox;
  private final Clock clock;
  private final LedgerState state;
  private final LedgerSignals signals;
  private final Counter appended;
  private @Nullable Sequencing sequencing;

  Sequencer(
      LedgerKeys keys,
      LogSettings settings,
      JdbcTemplate sql,
      TransactionTemplate transactions,
      Outbox outbox,
      Clock clock,
      LedgerState state,
      LedgerSignals signals,
      MeterRegistry meters) {
    this.keys = keys;
    this.settings = settings;
    this.sql = sql;
    this.transactions = transactions;
    this.outbox = outbox;
    this.clock = clock;
    this.state = state;
    this.signals = signals;
    this.appended = Metrics.LEDGER_APPENDED.counter(meters);
  }

  /** One batch; waits when nothing is pending. */
  void run() throws InterruptedException {
    if (sequencing == null) {
      sequencing = new Sequencing(keys.open(), settings.batchSize(), settings.headInterval());
    }
    boolean more = batch(sequencing);
    state.sequencerSucceeded();
    if (!more) {
      signals.messagesArrived().await(POLL);
    }
  }

  void failed(Throwable cause) {
    state.sequencerFailed(cause);
    log.error("The ledger cannot append entries; it retries until it can", cause);
    sequencing = null;
  }

  private boolean batch(Sequencing sequencing) {
    Sequencing.Batch batch =
        Objects.requireNonNull(
            transactions.execute(status -> {
              Sequencing.Batch done =
                  Objects.requireNonNull(
                      sql.execute(
                          (ConnectionCallback<Sequencing.Batch>)
                              connection -> sequencing.next(connection, clock.instant())));
              publish(done);
              return done;
            }));
    SignedHead head = batch.head();
    if (head != null) {
      state.head(head);
      appended.increment(batch.appended().size());
      state.pending(batch.more() ? countPending() : 0);
    }
    if (!batch.appended().isEmpty()) {
      signals.entriesAppended().signal();
    }
    return batch.more();
  }

  private long countPending() {
    return Optional.ofNullable(
            sql.queryForObject(
                "SELECT count(*) FROM (SELECT 1 FROM ledger_pending LIMIT 100000) AS waiting",
                Long.class))
        .orElse(0L);
  }

  private void publish(Sequencing.Batch batch) {
    SignedHead head = batch.head();
    if (head == null || !batch.signed()) {
      return;
    }
    Caller.system(Caller.NO_WORKSPACE)
        .run(() ->
            outbox.append(
                new ComplianceEvent.HeadSigned(
                    head.treeSize(), head.root(), head.signedAt(), head.signature(), head.keyId()),
                "ledger",
                head.signedAt().toEpochMilli()));
    batch.appended().stream()
        .filter(entry -> settings.receiptSources().contains(entry.source()))
        .forEach(this::publishReceipt);
  }

  private void publishReceipt(Sequencing.Appended entry) {
    UUID workspace = Sequencing.workspace(entry);
    Optional<UUID> event = uuid(entry.eventId());
    if (workspace != null && event.isPresent()) {
      Caller.system(workspace)
          .run(() ->
              outbox.append(
                  new ComplianceEvent.ReceiptIssued(
                      entry.source(), event.get(), entry.type(), entry.subject(), entry.index()),
                  "receipt/" + entry.index(),
                  1));
    }
  }

  private static Optional<UUID> uuid(String text) {
    try {
      return Optional.of(UUID.fromString(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
