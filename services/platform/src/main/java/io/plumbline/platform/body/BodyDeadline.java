package io.plumbline.platform.body;

import io.micrometer.core.instrument.Counter;
import io.plumbline.platform.problem.CommonProblem;
import io.plumbline.platform.problem.Problem;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * The deadline by which a body must have arrived. A limit on silence alone is not enough: a byte
 * now and then would keep a request under way for hours. Every 32 kB that have arrived extend the
 * deadline by a second, so that it suits small bodies and uploads alike.
 *
 * @param limit the time for the first bytes
 * @param nanoTime as {@link System#nanoTime()}
 * @param late counts the bodies that did not arrive in time
 */
record BodyDeadline(Duration limit, LongSupplier nanoTime, Counter late) {

  private static final int BYTES_PER_SECOND = 32 << 10;

  BodyDeadline {
    if (limit.isNegative() || limit.isZero()) {
      throw new IllegalArgumentException(
          "plumbline.web.body-timeout must be longer than 0, not " + limit);
    }
  }

  /**
   * Starts the clock of one body. Call it at the first read, when the caller's role is known to
   * suffice.
   */
  Arrival start() {
    return new Arrival(nanoTime.getAsLong());
  }

  /** One read of a stream. */
  @FunctionalInterface
  interface Read {

    /**
     * Reads some bytes.
     *
     * @return the number of bytes; negative at the end
     */
    int bytes() throws IOException;
  }

  /** The arrival of one body; used by one thread. */
  final class Arrival {

    private final long started;
    private long arrived;

    private Arrival(long started) {
      this.started = started;
    }

    /**
     * Reads some bytes of the body.
     *
     * @throws Problem 408 when the body is late, or when it was silent for longer than the
     *     container allows
     */
    int read(Read next) throws IOException {
      int bytes;
      try {
        bytes = next.bytes();
      } catch (IOException e) {
        if (e instanceof SocketTimeoutException || e.getCause() instanceof SocketTimeoutException) {
          throw tooLateProblem();
        }
        throw e;
      }
      arrived += Math.max(0, bytes);
      Duration allowed = limit.plusMillis(1_000 * arrived / BYTES_PER_SECOND);
      if (bytes >= 0 && nanoTime.getAsLong() - started > allowed.toNanos()) {
        throw tooLateProblem();
      }
      return bytes;
    }

    private Problem tooLateProblem() {
      late.increment();
      return new Problem(
          CommonProblem.BODY_TIMEOUT,
          "A body has %d seconds to arrive, and one more for each %d kB. Send it again without pauses."
              .formatted(Math.max(1, limit.toSeconds()), BYTES_PER_SECOND / 1_024));
    }
  }
}
