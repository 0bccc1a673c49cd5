package io.plumbline.platform.lifecycle;

import io.github.resilience4j.core.IntervalFunction;
import java.time.Duration;

/**
 * The pause after a failure. It doubles with each successive failure up to a limit, and is
 * randomised by a quarter so that replicas do not retry in step.
 */
public record Backoff(Duration first, Duration limit) {

  private static final double MULTIPLIER = 2;
  private static final double RANDOMIZATION = 0.25;

  public Backoff {
    if (first.isNegative() || limit.compareTo(first) < 0) {
      throw new IllegalArgumentException(
          "The first pause must not be negative, and the limit must not be shorter than it: "
              + first
              + ", "
              + limit);
    }
  }

  public static Backoff constant(Duration pause) {
    return new Backoff(pause, pause);
  }

  /**
   * Returns the pause after a number of successive failures.
   *
   * @param failures the number of successive failures, 1 for the first
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
