package io.plumbline.strategy.plan;

import io.plumbline.contracts.Criterion;
import io.plumbline.contracts.Digest;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A version of an application's criteria.
 *
 * @param receipt where the ledger holds the registration; absent until the ledger has said so
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
