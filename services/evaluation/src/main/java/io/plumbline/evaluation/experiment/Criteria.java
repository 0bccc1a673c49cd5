package io.plumbline.evaluation.experiment;

import io.plumbline.contracts.Criterion;
import io.plumbline.contracts.Digest;
import java.time.Instant;
import java.util.List;

/** Criteria of success as an application registered them, before it knew the figures they judge. */
public record Criteria(
    String application,
    int version,
    Digest digest,
    List<Criterion> criteria,
    Instant registeredAt) {

  /** Whether different kinds of evidence are asked for. */
  boolean severalKinds() {
    return criteria.stream().map(Criterion::kind).distinct().count() >= 2;
  }
}
