package io.plumbline.compliance.ledger.sequencer;

import io.plumbline.compliance.ledger.head.SignedHead;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Decides when a head is signed again and when one is kept permanently. It measures the time that
 * passes in this process, so that a clock that is set back cannot stop the heads.
 */
final class CheckpointInterval {

  /** The time in which at most one head is kept permanently and published while entries arrive. */
  private static final Duration KEEP = Duration.ofSeconds(1);

  private final Duration idle;
  private final LongSupplier nanos;
  private @Nullable String seen;
  private long seenAt;
  private boolean keptOne;
  private long keptAt;

  /**
   * Creates the interval.
   *
   * @param idle the time after which a head is signed again while nothing is appended
   * @param nanos a source of time like {@link System#nanoTime}
   */
  CheckpointInterval(Duration idle, LongSupplier nanos) {
    this.idle = idle;
    this.nanos = nanos;
  }

  /** Returns whether the newest head is so old that it has to be signed again. */
  boolean isSigningDue(Optional<SignedHead> fresh) {
    if (fresh.isEmpty()) {
      return true;
    }
    if (!fresh.get().signature().equals(seen)) {
      seen = fresh.get().signature();
      seenAt = nanos.getAsLong();
    }
    return nanos.getAsLong() - seenAt >= idle.toNanos();
  }

  /** Records that this process signed the newest head. */
  void recordSigned(SignedHead head) {
    seen = head.signature();
    seenAt = nanos.getAsLong();
  }

  /** Returns whether the last head was kept long enough ago that another one may be kept. */
  boolean canKeepHead() {
    return !keptOne || nanos.getAsLong() - keptAt >= KEEP.toNanos();
  }

  /** Records that this process kept a head permanently. */
  void recordKept() {
    keptOne = true;
    keptAt = nanos.getAsLong();
  }
}
