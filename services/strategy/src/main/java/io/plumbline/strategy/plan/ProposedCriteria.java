package io.plumbline.strategy.plan;

import io.plumbline.contracts.CriteriaPurpose;
import io.plumbline.contracts.Criterion;
import io.plumbline.contracts.Digest;
import java.util.List;

/**
 * Criteria that are to be registered.
 *
 * @param suiteDigest of the suite whose runs alone they judge
 * @param plannedVerdicts how many verdicts on that suite's items may be asked for
 * @param candidatesPerPhase how many variants of a phase have to be tried on validation before the
 *     failure of the best of them counts for the phase
 * @param purpose what they decide about
 */
public record ProposedCriteria(
    Digest suiteDigest,
    int plannedVerdicts,
    int candidatesPerPhase,
    List<Criterion> criteria,
    CriteriaPurpose purpose) {

  /** What is planned unless it is said otherwise. */
  public static final int PLANNED_VERDICTS = 5;

  public static final int MAX_PLANNED_VERDICTS = 20;

  /** What is tried unless it is said otherwise. */
  public static final int CANDIDATES_PER_PHASE = 3;

  /** One weak variant alone must not close a phase and open a dearer one. */
  public static final int MIN_CANDIDATES_PER_PHASE = 2;

  public static final int MAX_CANDIDATES_PER_PHASE = 20;

  public ProposedCriteria {
    criteria = List.copyOf(criteria);
  }
}
