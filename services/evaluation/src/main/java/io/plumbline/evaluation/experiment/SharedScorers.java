package io.plumbline.evaluation.experiment;

import io.plumbline.evaluation.metric.Metric;
import io.plumbline.evaluation.scorer.Scorer;
import io.plumbline.evaluation.scorer.SuiteScorers;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The scorers that two suites have in common, with equal configuration, so that answers compare,
 * and that gave every answer of both runs a score.
 */
record SharedScorers(List<Scorer> scorers) {

  static SharedScorers of(List<Scorer> baseline, List<Scorer> candidate) {
    return new SharedScorers(baseline.stream().filter(candidate::contains).toList()).closed();
  }

  /** Without those about another scorer that is not shared. */
  private SharedScorers closed() {
    Set<String> names = scorers.stream().map(Scorer::name).collect(Collectors.toSet());
    return new SharedScorers(
        scorers.stream().filter(scorer -> names.contains(scorer.about())).toList());
  }

  /** Without those whose metrics a run did not measure. */
  SharedScorers without(Set<String> unmeasured) {
    return new SharedScorers(
            scorers.stream()
                .filter(scorer ->
                    scorer.metrics().stream().map(Metric::name).noneMatch(unmeasured::contains))
                .toList())
        .closed();
  }

  /** Whether there is none by which answers count as right. */
  boolean none() {
    return SuiteScorers.deciding(scorers).isEmpty();
  }

  /** The name of the one by which an answer counts as right. */
  String deciding() {
    return SuiteScorers.deciding(scorers).orElseThrow();
  }

  /** Theirs, and those that every run has; consistency where items of both are perturbed. */
  List<Metric> metrics() {
    List<Metric> metrics = new ArrayList<>();
    scorers.forEach(scorer -> metrics.addAll(scorer.metrics()));
    metrics.add(Metric.CONSISTENCY);
    metrics.addAll(Metric.OF_EVERY_RUN);
    return metrics;
  }
}
