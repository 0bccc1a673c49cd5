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
 * Detects that a run gets no answers at all: every question under way waits for its next attempt.
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

  /** Reports that the current question got no answer and is going to be asked again. */
  static void reportUnavailable(String reason) {
    if (CURRENT.isBound()) {
      CURRENT.get().unavailable(reason);
    }
  }

  /** Reports that the current question got a reply, which may be a refusal. */
  static void reportReply() {
    if (CURRENT.isBound()) {
      CURRENT.get().replied();
    }
  }

  private synchronized void unavailable(String reason) {
    waiting.put(Thread.currentThread(), reason);
    lastError = reason;
    if (since == null) {
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
   * Returns the last error while all questions under way wait; empty while one of them may be
   * answered.
   *
   * @param underWay how many questions there are
   */
  synchronized Optional<String> outage(int underWay) {
    return underWay > 0 && waiting.size() >= underWay
        ? Optional.ofNullable(lastError)
        : Optional.empty();
  }

  /** Returns whether there has been no reply to any question for at least this long. */
  synchronized boolean neverReplied(Duration patience) {
    return !replied && since != null && !since.plus(patience).isAfter(clock.instant());
  }
}
