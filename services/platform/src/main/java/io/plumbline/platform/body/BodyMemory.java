package io.plumbline.platform.body;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.plumbline.platform.identity.CallerId;
import io.plumbline.platform.observability.Metrics;
import io.plumbline.platform.problem.CommonProblem;
import io.plumbline.platform.problem.Problem;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How much memory the bodies of all requests that are under way may take together: a limit per
 * request does not bound their number. Per process.
 *
 * <p>Bodies that arrive have an eighth of the heap, which counts as it fills: announcing a body
 * costs nothing. What they become has a quarter, by estimate; for that a request waits a moment
 * with its body. What a service holds between requests, and its answers, have the rest.
 *
 * <p>One caller has a quarter of either at most, or one body of the largest size where that is
 * more, so that those who send much or slowly are refused before anybody else is.
 */
final class BodyMemory {

  /** The texts made of the bytes, a canonical form, and buffers while they grow. */
  private static final int PER_BYTE = 7;

  /** A map of one entry with its name. */
  private static final int PER_NODE = 256;

  private static final int UNIT = 1_024;

  /** Callers of whom each has its whole share. */
  private static final int SHARES = 4;

  private final long mostArriving;
  private final long mostArrivingEach;
  private final int units;
  private final int unitsEach;
  private final Duration patience;
  private final AtomicLong arriving = new AtomicLong();
  private final Semaphore room;
  private final Map<CallerId, Held> callers = new ConcurrentHashMap<>();
  private final Counter refused;
  private final Counter limited;

  /**
   * @param largest the body that must fit when nothing else is under way
   * @param patience how long a request waits for room
   */
  BodyMemory(long heap, BodyLimits largest, Duration patience, MeterRegistry meters) {
    long largestBytes = largest.maxBytes().toBytes();
    int largestUnits = units(largestBytes, largest.maxNodes());
    this.mostArriving = Math.max(heap / 8, largestBytes);
    this.mostArrivingEach = Math.max(mostArriving / SHARES, largestBytes);
    this.units = Math.max(Math.toIntExact(heap / 4 / UNIT), largestUnits);
    this.unitsEach = Math.max(units / SHARES, largestUnits);
    this.patience = patience;
    // Not in turn: a small body does not wait behind one that wants more than there is.
    this.room = new Semaphore(units);
    this.refused = Metrics.BODIES_REFUSED.counter(meters);
    this.limited = Metrics.BODIES_LIMITED.counter(meters);
    Metrics.BODIES_MEMORY.gauge(meters, this, BodyMemory::used);
  }

  private static int units(long bytes, long nodes) {
    return Math.toIntExact((bytes * PER_BYTE + nodes * PER_NODE) / UNIT + 1);
  }

  Share share(CallerId caller) {
    return new Share(
        caller,
        callers.compute(caller, (id, held) -> (held == null ? new Held() : held).entered()));
  }

  long used() {
    return arriving.get() + (long) (units - room.availablePermits()) * UNIT;
  }

  private Problem full() {
    refused.increment();
    return new Problem(
            CommonProblem.UNAVAILABLE,
            "The service is reading as many large bodies as it has memory for. Send the request"
                + " again in a second.")
        .retryAfter(Duration.ofSeconds(1));
  }

  private Problem tooMuch() {
    limited.increment();
    return new Problem(
            CommonProblem.TOO_MUCH_UNDER_WAY,
            "Your requests under way have bodies as large as one caller's may be together. Wait"
                + " for their answers, then send this one again.")
        .retryAfter(Duration.ofSeconds(1));
  }

  /** It says nothing of the memory, and so it is not counted. */
  private static Problem interrupted() {
    return new Problem(
            CommonProblem.UNAVAILABLE,
            "The service is about to stop and reads no further body. Send the request again in a"
                + " second.")
        .retryAfter(Duration.ofSeconds(1));
  }

  /** What all requests of one caller hold; forgotten when the last of them ends. */
  private final class Held {

    private final AtomicLong arriving = new AtomicLong();
    private final Semaphore room = new Semaphore(unitsEach);
    private int requests;

    /** Within the map's lock of the caller, as {@link #left}. */
    Held entered() {
      requests++;
      return this;
    }

    boolean left() {
      return --requests == 0;
    }
  }

  /** What one request holds; used by one thread. */
  final class Share implements AutoCloseable {

    private final CallerId caller;
    private final Held held;
    private long arrived;
    private int takenOfCaller;
    private int taken;
    private boolean closed;

    private Share(CallerId caller, Held held) {
      this.caller = caller;
      this.held = held;
    }

    /**
     * @throws Problem 429 when the caller's bodies that are arriving have all they may, 503 when
     *     everybody's have
     */
    void arrive(int bytes) {
      if (held.arriving.addAndGet(bytes) > mostArrivingEach) {
        held.arriving.addAndGet(-bytes);
        throw tooMuch();
      }
      if (arriving.addAndGet(bytes) > mostArriving) {
        arriving.addAndGet(-bytes);
        held.arriving.addAndGet(-bytes);
        throw full();
      }
      arrived += bytes;
    }

    /**
     * Once, before anything is made of the body.
     *
     * @throws Problem when the requests under way make no room in time: 429 for the caller's own,
     *     503 for everybody's, and when the wait is interrupted
     */
    void process(int nodes) {
      int wanted = units(arrived, nodes);
      long until = System.nanoTime() + patience.toNanos();
      if (!acquired(held.room, wanted, until)) {
        throw tooMuch();
      }
      takenOfCaller = wanted;
      if (!acquired(room, wanted, until)) {
        throw full();
      }
      taken = wanted;
    }

    private boolean acquired(Semaphore from, int wanted, long until) {
      try {
        return from.tryAcquire(wanted, until - System.nanoTime(), TimeUnit.NANOSECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw interrupted();
      }
    }

    @Override
    public void close() {
      if (closed) {
        return;
      }
      closed = true;
      arriving.addAndGet(-arrived);
      held.arriving.addAndGet(-arrived);
      room.release(taken);
      held.room.release(takenOfCaller);
      callers.computeIfPresent(caller, (id, each) -> each.left() ? null : each);
    }
  }
}
