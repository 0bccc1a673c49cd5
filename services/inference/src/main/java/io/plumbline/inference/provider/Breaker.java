package io.plumbline.inference.provider;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Spares a provider that fails, and its callers the wait: after several failures in a row it is
 * closed for a while, then tried once.
 */
final class Breaker {

  static final int FAILURES = 5;
  static final Duration PAUSE = Duration.ofSeconds(10);

  private final Clock clock;
  private int failures;
  private Instant until = Instant.MIN;

  Breaker(Clock clock) {
    this.clock = clock;
  }

  /**
   * Whether a call may be made now; after the pause one caller is let through, the others wait for
   * its outcome.
   */
  synchronized boolean admits() {
    if (failures < FAILURES) {
      return true;
    }
    if (clock.instant().isBefore(until)) {
      return false;
    }
    until = clock.instant().plus(PAUSE);
    return true;
  }

  synchronized void succeeded() {
    failures = 0;
  }

  synchronized void failed() {
    failures++;
    if (failures >= FAILURES) {
      until = clock.instant().plus(PAUSE);
    }
  }
}
