package io.plumbline.evaluation.experiment;

import io.plumbline.evaluation.metric.Metric;
import io.plumbline.evaluation.scorer.Scorer;
import io.plumbline.evaluation.scorer.ScorerType;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The scorers that two suites have in common, with equal configuration, so that answers compare,
 * and that gave every answer of both runs a score.
 */
record SharedScorers(List<Scorer> scorers) {

  static SharedScorers of(List<Scorer> baseline, List<Scorer> candidate) {
    return new SharedScorers(baseline.stream().filter(candidate::contains).toList());
  }

  /** Without those whose metrics a run did not measure. */
  SharedScorers without(Set<String> unmeasured) {
    return new SharedScorers(
        scorers.stream()
            .filter(scorer ->
                scorer.metrics().stream().map(Metric::name).noneMatch(unmeasured::contains))
            .toList());
  }

  boolean none() {
    return scorers.isEmpty();
  }

  /** The name of the one by which an answer counts as right: that of labels, else the first. */
  String deciding() {
    return scorers.stream()
        .filter(scorer -> scorer.type() == ScorerType.LABEL)
        .findFirst()
        .orElseGet(scorers::getFirst)
        .name();
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
