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
 * A limit on the memory that the bodies of all requests under way in this process may take
 * together. A limit per request would not bound their number.
 *
 * <p>Arriving bodies may take an eighth of the heap. Only bytes that have arrived count, so
 * announcing a large body takes no memory. What the bodies are parsed into may take a quarter, by
 * estimate; a request waits a moment for that memory while it holds its body. The rest is for what
 * a service holds between requests, and for its answers.
 *
 * <p>One caller may take at most a quarter of either, or one body of the largest size where that is
 * more. Callers who send much or slowly are therefore refused before anybody else is.
 */
final class BodyMemory {

  /**
   * The estimated memory per byte of a body: the texts made of it, a canonical form, and buffers
   * while they grow.
   */
  private static final int MEMORY_PER_BYTE = 7;

  /** The estimated memory per value or name in bytes: a map of one entry with its name. */
  private static final int MEMORY_PER_NODE = 256;

  private static final int UNIT_BYTES = 1_024;

  /** The number of callers who can each have a full share at the same time. */
  private static final int SHARES = 4;

  private final long maxArriving;
  private final long maxArrivingPerCaller;
  private final int totalUnits;
  private final int unitsPerCaller;
  private final Duration patience;
  private final AtomicLong arriving = new AtomicLong();
  private final Semaphore room;
  private final Map<CallerId, CallerUsage> callers = new ConcurrentHashMap<>();
  private final Counter refused;
  private final Counter limited;

  /**
   * @param largest the largest body, which must fit when nothing else is under way
   * @param patience the maximum time that a request waits for memory
   */
  BodyMemory(long heap, BodyLimits largest, Duration patience, MeterRegistry meters) {
    long largestBytes = largest.maxBytes().toBytes();
    int largestUnits = unitsFor(largestBytes, largest.maxNodes());
    this.maxArriving = Math.max(heap / 8, largestBytes);
    this.maxArrivingPerCaller = Math.max(maxArriving / SHARES, largestBytes);
    this.totalUnits = Math.max(Math.toIntExact(heap / 4 / UNIT_BYTES), largestUnits);
    this.unitsPerCaller = Math.max(totalUnits / SHARES, largestUnits);
    this.patience = patience;
    // The semaphore is not fair, so that a small body does not wait behind one that wants more than
    // there is.
    this.room = new Semaphore(totalUnits);
    this.refused = Metrics.BODIES_REFUSED.counter(meters);
    this.limited = Metrics.BODIES_LIMITED.counter(meters);
    Metrics.BODIES_MEMORY.gauge(meters, this, BodyMemory::usedBytes);
  }

  private static int unitsFor(long bytes, long nodes) {
    return Math.toIntExact((bytes * MEMORY_PER_BYTE + nodes * MEMORY_PER_NODE) / UNIT_BYTES + 1);
  }

  Share openShare(CallerId caller) {
    return new Share(
        caller,
        callers.compute(
            caller, (id, known) -> (known == null ? new CallerUsage() : known).addRequest()));
  }

  long usedBytes() {
    return arriving.get() + (long) (totalUnits - room.availablePermits()) * UNIT_BYTES;
  }

  private Problem memoryFullProblem() {
    refused.increment();
    return new Problem(
            CommonProblem.UNAVAILABLE,
            "The service is reading as many large bodies as it has memory for. Send the request"
                + " again in a second.")
        .retryAfter(Duration.ofSeconds(1));
  }

  private Problem callerLimitProblem() {
    limited.increment();
    return new Problem(
            CommonProblem.TOO_MUCH_UNDER_WAY,
            "The bodies of your requests under way have reached the limit for one caller. Wait for"
                + " their answers, then send this one again.")
        .retryAfter(Duration.ofSeconds(1));
  }

  /**
   * Returns the problem of a request that was interrupted. It is not counted, because it says
   * nothing about the memory.
   */
  private static Problem serviceStoppingProblem() {
    return new Problem(
            CommonProblem.UNAVAILABLE,
            "The service is about to stop and reads no further body. Send the request again in a"
                + " second.")
        .retryAfter(Duration.ofSeconds(1));
  }

  /** The memory that all requests of one caller take; forgotten when the last of them ends. */
  private final class CallerUsage {

    private final AtomicLong arriving = new AtomicLong();
    private final Semaphore room = new Semaphore(unitsPerCaller);
    private int requests;

    /**
     * Counts one more request. Like {@link #removeRequest}, it is called under the map's lock on
     * the caller.
     */
    CallerUsage addRequest() {
      requests++;
      return this;
    }

    boolean removeRequest() {
      return --requests == 0;
    }
  }

  /** The memory that one request takes; used by one thread. */
  final class Share implements AutoCloseable {

    private final CallerId caller;
    private final CallerUsage usage;
    private long arrived;
    private int takenOfCaller;
    private int taken;
    private boolean closed;

    private Share(CallerId caller, CallerUsage usage) {
      this.caller = caller;
      this.usage = usage;
    }

    /**
     * Takes memory for bytes that have arrived.
     *
     * @throws Problem 429 when the caller's arriving bodies have reached the caller's limit, 503
     *     when those of all callers have reached the total limit
     */
    void takeForArrival(int bytes) {
      if (usage.arriving.addAndGet(bytes) > maxArrivingPerCaller) {
        usage.arriving.addAndGet(-bytes);
        throw callerLimitProblem();
      }
      if (arriving.addAndGet(bytes) > maxArriving) {
        arriving.addAndGet(-bytes);
        usage.arriving.addAndGet(-bytes);
        throw memoryFullProblem();
      }
      arrived += bytes;
    }

    /**
     * Takes memory for parsing the body. Call it once, before anything is made of the body.
     *
     * @throws Problem when the requests under way release too little memory in time: 429 for the
     *     caller's own, 503 for those of all callers or when the wait is interrupted
     */
    void takeForParsing(int nodes) {
      int wanted = unitsFor(arrived, nodes);
      long until = System.nanoTime() + patience.toNanos();
      if (!tryAcquire(usage.room, wanted, until)) {
        throw callerLimitProblem();
      }
      takenOfCaller = wanted;
      if (!tryAcquire(room, wanted, until)) {
        throw memoryFullProblem();
      }
      taken = wanted;
    }

    private boolean tryAcquire(Semaphore from, int wanted, long until) {
      try {
        return from.tryAcquire(wanted, until - System.nanoTime(), TimeUnit.NANOSECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw serviceStoppingProblem();
      }
    }

    @Override
    public void close() {
      if (closed) {
        return;
      }
      closed = true;
      arriving.addAndGet(-arrived);
      usage.arriving.addAndGet(-arrived);
      room.release(taken);
      usage.room.release(takenOfCaller);
      callers.computeIfPresent(caller, (id, each) -> each.removeRequest() ? null : each);
    }
  }
}
