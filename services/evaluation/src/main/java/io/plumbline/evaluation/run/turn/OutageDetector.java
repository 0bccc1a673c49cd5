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
 * Detects outages of a run, in which every question under way waits for its next attempt. It can
 * then hold these attempts while another run is measured. Each question has its own thread, which
 * reports here.
 */
public final class OutageDetector {

  private static final ScopedValue<OutageDetector> CURRENT = ScopedValue.newInstance();

  private final InstantSource clock;
  private final Map<Thread, String> waiting = new HashMap<>();
  private final Set<Thread> calling = new HashSet<>();
  private @Nullable Instant failingSince;
  private @Nullable String lastError;
  private boolean replied;
  private boolean held;

  public OutageDetector(InstantSource clock) {
    this.clock = clock;
  }

  /** Asks a question whose attempts and replies the static methods report. */
  public <T> T callWatched(Callable<T> question) throws Exception {
    try {
      return ScopedValue.where(CURRENT, this).call(question::call);
    } finally {
      questionEnded();
    }
  }

  /**
   * Reports that the current question is about to be sent. It waits while attempts are held.
   *
   * @throws CancellationException when the run ends meanwhile
   */
  public static void reportAttempt() {
    if (CURRENT.isBound()) {
      CURRENT.get().recordAttempt();
    }
  }

  /**
   * Reports that the current question got no answer and will be sent again.
   *
   * @param ofProvider whether the model's server is at fault, and not the platform
   */
  public static void reportUnavailable(String reason, boolean ofProvider) {
    if (CURRENT.isBound()) {
      CURRENT.get().recordUnavailable(reason, ofProvider);
    }
  }

  /** Reports that the current question got a reply, which may be a refusal. */
  public static void reportReply() {
    if (CURRENT.isBound()) {
      CURRENT.get().recordReply();
    }
  }

  private synchronized void recordAttempt() {
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

  private synchronized void recordUnavailable(String reason, boolean ofProvider) {
    calling.remove(Thread.currentThread());
    waiting.put(Thread.currentThread(), reason);
    lastError = reason;
    if (!ofProvider) {
      failingSince = null;
    } else if (failingSince == null) {
      failingSince = clock.instant();
    }
  }

  private synchronized void recordReply() {
    calling.remove(Thread.currentThread());
    waiting.remove(Thread.currentThread());
    failingSince = null;
    lastError = null;
    replied = true;
  }

  private synchronized void questionEnded() {
    calling.remove(Thread.currentThread());
    waiting.remove(Thread.currentThread());
  }

  /**
   * Returns the last error while all questions under way wait for their next attempt; empty while
   * one of them may be answered.
   *
   * @param underWay how many questions there are
   */
  public synchronized Optional<String> outageCause(int underWay) {
    if (underWay <= 0 || waiting.size() < underWay) {
      return Optional.empty();
    }
    return Optional.ofNullable(lastError);
  }

  /**
   * Holds the next attempts of all questions, if the run is in an outage.
   *
   * @return whether they are held; false when an attempt is under way or the outage has ended
   */
  public synchronized boolean holdAttempts(int underWay) {
    held = calling.isEmpty() && outageCause(underWay).isPresent();
    return held;
  }

  /**
   * Lets questions be sent again.
   *
   * @param uncounted the time in which none could be sent, which does not count for the outage
   */
  public synchronized void resumeAttempts(Duration uncounted) {
    held = false;
    if (failingSince != null) {
      failingSince = failingSince.plus(uncounted);
    }
    notifyAll();
  }

  /**
   * Returns whether no question got any reply, and nothing but failures of the model's server for
   * the given time.
   */
  public synchronized boolean isUnreachableFor(Duration timeout) {
    return !replied && failingSince != null && !failingSince.plus(timeout).isAfter(clock.instant());
  }
}
