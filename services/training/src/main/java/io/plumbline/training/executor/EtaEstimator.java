package io.plumbline.training.executor;

import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Estimates the remaining time from the speed so far: embedding is measured by texts, training by
 * epochs.
 */
final class EtaEstimator {

  private final int epochs;
  private final LongSupplier nanoTime;
  private long started;
  private int epochsBefore = -1;
  private @Nullable Long eta;

  /**
   * @param nanoTime the time as {@link System#nanoTime()} returns it
   */
  EtaEstimator(int epochs, LongSupplier nanoTime) {
    this.epochs = epochs;
    this.nanoTime = nanoTime;
  }

  void start() {
    started = nanoTime.getAsLong();
    epochsBefore = -1;
    eta = null;
  }

  void recordEmbedded(int done, int total) {
    eta = remainingSeconds(done, total);
    if (done == total) {
      started = nanoTime.getAsLong();
    }
  }

  /**
   * Records the end of an epoch. The first one that is reported may follow epochs of an earlier
   * run.
   */
  void recordEpoch(int number) {
    if (epochsBefore < 0) {
      epochsBefore = number - 1;
    }
    eta = remainingSeconds(number - epochsBefore, epochs - epochsBefore);
  }

  private long remainingSeconds(int done, int total) {
    double elapsed = (nanoTime.getAsLong() - started) / 1e9;
    return (long) Math.ceil(elapsed / done * (total - done));
  }

  /**
   * @return the seconds that remain; null until something was measured
   */
  @Nullable Long etaSeconds() {
    return eta;
  }
}
