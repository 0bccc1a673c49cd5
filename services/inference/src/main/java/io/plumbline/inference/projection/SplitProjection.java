package io.plumbline.inference.projection;

import io.plumbline.contracts.DatasetRegistryEvent;
import io.plumbline.contracts.DatasetRegistryEvent.Subset;
import io.plumbline.contracts.Digest;
import io.plumbline.contracts.state.Outcome;
import io.plumbline.inference.cache.JsonColumn;
import io.plumbline.platform.event.EventMetadata;
import io.plumbline.platform.event.OnEvent;
import io.plumbline.platform.identity.Caller;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;

/** Splits of datasets, and the purposes that their dataset versions are admitted to. */
@Component
public class SplitProjection {

  private static final TypeReference<Map<String, Subset>> SUBSETS = new TypeReference<>() {};

  private final JdbcClient sql;
  private final JsonColumn json;

  SplitProjection(JdbcClient sql, JsonColumn json) {
    this.sql = sql;
    this.json = json;
  }

  @OnEvent
  public void on(DatasetRegistryEvent.SplitDefined event, EventMetadata meta) {
    sql.sql(
            """
            INSERT INTO split_projection
              (workspace_id, split_digest, dataset, dataset_version, version_digest, subsets)
            VALUES (?, ?, ?, ?, ?, ?::jsonb) ON CONFLICT DO NOTHING
            """)
        .params(
            meta.workspace(),
            event.splitDigest().hex(),
            event.dataset(),
            event.version(),
            event.versionDigest().hex(),
            json.write(event.subsets()))
        .update();
  }

  @OnEvent
  public void on(DatasetRegistryEvent.AdmissionDecided event, EventMetadata meta) {
    sql.sql(
            """
            INSERT INTO admission_projection AS existing
              (workspace_id, version_digest, outcome, purposes, reasons, version)
            VALUES (?, ?, ?, ?::jsonb, ?::jsonb, ?)
            ON CONFLICT (workspace_id, version_digest) DO UPDATE
            SET outcome = excluded.outcome, purposes = excluded.purposes, reasons = excluded.reasons,
                version = excluded.version
            WHERE existing.version < excluded.version
            """)
        .params(
            meta.workspace(),
            event.versionDigest().hex(),
            event.outcome().name(),
            json.write(event.purposes()),
            json.write(event.reasons()),
            meta.aggregateVersion())
        .update();
  }

  public Optional<Split> findSplit(Digest digest) {
    return sql.sql(
            """
            SELECT s.dataset, s.subsets, coalesce(a.purposes, '[]'::jsonb), coalesce(a.reasons, '[]'::jsonb),
              coalesce(a.outcome, ''), s.dataset_version
            FROM split_projection s
            LEFT JOIN admission_projection a
              ON a.workspace_id = s.workspace_id AND a.version_digest = s.version_digest
            WHERE s.workspace_id = ? AND s.split_digest = ?
            """)
        .params(Caller.current().workspace(), digest.hex())
        .query((row, index) -> {
          boolean admitted = row.getString(5).equals(Outcome.PASS.name());
          return new Split(
              digest,
              row.getString(1),
              row.getInt(6),
              json.read(row.getString(2), SUBSETS),
              admitted ? json.readStrings(row.getString(3)) : List.of(),
              json.readStrings(row.getString(4)));
        })
        .optional();
  }
}
