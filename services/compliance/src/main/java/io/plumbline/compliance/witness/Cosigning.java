package io.plumbline.compliance.witness;

import io.plumbline.compliance.ledger.Ledger;
import io.plumbline.compliance.ledger.head.SignedHead;
import io.plumbline.compliance.ledger.head.SignedHeads;
import java.io.IOException;
import java.security.PublicKey;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Has the newest kept head cosigned by every configured witness, all at the same time. A witness
 * that does not answer is asked again later: nothing waits for it, and its absence raises an alert.
 */
final class Cosigning {

  private static final Logger log = LoggerFactory.getLogger(Cosigning.class);

  private final List<WitnessClient> witnesses;
  private final Ledger ledger;
  private final JdbcTemplate sql;
  private final Duration deadline;
  private final LongSupplier nanos;
  private final AtomicLong lastComplete;

  /**
   * @param deadline the time for a witness to cosign
   * @param nanos as {@link System#nanoTime}
   */
  Cosigning(
      List<WitnessClient> witnesses,
      Ledger ledger,
      JdbcTemplate sql,
      Duration deadline,
      LongSupplier nanos) {
    this.witnesses = List.copyOf(witnesses);
    this.ledger = ledger;
    this.sql = sql;
    this.deadline = deadline;
    this.nanos = nanos;
    this.lastComplete = new AtomicLong(nanos.getAsLong());
  }

  /** Asks every witness that has not cosigned the newest kept head. */
  void run() throws InterruptedException {
    Optional<SignedHead> newest = on(connection -> new SignedHeads(connection).newestKept());
    if (newest.isEmpty()) {
      return;
    }
    Map<String, PublicKey> keys = on(connection -> new SignedHeads(connection).keys());
    PublicKey key = Objects.requireNonNull(keys.get(newest.get().keyId()));
    List<Callable<Boolean>> requests =
        witnesses.stream()
            .map(each -> (Callable<Boolean>) () -> isCosigned(each, newest.get(), key))
            .toList();
    if (countCosigned(requests) == witnesses.size()) {
      lastComplete.set(nanos.getAsLong());
    }
  }

  /** Runs all requests at once, and returns how many were cosigned before the deadline. */
  private int countCosigned(List<Callable<Boolean>> requests) throws InterruptedException {
    ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    try {
      int cosigned = 0;
      for (Future<Boolean> each :
          threads.invokeAll(requests, deadline.toMillis(), TimeUnit.MILLISECONDS)) {
        if (each.state() == Future.State.SUCCESS && each.resultNow()) {
          cosigned++;
        }
      }
      return cosigned;
    } finally {
      threads.shutdownNow();
    }
  }

  private boolean isCosigned(WitnessClient witness, SignedHead head, PublicKey key)
      throws InterruptedException {
    try {
      long last = verifiedSize(witness);
      if (last >= head.treeSize() && last > 0) {
        return true;
      }
      SignedNote.Signature cosignature =
          witness.cosign(
              head, key, last, from -> ledger.proveConsistency(from, head.treeSize()).path());
      on(connection -> {
        new Cosignatures(connection).store(witness.witness(), head.treeSize(), cosignature);
        return true;
      });
      if (verifiedSize(witness) >= head.treeSize()) {
        return true;
      }
      log.warn(
          "The stored cosignature of the witness {} is not one that it made, and stands in the"
              + " place of its cosignature over {} entries. The owner of the database has to remove"
              + " it from the table ledger_cosignature",
          witness.witness().name(),
          head.treeSize());
    } catch (IOException | RuntimeException e) {
      log.warn(
          "The witness {} has not cosigned the head over {} entries. It is asked again later: {}",
          witness.witness().name(),
          head.treeSize(),
          e.toString());
    }
    return false;
  }

  private long verifiedSize(WitnessClient witness) {
    return on(connection -> new Cosignatures(connection).find(witness.witness()))
        .map(Cosignatures.Verified::treeSize)
        .orElse(0L);
  }

  private <T> T on(ConnectionCallback<T> work) {
    return Objects.requireNonNull(sql.execute(work));
  }

  /** Returns the seconds since the newest kept head was last cosigned by every witness. */
  double secondsSinceComplete() {
    return witnesses.isEmpty() ? 0 : (nanos.getAsLong() - lastComplete.get()) / 1e9;
  }
}
