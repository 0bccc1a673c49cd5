package io.plumbline.inference.feedback;

import io.plumbline.contracts.Digest;
import io.plumbline.inference.ColumnTime;
import io.plumbline.inference.SqlCondition;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The filters of a list of feedback; an absent one restricts nothing.
 *
 * @param from the earliest time at which the feedback was given, inclusive
 * @param until the end of the period in which the feedback was given, exclusive
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

  FeedbackFilter {
    from = ColumnTime.clamp(from);
    until = until == null ? null : ColumnTime.clamp(until);
  }

  SqlCondition condition(UUID workspace) {
    return SqlCondition.inWorkspace(workspace)
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
