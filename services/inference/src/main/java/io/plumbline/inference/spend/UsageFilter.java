package io.plumbline.inference.spend;

import io.plumbline.contracts.Digest;
import io.plumbline.inference.SqlCondition;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The filters of a sum of usage; an absent one restricts nothing.
 *
 * @param from the first minute
 * @param until the minute after the last
 */
record UsageFilter(
    Instant from,
    Instant until,
    @Nullable String application,
    @Nullable Digest variant,
    @Nullable String model,
    @Nullable UUID apiKey) {

  SqlCondition condition(UUID workspace) {
    return SqlCondition.inWorkspace(workspace)
        .and("minute >= ?", from.atOffset(ZoneOffset.UTC))
        .and("minute < ?", until.atOffset(ZoneOffset.UTC))
        .and("application = ?", application)
        .and("variant_digest = ?", variant == null ? null : variant.hex())
        .and("model = ?", model)
        .and("api_key = ?", apiKey == null ? null : apiKey.toString());
  }
}
