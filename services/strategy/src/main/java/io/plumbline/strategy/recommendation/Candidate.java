package io.plumbline.strategy.recommendation;

import io.plumbline.contracts.Criterion.Direction;
import io.plumbline.contracts.EvaluationEvent.Measure;
import io.plumbline.contracts.EvaluationEvent.SuiteMetric;
import io.plumbline.contracts.state.Outcome;
import io.plumbline.strategy.Approach;
import io.plumbline.strategy.projection.Run;
import io.plumbline.strategy.projection.Variant;
import io.plumbline.strategy.projection.Verdict;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A variant with its newest run over the suite that the criteria in force name, and with its newest
 * verdict under these criteria.
 */
record Candidate(Variant variant, Run run, @Nullable Verdict verdict) {

  Approach approach() {
    return variant.approach();
  }

  /**
   * Returns whether the variant has a verdict that it meets the criteria. Good figures alone do not
   * count, because they were not tested at the significance level of the plan.
   */
  boolean meetsCriteria() {
    return verdict != null && verdict.outcome() == Outcome.PASS;
  }

  /**
   * Returns whether this candidate is at least as good as another on every metric that both have,
   * and better on one.
   */
  boolean dominates(Candidate other, List<SuiteMetric> metrics) {
    boolean better = false;
    for (SuiteMetric metric : metrics) {
      Optional<Double> mine = valueOf(metric.metric());
      Optional<Double> theirs = other.valueOf(metric.metric());
      if (mine.isEmpty() || theirs.isEmpty()) {
        continue;
      }
      double gain =
          (mine.get() - theirs.get()) * (metric.direction() == Direction.AT_LEAST ? 1 : -1);
      if (gain < 0) {
        return false;
      }
      better |= gain > 0;
    }
    return better;
  }

  Optional<Double> valueOf(String metric) {
    return Optional.ofNullable(run.metrics().get(metric)).map(Measure::value);
  }
}
