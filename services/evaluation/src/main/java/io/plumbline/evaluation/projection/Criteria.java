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
 * @param suite the suite whose runs they judge; runs of other suites are not judged by them
 * @param plan how many verdicts they plan on its items
 * @param purpose what they decide about; verdicts of other kinds are not issued by them
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
        && criteria.stream().anyMatch(criterion -> criterion.kind().ofQuality());
  }

  /** Returns the first criterion of quality, by which baselines are ordered. */
  public Optional<Criterion> firstQualityCriterion() {
    return criteria.stream().filter(criterion -> criterion.kind().ofQuality()).findFirst();
  }
}
