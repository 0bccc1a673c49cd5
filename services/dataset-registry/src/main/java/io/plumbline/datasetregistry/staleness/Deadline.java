package io.plumbline.datasetregistry.staleness;

import io.plumbline.platform.problem.Problem;
import java.time.Duration;

/** Ends a check that takes too long; it runs before each of many short steps. */
final class Deadline implements Runnable {

  /** Steps between two looks at the clock. */
  static final int UNCLOCKED = 256;

  private final Duration longest;
  private final long end;
  private int passed;

  Deadline(Duration longest) {
    this.longest = longest;
    this.end = System.nanoTime() + longest.toNanos();
  }

  /**
   * @throws Problem 422 once the time is over
   */
  @Override
  public void run() {
    if (++passed % UNCLOCKED == 0 && System.nanoTime() - end > 0) {
      throw new Problem(
          StalenessProblem.TOO_MUCH_TO_HOLD,
          ("The questions took more than %d seconds to be held against the documents. Divide the"
                  + " dataset.")
              .formatted(longest.toSeconds()));
    }
  }
}
