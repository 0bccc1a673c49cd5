package io.plumbline.strategy.recommendation;

import io.plumbline.contracts.Criterion;
import io.plumbline.contracts.Criterion.Direction;
import io.plumbline.contracts.EvaluationEvent.Measure;
import io.plumbline.contracts.state.Outcome;
import io.plumbline.strategy.Approach;
import io.plumbline.strategy.projection.RunProjection;
import io.plumbline.strategy.projection.VariantProjection;
import io.plumbline.strategy.projection.VerdictProjection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A variant with its newest usable run, and its newest verdict under the current criteria. */
record Candidate(
    VariantProjection variant, RunProjection run, @Nullable VerdictProjection verdict) {

  Approach approach() {
    return variant.approach();
  }

  /**
   * The verdict's outcome where there is one, else whether the measured values reach every
   * threshold.
   */
  boolean meets(List<Criterion> criteria) {
    if (verdict != null) {
      return verdict.outcome() == Outcome.PASS;
    }
    return criteria.stream().allMatch(this::reaches);
  }

  private boolean reaches(Criterion criterion) {
    Measure measure = run.metrics().get(criterion.metric());
    if (measure == null || run.items() < criterion.sampleSize()) {
      return false;
    }
    return criterion.direction() == Direction.AT_LEAST
        ? bound(measure.low(), measure) >= criterion.threshold()
        : bound(measure.high(), measure) <= criterion.threshold();
  }

  /** At least as good on every metric that both have, and better on one. */
  boolean dominates(Candidate other, List<Metric> metrics) {
    boolean better = false;
    for (Metric metric : metrics) {
      Optional<Double> mine = value(metric.name());
      Optional<Double> theirs = other.value(metric.name());
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

  Optional<Double> value(String metric) {
    return Optional.ofNullable(run.metrics().get(metric)).map(Measure::value);
  }

  /** A metric and which way it improves. */
  record Metric(String name, Direction direction) {}

  private static double bound(@Nullable Double bound, Measure measure) {
    return bound == null ? measure.value() : bound;
  }
}
