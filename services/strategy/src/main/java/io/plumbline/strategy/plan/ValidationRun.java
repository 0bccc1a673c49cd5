package io.plumbline.strategy.plan;

import io.plumbline.contracts.Digest;
import io.plumbline.contracts.Phase;
import io.plumbline.strategy.plan.PlanEvidence.Tried;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * A run of a variant over validation rows.
 *
 * @param value of the metric that variants are chosen by
 * @param suite over which it ran, with its name and the number of its items
 */
record ValidationRun(Phase phase, Digest variant, String name, double value, UUID run, Suite suite) {

  record Suite(Digest digest, String title, long items) {}

  /**
   * The variants that are compared with each other: of each phase those that ran over one and the
   * same suite, each by its first run there, since a later one could be repeated until it suits.
   * The suite is the largest that variants of the phase ran over, and of equally large ones the one
   * used first: it cannot be chosen by the result, and none is larger than the subset.
   *
   * @param runs in the order in which they finished
   * @param leastItems a suite of fewer compares nothing
   */
  static List<Tried> compared(List<ValidationRun> runs, long leastItems) {
    return Stream.of(Phase.values())
        .flatMap(phase -> {
          List<ValidationRun> candidates =
              runs.stream()
                  .filter(each -> each.phase == phase && each.suite.items >= leastItems)
                  .toList();
          return largest(candidates).stream().flatMap(suite -> tried(candidates, suite));
        })
        .toList();
  }

  /** Of equally large ones {@code max} takes the first. */
  private static Optional<Suite> largest(List<ValidationRun> runs) {
    return runs.stream().map(ValidationRun::suite).max(Comparator.comparingLong(Suite::items));
  }

  private static Stream<Tried> tried(List<ValidationRun> runs, Suite suite) {
    Map<Digest, ValidationRun> first = new LinkedHashMap<>();
    runs.stream()
        .filter(each -> each.suite.digest.equals(suite.digest))
        .forEach(each -> first.putIfAbsent(each.variant, each));
    return first.values().stream()
        .map(each ->
            new Tried(each.phase, each.variant, each.name, each.value, each.run, suite.title));
  }
}
