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
 * @param suiteDigest of the suite whose runs alone they judge
 * @param plannedVerdicts how many verdicts on that suite's items may be asked for
 * @param candidatesPerPhase how many variants of a phase have to be tried on validation before the
 *     failure of the best of them counts for the phase
 * @param purpose what they decide about; the newest version of each purpose is in force
 * @param triviallyMet those that variants without any skill meet, so far as these are known of the
 *     suite: they do not count by themselves
 * @param receipt where the ledger has the registration; absent until its receipt arrives
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
