package io.plumbline.evaluation.projection;

import io.plumbline.contracts.Criterion;
import io.plumbline.contracts.Digest;
import java.time.Instant;
import java.util.List;

/** Success criteria as an application registered them, before the runs that they judge. */
public record Criteria(
    String application,
    int version,
    Digest digest,
    List<Criterion> criteria,
    Instant registeredAt) {

  /** Whether the criteria are of at least two kinds. */
  public boolean severalKinds() {
    return criteria.stream().map(Criterion::kind).distinct().count() >= 2;
  }
}
