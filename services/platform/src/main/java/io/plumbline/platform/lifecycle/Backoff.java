package io.plumbline.platform.lifecycle;

import io.github.resilience4j.core.IntervalFunction;
import java.time.Duration;

/**
 * How long to wait after a failure: twice as long after each one in a row, up to a limit, and
 * randomised by a quarter so that replicas do not retry in step.
 */
public record Backoff(Duration first, Duration limit) {

  private static final double MULTIPLIER = 2;
  private static final double RANDOMIZATION = 0.25;

  public Backoff {
    if (first.isNegative() || limit.compareTo(first) < 0) {
      throw new IllegalArgumentException(
          "The first pause is not negative and the limit is no shorter: " + first + ", " + limit);
    }
  }

  public static Backoff constant(Duration pause) {
    return new Backoff(pause, pause);
  }

  /**
   * @param failures how many there were in a row, 1 for the first
   */
  Duration pause(int failures) {
    if (first.equals(limit)) {
      return first;
    }
    return Duration.ofMillis(
        IntervalFunction.ofExponentialRandomBackoff(
                first.toMillis(), MULTIPLIER, RANDOMIZATION, limit.toMillis())
            .apply(failures));
  }
}
