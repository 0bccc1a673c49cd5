package io.plumbline.strategy.plan;

import io.plumbline.contracts.CriteriaPurpose;
import io.plumbline.contracts.Criterion;
import io.plumbline.contracts.Digest;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A version of an application's criteria.
 *
 * @param suiteDigest the digest of the suite whose runs alone the criteria judge
 * @param plannedVerdicts the maximum number of verdicts on that suite's items
 * @param candidatesPerPhase the number of variants of a phase that have to be tried on validation
 *     before the failure of the best of them counts for the phase
 * @param purpose the decisions that the criteria are for; the newest version of each purpose is in
 *     force
 * @param triviallyMet the criteria that variants without any skill meet, as far as the scores of
 *     such variants are known; these criteria do not count by themselves
 * @param receipt the place of the registration in the ledger; absent until its receipt arrives
 */
public record CriteriaView(
    String application,
    int version,
    Digest criteriaDigest,
    Digest suiteDigest,
    int plannedVerdicts,
    int candidatesPerPhase,
    List<Criterion> criteria,
    CriteriaPurpose purpose,
    String author,
    Instant registeredAt,
    List<TriviallyMet> triviallyMet,
    @Nullable Receipt receipt) {

  /** A place in the ledger. */
  public record Receipt(long ledgerIndex) {}
}
