package io.plumbline.compliance.witness;

import io.plumbline.compliance.ledger.Ledger;
import io.plumbline.compliance.ledger.head.SignedHead;
import io.plumbline.compliance.ledger.head.SignedHeads;
import java.io.IOException;
import java.security.PublicKey;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Has the newest kept head cosigned by every configured witness. A witness that does not answer is
 * asked again later: nothing waits for it, and its absence raises an alert.
 */
final class Cosigning {

  private static final Logger log = LoggerFactory.getLogger(Cosigning.class);

  private final List<WitnessClient> witnesses;
  private final Ledger ledger;
  private final JdbcTemplate sql;
  private final LongSupplier nanos;
  private final AtomicLong lastComplete;

  /**
   * @param nanos as {@link System#nanoTime}
   */
  Cosigning(List<WitnessClient> witnesses, Ledger ledger, JdbcTemplate sql, LongSupplier nanos) {
    this.witnesses = List.copyOf(witnesses);
    this.ledger = ledger;
    this.sql = sql;
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
    boolean complete = true;
    for (WitnessClient each : witnesses) {
      complete &= isCosigned(each, newest.get(), key);
    }
    if (complete) {
      lastComplete.set(nanos.getAsLong());
    }
  }

  private boolean isCosigned(WitnessClient witness, SignedHead head, PublicKey key)
      throws InterruptedException {
    long last = on(connection -> new Cosignatures(connection).lastSize(witness.witness()));
    if (last >= head.treeSize() && last > 0) {
      return true;
    }
    try {
      SignedNote.Signature cosignature =
          witness.cosign(
              head, key, last, from -> ledger.proveConsistency(from, head.treeSize()).path());
      on(connection -> {
        new Cosignatures(connection).store(witness.witness(), head.treeSize(), cosignature);
        return true;
      });
      return true;
    } catch (IOException | IllegalArgumentException e) {
      log.warn(
          "The witness {} has not cosigned the head over {} entries. It is asked again later: {}",
          witness.witness().name(),
          head.treeSize(),
          e.toString());
      return false;
    }
  }

  private <T> T on(ConnectionCallback<T> work) {
    return Objects.requireNonNull(sql.execute(work));
  }

  /** Returns the seconds since the newest kept head was last cosigned by every witness. */
  double secondsSinceComplete() {
    return witnesses.isEmpty() ? 0 : (nanos.getAsLong() - lastComplete.get()) / 1e9;
  }
}
