package io.plumbline.compliance.ledger.sequencer;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.plumbline.compliance.ledger.LedgerSignals;
import io.plumbline.compliance.ledger.LedgerState;
import io.plumbline.compliance.ledger.head.SignedHead;
import io.plumbline.platform.observability.Metrics;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Appends pending messages, batch after batch, and publishes the signed heads. It retries a failed
 * batch without limit, because the ledger may stop but must not leave out a message.
 */
final class Sequencer {

  private static final Logger log = LoggerFactory.getLogger(Sequencer.class);
  private static final Duration POLL = Duration.ofMillis(250);

  /**
   * The time in which messages are gathered for the next batch, so that they share one commit and
   * one signature under load.
   */
  private static final Duration GATHER = Duration.ofMillis(20);

  private static final int MAX_COUNTED = 100_000;

  private final Supplier<BatchSequencer> start;
  private final LedgerTransactions transactions;
  private final Consumer<BatchSequencer.Batch> publication;
  private final Clock clock;
  private final LedgerState state;
  private final LedgerSignals signals;
  private final LargestKnownHead memory;
  private final Counter appended;
  private @Nullable BatchSequencer batchSequencer;

  /**
   * Creates a sequencer that opens its key at the first run.
   *
   * @param start opens the key and starts to append with it, again after each failure
   * @param publication publishes the result of a batch, in the transaction of the batch
   */
  Sequencer(
      Supplier<BatchSequencer> start,
      LedgerTransactions transactions,
      Consumer<BatchSequencer.Batch> publication,
      Clock clock,
      LedgerState state,
      LedgerSignals signals,
      LargestKnownHead memory,
      MeterRegistry meters) {
    this.start = start;
    this.transactions = transactions;
    this.publication = publication;
    this.clock = clock;
    this.state = state;
    this.signals = signals;
    this.memory = memory;
    this.appended = Metrics.LEDGER_APPENDED.counter(meters);
  }

  /**
   * Appends one batch. Waits if nothing is pending, or if not all heads that were published before
   * the start are known yet.
   */
  void appendBatch() throws InterruptedException {
    if (!memory.isCaughtUp()) {
      signals.messagesArrived().await(POLL);
      return;
    }
    if (batchSequencer == null) {
      batchSequencer = start.get();
    }
    boolean more = runBatch(batchSequencer);
    state.recordSequencerSuccess();
    if (!more) {
      signals.messagesArrived().await(POLL);
      Thread.sleep(GATHER);
    }
  }

  void recordFailure(Throwable cause) {
    state.recordSequencerFailure(cause);
    log.error(
        "The ledger could not append the waiting messages. It retries without limit; until it"
            + " succeeds, no entry is added and no head is signed",
        cause);
    batchSequencer = null;
  }

  private boolean runBatch(BatchSequencer batchSequencer) {
    BatchSequencer.Batch batch =
        transactions.run(connection -> {
          BatchSequencer.Batch done =
              batchSequencer.appendNext(connection, clock.instant(), memory.largest());
          publication.accept(done);
          return done;
        });
    SignedHead head = batch.head();
    if (head != null) {
      if (batch.signed()) {
        memory.remember(head, batch.kept());
      }
      state.recordHead(head);
      appended.increment(batch.appended().size());
      state.recordPending(batch.more() ? countPending() : 0);
    }
    if (!batch.appended().isEmpty()) {
      signals.entriesAppended().signal();
    }
    return batch.more();
  }

  private long countPending() {
    return transactions.run(
        connection -> new SequencerTables(connection).countPending(MAX_COUNTED));
  }
}
