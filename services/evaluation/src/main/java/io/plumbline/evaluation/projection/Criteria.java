package io.plumbline.evaluation.projection;

import io.plumbline.contracts.CriteriaPurpose;
import io.plumbline.contracts.Criterion;
import io.plumbline.contracts.Digest;
import io.plumbline.statistics.VerdictPlan;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The success criteria that an application registered before the runs that they judge.
 *
 * @param suite the suite whose runs the criteria judge; they judge no runs of other suites
 * @param plan how many verdicts the criteria plan on the items of the suite
 * @param purpose the decisions that the criteria are for; they issue no verdicts of other kinds
 */
public record Criteria(
    String application,
    int version,
    Digest digest,
    Digest suite,
    VerdictPlan plan,
    List<Criterion> criteria,
    Instant registeredAt,
    CriteriaPurpose purpose) {

  /**
   * Returns whether the criteria are of at least two kinds, one of which is the quality of answers.
   */
  public boolean hasQualityAndAnotherKind() {
    return criteria.stream().map(Criterion::kind).distinct().count() >= 2
        && criteria.stream().anyMatch(criterion -> criterion.kind().measuresQuality());
  }

  /** Returns the first criterion of quality, by which baselines are ordered. */
  public Optional<Criterion> firstQualityCriterion() {
    return criteria.stream().filter(criterion -> criterion.kind().measuresQuality()).findFirst();
  }
}
