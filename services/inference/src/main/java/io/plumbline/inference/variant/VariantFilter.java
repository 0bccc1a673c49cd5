package io.plumbline.inference.variant;

import io.plumbline.contracts.Digest;
import io.plumbline.inference.SqlCondition;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The filters of a list of variants: those that have every named part are listed.
 *
 * @param model the name of the variant's own model, or of one of its fallback
 * @param connection the connection of any of its models, or of the encoder of its index
 */
record VariantFilter(
    @Nullable String application,
    @Nullable Digest prompt,
    @Nullable String model,
    @Nullable Digest index,
    @Nullable Digest connection) {

  static final VariantFilter ALL = new VariantFilter(null, null, null, null, null);

  SqlCondition condition(UUID workspace) {
    return SqlCondition.inWorkspace(workspace)
        .and("application = ?", application)
        .and("prompt_digest = ?", hex(prompt))
        .and("index_digest = ?", hex(index))
        .and(
            "? IN (SELECT model UNION ALL SELECT f ->> 'model' FROM jsonb_array_elements(fallback)"
                + " f)",
            model)
        .and(
            "? IN (SELECT connection_digest"
                + " UNION ALL SELECT f ->> 'connection' FROM jsonb_array_elements(fallback) f"
                + " UNION ALL SELECT i.connection_digest FROM index_version i"
                + " WHERE i.workspace_id = variant.workspace_id"
                + " AND i.index_digest = variant.index_digest)",
            hex(connection));
  }

  private static @Nullable String hex(@Nullable Digest digest) {
    return digest == null ? null : digest.hex();
  }
}
