package io.plumbline.platform.lifecycle;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Wakes a loop that waits; several calls while it works wake it once. Waiting is bounded, so
 * polling remains the fallback.
 */
public final class Wakeup {

  private final Semaphore given = new Semaphore(0);

  public void signal() {
    if (given.availablePermits() == 0) {
      given.release();
    }
  }

  public void await(Duration atMost) throws InterruptedException {
    if (given.tryAcquire(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
      given.drainPermits();
    }
  }
}
