package io.plumbline.strategy.plan;

import io.plumbline.contracts.CriteriaPurpose;
import io.plumbline.contracts.Criterion;
import io.plumbline.contracts.Criterion.Direction;
import io.plumbline.contracts.Criterion.MetricKind;
import io.plumbline.contracts.Digest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The request to register criteria of success for an application.
 *
 * @param suiteDigest the digest of the suite, over the subset {@code test}, whose runs alone the
 *     criteria judge
 * @param plannedVerdicts the maximum number of verdicts on that suite's items; 5 if absent. The
 *     more are planned, the stricter each one is
 * @param candidatesPerPhase the number of variants of a phase that have to be tried on validation
 *     before the failure of the best of them counts for the phase; 3 if absent
 * @param purpose the decisions that the criteria are for; RELEASE if absent
 */
record RegisterCriteria(
    @NotNull Digest suiteDigest,
    @Nullable @Min(1) @Max(ProposedCriteria.MAX_PLANNED_VERDICTS) Integer plannedVerdicts,
    @Nullable
        @Min(ProposedCriteria.MIN_CANDIDATES_PER_PHASE)
        @Max(ProposedCriteria.MAX_CANDIDATES_PER_PHASE)
        Integer candidatesPerPhase,
    @NotEmpty @Size(max = 20) List<@NotNull @Valid Entry> criteria,
    @Nullable CriteriaPurpose purpose) {

  /**
   * A criterion.
   *
   * @param alternative the value beyond the threshold that a variant worth having is expected to
   *     have, for instance 0.93 if 0.85 is required. The closer it is to the threshold, the more
   *     items are needed; criteria over a suite with too few items are refused, and so is a run
   * @param power the probability with which a variant of that value passes; 0.8 if absent
   * @param margin the accepted loss against the baseline; absent for no comparison
   */
  record Entry(
      @NotBlank @Size(max = 100) String metric,
      @NotNull MetricKind kind,
      @NotNull Direction direction,
      @NotNull Double threshold,
      @NotNull Double alternative,
      @Nullable @DecimalMin("0.5") @DecimalMax("0.99") Double power,
      @Nullable Double margin,
      @NotNull @Positive @Max(CriteriaSet.MAX_SAMPLE) Integer sampleSize) {

    Criterion criterion() {
      return new Criterion(
          metric,
          kind,
          direction,
          threshold,
          alternative,
          Objects.requireNonNullElse(power, Criterion.DEFAULT_POWER),
          Objects.requireNonNullElse(margin, 0.0),
          sampleSize);
    }
  }

  ProposedCriteria proposed() {
    return new ProposedCriteria(
        suiteDigest,
        Objects.requireNonNullElse(plannedVerdicts, ProposedCriteria.PLANNED_VERDICTS),
        Objects.requireNonNullElse(candidatesPerPhase, ProposedCriteria.CANDIDATES_PER_PHASE),
        criteria.stream().map(Entry::criterion).toList(),
        CriteriaPurpose.of(purpose));
  }
}
