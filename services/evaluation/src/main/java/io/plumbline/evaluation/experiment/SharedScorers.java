package io.plumbline.evaluation.experiment;

import io.plumbline.evaluation.metric.Metric;
import io.plumbline.evaluation.scorer.Scorer;
import io.plumbline.evaluation.scorer.SuiteScorers;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The scorers that two suites have in common with equal configuration, so that the scores of a run
 * of each can be compared. Before a comparison, {@link #withoutUnmeasured} leaves out the scorers
 * with metrics that one of the runs did not measure.
 */
record SharedScorers(List<Scorer> scorers) {

  static SharedScorers of(List<Scorer> baseline, List<Scorer> candidate) {
    return new SharedScorers(baseline.stream().filter(candidate::contains).toList())
        .withoutUnsharedBasis();
  }

  /**
   * Leaves out scorers that are computed from the scores of another scorer, as {@code selective}
   * is, where that other scorer is not shared.
   */
  private SharedScorers withoutUnsharedBasis() {
    Set<String> names = scorers.stream().map(Scorer::name).collect(Collectors.toSet());
    return new SharedScorers(
        scorers.stream().filter(scorer -> names.contains(scorer.basisScorer())).toList());
  }

  /**
   * Leaves out each scorer with a metric that a run did not measure, and the scorers that are
   * computed from its scores.
   *
   * @param unmeasured the names of the metrics that the run did not measure
   */
  SharedScorers withoutUnmeasured(Set<String> unmeasured) {
    return new SharedScorers(
            scorers.stream()
                .filter(scorer ->
                    scorer.metrics().stream().map(Metric::name).noneMatch(unmeasured::contains))
                .toList())
        .withoutUnsharedBasis();
  }

  /** Returns whether no shared scorer decides which answers count as right. */
  boolean hasNoDecidingScorer() {
    return SuiteScorers.decidingScorer(scorers).isEmpty();
  }

  /** Returns the name of the scorer that decides which answers count as right. */
  String decidingScorer() {
    return SuiteScorers.decidingScorer(scorers).orElseThrow();
  }

  /**
   * Returns the metrics of these scorers, consistency, and the metrics of every run. Consistency
   * has a difference only where both runs have perturbed items.
   */
  List<Metric> metrics() {
    List<Metric> metrics = new ArrayList<>();
    scorers.forEach(scorer -> metrics.addAll(scorer.metrics()));
    metrics.add(Metric.CONSISTENCY);
    metrics.addAll(Metric.OF_EVERY_RUN);
    return metrics;
  }
}
