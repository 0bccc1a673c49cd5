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
 * @param value the value of the metric that variants are chosen by
 * @param suite the suite over which the variant ran
 */
record ValidationRun(
    Phase phase, Digest variant, String name, double value, UUID run, Suite suite) {

  record Suite(Digest digest, String title, long items) {}

  /**
   * Returns the variants that are compared with each other. In each phase these are the variants
   * that ran over one common suite. Each counts with its first run there, because a run could
   * otherwise be repeated until its result suits. The suite is the largest one that variants of the
   * phase ran over, and among equally large ones the one that was used first. Thus nobody can
   * choose it by the result, and no suite is larger than the subset.
   *
   * @param runs the runs in the order in which they finished
   * @param minItems the minimum number of items of a suite that compares variants
   */
  static List<Tried> comparedVariants(List<ValidationRun> runs, long minItems) {
    return Stream.of(Phase.values())
        .flatMap(phase -> {
          List<ValidationRun> candidates =
              runs.stream()
                  .filter(each -> each.phase == phase && each.suite.items >= minItems)
                  .toList();
          return largestSuite(candidates).stream().flatMap(suite -> firstRuns(candidates, suite));
        })
        .toList();
  }

  /**
   * Returns the largest suite of the runs; among equally large ones {@code max} returns the first.
   */
  private static Optional<Suite> largestSuite(List<ValidationRun> runs) {
    return runs.stream().map(ValidationRun::suite).max(Comparator.comparingLong(Suite::items));
  }

  private static Stream<Tried> firstRuns(List<ValidationRun> runs, Suite suite) {
    Map<Digest, ValidationRun> first = new LinkedHashMap<>();
    runs.stream()
        .filter(each -> each.suite.digest.equals(suite.digest))
        .forEach(each -> first.putIfAbsent(each.variant, each));
    return first.values().stream()
        .map(each ->
            new Tried(each.phase, each.variant, each.name, each.value, each.run, suite.title));
  }
}
