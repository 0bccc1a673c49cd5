package io.plumbline.evaluation.run.turn;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/**
 * Detects that nothing a run asks is answered: every question under way waits for its next attempt.
 * Then it can hold these attempts, while another run is measured. Each question is asked by a
 * thread of its own, which reports here.
 */
public final class OutageDetector {

  private static final ScopedValue<OutageDetector> CURRENT = ScopedValue.newInstance();

  private final InstantSource clock;
  private final Map<Thread, String> waiting = new HashMap<>();
  private final Set<Thread> calling = new HashSet<>();
  private @Nullable Instant since;
  private @Nullable String lastError;
  private boolean replied;
  private boolean held;

  public OutageDetector(InstantSource clock) {
    this.clock = clock;
  }

  /** Asks a question, whose replies are reported by the static methods. */
  public <T> T watch(Callable<T> question) throws Exception {
    try {
      return ScopedValue.where(CURRENT, this).call(question::call);
    } finally {
      ended();
    }
  }

  /**
   * Reports that the current question is going to be asked, once its run may ask.
   *
   * @throws CancellationException when the run ends meanwhile
   */
  public static void reportAttempt() {
    if (CURRENT.isBound()) {
      CURRENT.get().attempt();
    }
  }

  /**
   * Reports that the current question got no answer and is going to be asked again.
   *
   * @param ofProvider whether the model's server is at fault, and not the platform
   */
  public static void reportUnavailable(String reason, boolean ofProvider) {
    if (CURRENT.isBound()) {
      CURRENT.get().unavailable(reason, ofProvider);
    }
  }

  /** Reports that the current question got a reply, which may be a refusal. */
  public static void reportReply() {
    if (CURRENT.isBound()) {
      CURRENT.get().replied();
    }
  }

  private synchronized void attempt() {
    try {
      while (held) {
        wait();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("The run has ended");
    }
    calling.add(Thread.currentThread());
  }

  private synchronized void unavailable(String reason, boolean ofProvider) {
    calling.remove(Thread.currentThread());
    waiting.put(Thread.currentThread(), reason);
    lastError = reason;
    if (!ofProvider) {
      since = null;
    } else if (since == null) {
      since = clock.instant();
    }
  }

  private synchronized void replied() {
    calling.remove(Thread.currentThread());
    waiting.remove(Thread.currentThread());
    since = null;
    lastError = null;
    replied = true;
  }

  private synchronized void ended() {
    calling.remove(Thread.currentThread());
    waiting.remove(Thread.currentThread());
  }

  /**
   * Returns the last error while all questions under way wait; empty while one of them may be
   * answered.
   *
   * @param underWay how many questions there are
   */
  public synchronized Optional<String> outage(int underWay) {
    return underWay > 0 && waiting.size() >= underWay
        ? Optional.ofNullable(lastError)
        : Optional.empty();
  }

  /**
   * Holds the next attempts in an outage.
   *
   * @return false, and nothing is held, when an attempt is under way or the outage has ended
   */
  public synchronized boolean hold(int underWay) {
    held = calling.isEmpty() && outage(underWay).isPresent();
    return held;
  }

  /**
   * Lets questions be asked again.
   *
   * @param uncounted time of the outage in which none could be
   */
  public synchronized void goOn(Duration uncounted) {
    held = false;
    if (since != null) {
      since = since.plus(uncounted);
    }
    notifyAll();
  }

  /**
   * Whether there was no reply at all, to any question, and nothing but failures of the model's
   * server for this long.
   */
  public synchronized boolean neverReplied(Duration patience) {
    return !replied && since != null && !since.plus(patience).isAfter(clock.instant());
  }
}
