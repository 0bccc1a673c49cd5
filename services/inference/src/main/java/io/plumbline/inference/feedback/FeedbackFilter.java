package io.plumbline.inference.feedback;

import io.plumbline.contracts.Digest;
import io.plumbline.inference.Condition;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The filters of a list of feedback; an absent one restricts nothing.
 *
 * @param from the earliest time at which the feedback was given, inclusive
 * @param until the latest, exclusive
 */
record FeedbackFilter(
    @Nullable String application,
    @Nullable UUID releaseId,
    @Nullable Digest variant,
    @Nullable String metric,
    @Nullable Boolean correct,
    @Nullable Boolean withCorrection,
    Instant from,
    @Nullable Instant until) {

  /** The bounds of a filter: an {@link Instant} may be a billion years away, a column may not. */
  private static final Instant FIRST = Instant.EPOCH;

  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

  FeedbackFilter {
    from = bounded(from);
    until = until == null ? null : bounded(until);
  }

  private static Instant bounded(Instant at) {
    if (at.isBefore(FIRST)) {
      return FIRST;
    }
    return at.isAfter(LAST) ? LAST : at;
  }

  Condition of(UUID workspace) {
    return Condition.in(workspace)
        .and("application = ?", application)
        .and("release_id = ?", releaseId)
        .and("variant_digest = ?", variant == null ? null : variant.hex())
        .and("metric = ?", metric)
        .and("correct = ?", correct)
        .and("(correction IS NOT NULL) = ?", withCorrection)
        .and("created_at >= ?", from.atOffset(ZoneOffset.UTC))
        .and("created_at < ?", until == null ? null : until.atOffset(ZoneOffset.UTC));
  }
}
