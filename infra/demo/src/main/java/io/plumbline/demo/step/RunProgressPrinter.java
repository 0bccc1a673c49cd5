package io.plumbline.demo.step;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import tools.jackson.databind.JsonNode;

/**
 * The progress of a run that takes long, such as one over a model on a laptop, printed now and
 * then.
 */
final class RunProgressPrinter {

  private static final Duration QUIET = Duration.ofMinutes(2);

  private final StepLog log;
  private final String name;
  private final Clock clock;
  private Instant next;

  RunProgressPrinter(StepLog log, String name, Clock clock) {
    this.log = log;
    this.name = name;
    this.clock = clock;
    this.next = clock.instant().plus(QUIET);
  }

  /**
   * Prints how far the run is, unless that was printed less than two minutes ago.
   *
   * @param run the present state of the run
   */
  void show(JsonNode run) {
    Instant now = clock.instant();
    if (now.isBefore(next)) {
      return;
    }
    next = now.plus(QUIET);
    JsonNode eta = run.at("/etaSeconds");
    log.print(
        "the run of %s: %.0f%%%s"
            .formatted(
                name,
                100 * run.at("/progress").asDouble(0),
                eta.isNumber() ? ", about %d s more".formatted(eta.asLong()) : ""));
  }
}
