package io.plumbline.evaluation.run;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * Detects that nothing a run asks is answered: every question under way waits for its next attempt.
 * Each question is asked by a thread of its own, which reports here.
 */
final class OutageDetector {

  private static final ScopedValue<OutageDetector> CURRENT = ScopedValue.newInstance();

  private final InstantSource clock;
  private final Map<Thread, String> waiting = new HashMap<>();
  private @Nullable Instant since;
  private @Nullable String lastError;
  private boolean replied;

  OutageDetector(InstantSource clock) {
    this.clock = clock;
  }

  /** Asks a question, whose replies are reported by the static methods. */
  <T> T watch(Callable<T> question) throws Exception {
    try {
      return ScopedValue.where(CURRENT, this).call(question::call);
    } finally {
      ended();
    }
  }

  /**
   * Reports that the current question got no answer and is going to be asked again.
   *
   * @param ofProvider whether the model's server is at fault, and not the platform
   */
  static void reportUnavailable(String reason, boolean ofProvider) {
    if (CURRENT.isBound()) {
      CURRENT.get().unavailable(reason, ofProvider);
    }
  }

  /** Reports that the current question got a reply, be it a refusal. */
  static void reportReply() {
    if (CURRENT.isBound()) {
      CURRENT.get().replied();
    }
  }

  private synchronized void unavailable(String reason, boolean ofProvider) {
    waiting.put(Thread.currentThread(), reason);
    lastError = reason;
    if (!ofProvider) {
      since = null;
    } else if (since == null) {
      since = clock.instant();
    }
  }

  private synchronized void replied() {
    waiting.remove(Thread.currentThread());
    since = null;
    lastError = null;
    replied = true;
  }

  private synchronized void ended() {
    waiting.remove(Thread.currentThread());
  }

  /**
   * The last error while all questions under way wait; empty while one of them may be answered.
   *
   * @param underWay how many questions there are
   */
  synchronized Optional<String> outage(int underWay) {
    return underWay > 0 && waiting.size() >= underWay
        ? Optional.ofNullable(lastError)
        : Optional.empty();
  }

  /**
   * Whether there was no reply at all, to any question, and nothing but failures of the model's
   * server for this long.
   */
  synchronized boolean neverReplied(Duration patience) {
    return !replied && since != null && !since.plus(patience).isAfter(clock.instant());
  }
}
