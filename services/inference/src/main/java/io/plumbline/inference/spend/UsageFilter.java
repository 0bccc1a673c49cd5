package io.plumbline.inference.spend;

import io.plumbline.contracts.Digest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which usage is added up; what is absent restricts nothing.
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

  /** What follows WHERE, and its parameters. */
  record Condition(String sql, List<Object> parameters) {}

  Condition of(UUID workspace) {
    StringBuilder sql = new StringBuilder("workspace_id = ? AND minute >= ? AND minute < ?");
    List<Object> parameters =
        new ArrayList<>(
            List.of(workspace, from.atOffset(ZoneOffset.UTC), until.atOffset(ZoneOffset.UTC)));
    add(sql, parameters, " AND application = ?", application);
    add(sql, parameters, " AND variant_digest = ?", variant == null ? null : variant.hex());
    add(sql, parameters, " AND model = ?", model);
    add(sql, parameters, " AND api_key = ?", apiKey == null ? null : apiKey.toString());
    return new Condition(sql.toString(), parameters);
  }

  private static void add(
      StringBuilder sql, List<Object> parameters, String condition, @Nullable String value) {
    if (value != null) {
      sql.append(condition);
      parameters.add(value);
    }
  }
}
