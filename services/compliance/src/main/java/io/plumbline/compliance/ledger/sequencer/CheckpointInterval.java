package io.plumbline.compliance.ledger.sequencer;

import io.plumbline.compliance.ledger.head.SignedHead;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * When a head is signed again and when it is kept, by the time that passes in this process: a clock
 * that is set back must not silence the ledger.
 */
final class CheckpointInterval {

  /** At most one head in this time is kept permanently and published while entries arrive. */
  private static final Duration KEEP = Duration.ofSeconds(1);

  private final Duration idle;
  private final LongSupplier nanos;
  private @Nullable String seen;
  private long seenAt;
  private boolean keptOne;
  private long keptAt;

  /**
   * @param idle how often a head is signed while nothing is appended
   * @param nanos as {@link System#nanoTime}
   */
  CheckpointInterval(Duration idle, LongSupplier nanos) {
    this.idle = idle;
    this.nanos = nanos;
  }

  /** Whether the newest head has been the newest for so long that it has to be signed again. */
  boolean isDue(Optional<SignedHead> fresh) {
    if (fresh.isEmpty()) {
      return true;
    }
    if (!fresh.get().signature().equals(seen)) {
      seen = fresh.get().signature();
      seenAt = nanos.getAsLong();
    }
    return nanos.getAsLong() - seenAt >= idle.toNanos();
  }

  /** This process signed the newest head. */
  void signed(SignedHead head) {
    seen = head.signature();
    seenAt = nanos.getAsLong();
  }

  boolean mayKeep() {
    return !keptOne || nanos.getAsLong() - keptAt >= KEEP.toNanos();
  }

  void kept() {
    keptOne = true;
    keptAt = nanos.getAsLong();
  }
}
