package io.plumbline.datasetregistry.staleness;

import com.github.benmanes.caffeine.cache.Ticker;
import io.plumbline.platform.problem.Problem;
import java.time.Duration;

/** A deadline that ends a check that takes too long. It runs before each of many short steps. */
final class Deadline implements Runnable {

  private final Duration limit;
  private final Ticker ticker;
  private final long end;

  Deadline(Duration limit, Ticker ticker) {
    this.limit = limit;
    this.ticker = ticker;
    this.end = ticker.read() + limit.toNanos();
  }

  /**
   * @throws Problem 422 once the time is over
   */
  @Override
  public void run() {
    if (ticker.read() - end > 0) {
      throw new Problem(
          StalenessProblem.TOO_LARGE_TO_CHECK,
          ("Checking the questions against the documents took more than %d seconds. Divide the"
                  + " dataset.")
              .formatted(limit.toSeconds()));
    }
  }
}
