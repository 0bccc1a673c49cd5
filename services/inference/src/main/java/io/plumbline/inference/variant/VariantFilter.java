package io.plumbline.inference.variant;

import io.plumbline.contracts.Digest;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which variants are listed: those that have every part that is named.
 *
 * @param model the variant's own, or one of its fallback
 * @param connection of any of its models
 */
record VariantFilter(
    @Nullable String application,
    @Nullable Digest prompt,
    @Nullable String model,
    @Nullable Digest index,
    @Nullable Digest connection) {

  static final VariantFilter ALL = new VariantFilter(null, null, null, null, null);

  /** Of a {@code WHERE} clause. */
  record Condition(String sql, List<Object> parameters) {}

  Condition of(UUID workspace) {
    List<String> conditions = new ArrayList<>(List.of("workspace_id = ?"));
    List<Object> parameters = new ArrayList<>(List.of(workspace));
    add(conditions, parameters, "application = ?", application);
    add(conditions, parameters, "prompt_digest = ?", hex(prompt));
    add(conditions, parameters, "index_digest = ?", hex(index));
    add(
        conditions,
        parameters,
        "? IN (SELECT model UNION ALL SELECT f ->> 'model' FROM jsonb_array_elements(fallback) f)",
        model);
    add(
        conditions,
        parameters,
        "? IN (SELECT connection_digest"
            + " UNION ALL SELECT f ->> 'connection' FROM jsonb_array_elements(fallback) f)",
        hex(connection));
    return new Condition(String.join(" AND ", conditions), List.copyOf(parameters));
  }

  private static void add(
      List<String> conditions, List<Object> parameters, String condition, @Nullable String part) {
    if (part != null) {
      conditions.add(condition);
      parameters.add(part);
    }
  }

  private static @Nullable String hex(@Nullable Digest digest) {
    return digest == null ? null : digest.hex();
  }
}
