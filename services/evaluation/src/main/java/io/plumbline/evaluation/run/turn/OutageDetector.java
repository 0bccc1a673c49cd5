package io.plumbline.evaluation.run.turn;

import io.plumbline.evaluation.inference.InferenceClient;
import io.plumbline.evaluation.inference.Reply.Cause;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a failure of the model counts, and detects outages of a run. Each question has
 * its own thread, which reports here.
 *
 * <p>A failure counts as soon as a call that began after it is answered. While every question under
 * way has failed, one of them is a probe: if it is answered, the failures count. If {@value
 * #PROBES} probes in a row fail too, the server is away and the run pauses. What failed is asked
 * again when a probe is answered, and does not count.
 *
 * <p>A limited call is asked again later and does not count. A server that limits calls limits all
 * of them, so a question that was answered before is sent at once. If the server answers it, only
 * the limited call was refused. A question that was refused {@value #MAX_LIMITS} times in a row, or
 * any when more calls were refused than the run may have failures, has failed.
 *
 * <p>In an outage, every question under way waits for its next attempt. Such questions can be held
 * while another run is measured.
 */
public final class OutageDetector {

  /**
   * The result of a probe.
   *
   * @param answered whether the server answered it, if only to refuse it
   * @param failed whether the model failed it; otherwise nothing is known, since it was not asked
   * @param pause the shortest time until the next one
   */
  public record Probed(boolean answered, boolean failed, Duration pause, String reason) {}

  /**
   * The calls and pauses that do not count.
   *
   * @param retries the calls beyond the one per question that counts, probes included
   * @param pauses how often the run paused because the model's server was away
   */
  public record Uncounted(int retries, int pauses) {

    public static final Uncounted NONE = new Uncounted(0, 0);
  }

  /** A failure of the model that is not decided yet. */
  private static final class Pending {

    private final int after;
    private final Supplier<Probed> probe;
    private @Nullable Boolean counts;

    Pending(int after, Supplier<Probed> probe) {
      this.after = after;
      this.probe = probe;
    }
  }

  /** The number of probes in a row that fail before the run pauses. */
  static final int PROBES = 3;

  /** The number of limited calls in a row of a question, while others are answered. */
  static final int MAX_LIMITS = 5;

  /** The time after a limited call in which the server still has to limit others. */
  private static final Duration MAX_PROBE_DELAY = Duration.ofMillis(500);

  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration MAX_PAUSE = Duration.ofSeconds(30);
  private static final ScopedValue<OutageDetector> CURRENT = ScopedValue.newInstance();

  private final InstantSource clock;
  private final int tolerated;
  private final Map<Thread, Integer> limits = new HashMap<>();
  private int limitedAlone;
  private final Set<Thread> open = new HashSet<>();
  private final Deque<Pending> pending = new ArrayDeque<>();
  private @Nullable Supplier<Probed> answered;
  private boolean probing;
  private boolean paused;
  private int failedProbes;
  private Duration requestedPause = Duration.ZERO;
  private int attempts;
  private int retries;
  private int pauses;
  private Instant lastReply;
  private final Map<Thread, String> waiting = new HashMap<>();
  private final Set<Thread> calling = new HashSet<>();
  private @Nullable Instant failingSince;
  private @Nullable String lastError;
  private boolean replied;
  private boolean held;

  /**
   * Creates a detector for a run.
   *
   * @param tolerated the number of items that may fail before the run does
   */
  public OutageDetector(InstantSource clock, int tolerated) {
    this.clock = clock;
    this.tolerated = Math.max(MAX_LIMITS, tolerated);
    this.lastReply = clock.instant();
  }

  /** Reports that the current thread begins to ask a question of the run. */
  public static void openQuestion() {
    if (CURRENT.isBound()) {
      CURRENT.get().addOpen();
    }
  }

  /** Reports that the current thread has the result of its question. */
  public static void closeQuestion() {
    if (CURRENT.isBound()) {
      CURRENT.get().removeOpen();
    }
  }

  /** Reports that a question is sent once more, and that its last call does not count. */
  public static void reportRetry() {
    if (CURRENT.isBound()) {
      CURRENT.get().addRetry();
    }
  }

  /**
   * Reports that the model answered the current question.
   *
   * @param attempt the number of the attempt
   * @param probe sends the question again, to learn later whether the server answers
   */
  public static void reportAnswer(int attempt, Supplier<Probed> probe) {
    if (CURRENT.isBound()) {
      CURRENT.get().recordAnswer(attempt, probe);
    }
  }

  /**
   * Waits until it is known whether a failure of the model counts. Outside of a run, every failure
   * counts.
   *
   * @param probe sends a question, to learn whether the server answers
   * @return false when the server was away and the question is to be sent again
   */
  public static boolean failureCounts(String reason, Supplier<Probed> probe)
      throws InterruptedException {
    return !CURRENT.isBound() || CURRENT.get().awaitDecision(reason, probe);
  }

  /**
   * Reports that the server limited the current question, and returns whether that counts as a
   * failure of the model, because the server answers another question at the same time.
   */
  public static boolean limitCounts(String reason) {
    return CURRENT.isBound() && CURRENT.get().isLimitedAlone(reason);
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
   * @return the number of the attempt
   * @throws CancellationException when the run ends meanwhile
   */
  public static int reportAttempt() {
    return CURRENT.isBound() ? CURRENT.get().recordAttempt() : 0;
  }

  /**
   * Reports that the current question got no answer and will be sent again.
   *
   * @param cause whose failure it is
   */
  public static void reportUnavailable(String reason, Cause cause) {
    if (CURRENT.isBound()) {
      CURRENT.get().recordUnavailable(reason, cause);
    }
  }

  /** Reports that the current question got a reply, which may be a refusal. */
  public static void reportReply() {
    if (CURRENT.isBound()) {
      CURRENT.get().recordReply();
    }
  }

  private synchronized void addOpen() {
    open.add(Thread.currentThread());
  }

  private synchronized void removeOpen() {
    open.remove(Thread.currentThread());
    limits.remove(Thread.currentThread());
    notifyAll();
  }

  private boolean isLimitedAlone(String reason) {
    Instant limited = clock.instant();
    Optional<Supplier<Probed>> probe = recordLimit(reason);
    if (probe.isEmpty()) {
      return false;
    }
    recordAttempt();
    try {
      return !clock.instant().isAfter(limited.plus(MAX_PROBE_DELAY))
          && recordLimitProbe(InferenceClient.callOnce(probe.get()));
    } finally {
      endLimitProbe();
    }
  }

  /** Returns the probe for a limited call; empty while no question was answered. */
  private synchronized Optional<Supplier<Probed>> recordLimit(String reason) {
    recordUnavailable(reason, Cause.LIMIT);
    return Optional.ofNullable(answered);
  }

  private synchronized boolean recordLimitProbe(Probed probed) {
    retries++;
    if (!probed.answered()) {
      limits.remove(Thread.currentThread());
      return false;
    }
    lastReply = clock.instant();
    failingSince = null;
    limitedAlone++;
    int inARow = limits.merge(Thread.currentThread(), 1, Integer::sum);
    return inARow >= MAX_LIMITS || limitedAlone > tolerated;
  }

  private synchronized void endLimitProbe() {
    calling.remove(Thread.currentThread());
    notifyAll();
  }

  private synchronized void addRetry() {
    retries++;
  }

  private synchronized void recordAnswer(int attempt, Supplier<Probed> probe) {
    answered = probe;
    decide(attempt);
  }

  /** Decides the failures before an attempt that was answered. */
  private void decide(int attempt) {
    for (Pending each : pending) {
      if (each.after < attempt) {
        each.counts = !paused;
      }
    }
    pending.removeIf(each -> each.counts != null);
    paused = false;
    failedProbes = 0;
    notifyAll();
  }

  private boolean awaitDecision(String reason, Supplier<Probed> probe) throws InterruptedException {
    Pending own = addPending(reason, probe);
    try {
      while (isToProbe(own)) {
        probe(own);
      }
    } finally {
      removePending(own);
    }
    return Boolean.TRUE.equals(own.counts);
  }

  private synchronized Pending addPending(String reason, Supplier<Probed> probe) {
    recordUnavailable(reason, Cause.MODEL);
    Pending own = new Pending(attempts, probe);
    pending.add(own);
    notifyAll();
    return own;
  }

  /** Waits until a failure is decided, or until its question is to be the probe. */
  private synchronized boolean isToProbe(Pending own) throws InterruptedException {
    while (own.counts == null
        && (probing || pending.peek() != own || pending.size() < open.size())) {
      wait();
    }
    if (own.counts != null) {
      return false;
    }
    probing = true;
    return true;
  }

  private synchronized Supplier<Probed> probeOf(Pending own) {
    return answered == null ? own.probe : answered;
  }

  /** Sends the probe for all failures that are not decided, after the pause since the last one. */
  private void probe(Pending own) throws InterruptedException {
    try {
      Thread.sleep(nextPause());
      int attempt = recordAttempt();
      recordProbe(own, attempt, probeOf(own).get());
    } finally {
      endProbe();
    }
  }

  private synchronized Duration nextPause() {
    Duration doubled =
        failedProbes == 0
            ? Duration.ZERO
            : FIRST_PAUSE.multipliedBy(1L << Math.min(failedProbes - 1, 5));
    return Collections.min(List.of(Collections.max(List.of(doubled, requestedPause)), MAX_PAUSE));
  }

  private synchronized void recordProbe(Pending own, int attempt, Probed probed) {
    retries++;
    requestedPause = Duration.ZERO;
    if (probed.answered()) {
      lastReply = clock.instant();
      failingSince = null;
      decide(attempt);
      return;
    }
    if (own.counts != null) {
      return;
    }
    requestedPause = probed.pause();
    if (probed.failed()) {
      lastError = probed.reason();
      failedProbes++;
      if (failedProbes == PROBES) {
        paused = true;
        pauses++;
      }
    }
    // Another question is the next probe, in case that the server fails because of this one.
    pending.remove(own);
    pending.addLast(own);
  }

  private synchronized void endProbe() {
    calling.remove(Thread.currentThread());
    probing = false;
    notifyAll();
  }

  private synchronized void removePending(Pending own) {
    pending.remove(own);
    waiting.remove(Thread.currentThread());
    if (Boolean.FALSE.equals(own.counts)) {
      retries++;
    }
    notifyAll();
  }

  private synchronized int recordAttempt() {
    try {
      while (held) {
        wait();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("The run has ended");
    }
    calling.add(Thread.currentThread());
    attempts++;
    return attempts;
  }

  private synchronized void recordUnavailable(String reason, Cause cause) {
    calling.remove(Thread.currentThread());
    waiting.put(Thread.currentThread(), reason);
    lastError = reason;
    if (cause == Cause.PLATFORM) {
      failingSince = null;
    } else if (cause == Cause.MODEL && failingSince == null) {
      failingSince = clock.instant();
    }
  }

  private synchronized void recordReply() {
    calling.remove(Thread.currentThread());
    waiting.remove(Thread.currentThread());
    failingSince = null;
    lastError = null;
    lastReply = clock.instant();
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
    lastReply = lastReply.plus(uncounted);
    notifyAll();
  }

  /**
   * Returns whether no question got any reply, and nothing but failures of the model's server for
   * the given time.
   */
  public synchronized boolean isUnreachableFor(Duration timeout) {
    return !replied && failingSince != null && !failingSince.plus(timeout).isAfter(clock.instant());
  }

  /** Returns whether no question got any reply for the given time, whatever caused the failures. */
  public synchronized boolean isStalledFor(Duration timeout) {
    return !lastReply.plus(timeout).isAfter(clock.instant());
  }

  /** Returns the calls that did not count since the last call of this method. */
  public synchronized Uncounted takeUncounted() {
    Uncounted taken = new Uncounted(retries, pauses);
    retries = 0;
    pauses = 0;
    return taken;
  }
}
