package io.plumbline.strategy.plan;

import io.plumbline.contracts.CriteriaPurpose;
import io.plumbline.contracts.Criterion;
import io.plumbline.contracts.Digest;
import java.util.List;

/**
 * The criteria that a person wants to register.
 *
 * @param suiteDigest the digest of the suite whose runs alone the criteria judge
 * @param plannedVerdicts the maximum number of verdicts on that suite's items
 * @param candidatesPerPhase the number of variants of a phase that have to be tried on validation
 *     before the failure of the best of them counts for the phase
 * @param purpose the decisions that the criteria are for
 */
public record ProposedCriteria(
    Digest suiteDigest,
    int plannedVerdicts,
    int candidatesPerPhase,
    List<Criterion> criteria,
    CriteriaPurpose purpose) {

  /** The default number of planned verdicts. */
  public static final int PLANNED_VERDICTS = 5;

  public static final int MAX_PLANNED_VERDICTS = 20;

  /** The default number of variants to try in a phase. */
  public static final int CANDIDATES_PER_PHASE = 3;

  /**
   * The minimum number of variants to try in a phase, so that a single weak variant cannot close a
   * phase and open a more expensive one.
   */
  public static final int MIN_CANDIDATES_PER_PHASE = 2;

  public static final int MAX_CANDIDATES_PER_PHASE = 20;

  public ProposedCriteria {
    criteria = List.copyOf(criteria);
  }
}
