package io.plumbline.strategy.plan;

import io.plumbline.contracts.Criterion;
import io.plumbline.contracts.Digest;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A version of an application's criteria.
 *
 * @param receipt where the ledger has the registration; absent until its receipt arrives
 */
public record CriteriaView(
    String application,
    int version,
    Digest criteriaDigest,
    List<Criterion> criteria,
    String author,
    Instant registeredAt,
    @Nullable Receipt receipt) {

  /** A place in the ledger. */
  public record Receipt(long ledgerIndex) {}
}
