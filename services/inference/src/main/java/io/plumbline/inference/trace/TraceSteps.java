package io.plumbline.inference.trace;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The steps of one request, recorded as they are taken. One step may be taken within another: rows
 * are retrieved while a prompt is rendered.
 */
public final class TraceSteps {

  /** The maximum number of steps, more than a request takes; later steps are not kept. */
  static final int MAX_STEPS = 64;

  private static final ScopedValue<TraceSteps> CURRENT = ScopedValue.newInstance();

  /** The kind of a step. */
  public enum Kind {
    RESOLVE,
    CACHE,
    RENDER,
    RETRIEVE,
    /** Fitting the request into the model's context window. */
    FIT,
    CALL,
    CHECK
  }

  /**
   * A step.
   *
   * @param startMicros the time after the request arrived
   * @param details short details without any content of the caller
   */
  public record Step(
      Kind kind, long startMicros, long durationMicros, Map<String, String> details) {

    public Step {
      details = Map.copyOf(details);
    }
  }

  private final long started;
  private final List<Step> taken = new ArrayList<>();

  /**
   * Creates the steps of a request.
   *
   * @param started {@link System#nanoTime()} when the request arrived
   */
  public TraceSteps(long started) {
    this.started = started;
  }

  /** Takes a step of the current thread's request; without a request, only the work is done. */
  public static <T> T runStepIfTraced(Kind kind, Supplier<T> work) {
    if (!CURRENT.isBound()) {
      return work.get();
    }
    return CURRENT.get().runStep(kind, work);
  }

  /**
   * Takes a step whose details depend on its result.
   *
   * @param details returns the details of a result; a step that fails has none
   */
  public static <T> T runStepIfTraced(
      Kind kind, Supplier<T> work, Function<T, Map<String, String>> details) {
    if (!CURRENT.isBound()) {
      return work.get();
    }
    long from = System.nanoTime();
    Map<String, String> recorded = Map.of();
    try {
      T result = work.get();
      recorded = details.apply(result);
      return result;
    } finally {
      CURRENT.get().record(kind, from, recorded);
    }
  }

  /** Takes a step, within which {@link #runStepIfTraced} takes others. */
  public <T> T runStep(Kind kind, Supplier<T> work) {
    return runStep(kind, Map.of(), work);
  }

  public <T> T runStep(Kind kind, Map<String, String> details, Supplier<T> work) {
    long from = System.nanoTime();
    try {
      return ScopedValue.where(CURRENT, this).call(work::get);
    } finally {
      record(kind, from, details);
    }
  }

  /**
   * Records a step that ends now.
   *
   * @param from {@link System#nanoTime()} when it began
   */
  public void record(Kind kind, long from, Map<String, String> details) {
    long now = System.nanoTime();
    synchronized (taken) {
      if (taken.size() < MAX_STEPS) {
        taken.add(new Step(kind, (from - started) / 1_000, (now - from) / 1_000, details));
      }
    }
  }

  /** Returns the steps in the order in which they ended. */
  public List<Step> recordedSteps() {
    synchronized (taken) {
      return List.copyOf(taken);
    }
  }
}
