package io.plumbline.inference.withdrawal;

import io.plumbline.contracts.DatasetRegistryEvent.AdmissionDecided;
import io.plumbline.contracts.Digest;
import io.plumbline.inference.cache.JsonColumn;
import io.plumbline.inference.retrieval.IndexCatalog;
import io.plumbline.inference.variant.PinnedModel;
import io.plumbline.inference.variant.Variant;
import io.plumbline.inference.variant.VariantCatalog;
import io.plumbline.platform.data.Columns;
import io.plumbline.platform.event.EventMetadata;
import io.plumbline.platform.event.OnEvent;
import io.plumbline.platform.identity.Caller;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Finds the parts of variants that stand on withdrawn data. An index and a tuned model could be
 * made only of an admitted dataset version, so one that is not admitted any more was withdrawn.
 */
@Component
public class WithdrawnData {

  private static final String NOT_ADMITTED =
      "NOT (a.outcome = 'PASS' AND jsonb_exists(a.purposes, %s))";

  private final JdbcClient sql;
  private final JsonColumn json;
  private final VariantCatalog variants;
  private final IndexCatalog indexes;
  private final Clock clock;

  WithdrawnData(
      JdbcClient sql, JsonColumn json, VariantCatalog variants, IndexCatalog indexes, Clock clock) {
    this.sql = sql;
    this.json = json;
    this.variants = variants;
    this.indexes = indexes;
    this.clock = clock;
  }

  @OnEvent
  public void on(AdmissionDecided decided, EventMetadata metadata) {
    recordTimes(metadata.time());
  }

  /**
   * Records since when versions are not admitted to a purpose, and which are admitted again. A
   * replica of an earlier version may have applied the event of a decision, so this is also called
   * at intervals.
   */
  @Transactional
  public void recordTimes(Instant now) {
    UUID workspace = Caller.current().workspace();
    sql.sql(
            """
            UPDATE data_withdrawal w SET until = ? FROM admission_projection a
            WHERE w.workspace_id = ? AND w.until IS NULL AND a.workspace_id = w.workspace_id
              AND a.version_digest = w.version_digest
              AND a.outcome = 'PASS' AND jsonb_exists(a.purposes, w.purpose)
            """)
        .params(now.atOffset(ZoneOffset.UTC), workspace)
        .update();
    sql.sql(
            """
            INSERT INTO data_withdrawal (workspace_id, version_digest, purpose, since)
            SELECT a.workspace_id, a.version_digest, p.purpose, ?
            FROM admission_projection a CROSS JOIN (VALUES ('INDEX'), ('TRAIN')) AS p (purpose)
            WHERE a.workspace_id = ? AND %s AND NOT EXISTS (SELECT FROM data_withdrawal w
              WHERE w.workspace_id = a.workspace_id AND w.version_digest = a.version_digest
                AND w.purpose = p.purpose AND w.until IS NULL)
            ON CONFLICT DO NOTHING
            """
                .formatted(NOT_ADMITTED.formatted("p.purpose")))
        .params(now.atOffset(ZoneOffset.UTC), workspace)
        .update();
  }

  /**
   * Returns the parts of a release's variant that stand on withdrawn data; empty while all are
   * admitted.
   *
   * @param requested the time at which the release was requested
   */
  @Transactional(readOnly = true)
  public List<WithdrawnPart> of(Digest variant, Instant requested) {
    return variants.get(variant).map(known -> find(known, requested)).orElse(List.of());
  }

  /** Returns the parts of a variant that stand on withdrawn data, in the caller's transaction. */
  @Transactional(readOnly = true)
  public List<WithdrawnPart> of(Variant variant) {
    return find(variant, clock.instant());
  }

  /** An admission that did not last stops the clock, and starts no new one. */
  private List<WithdrawnPart> find(Variant variant, Instant requested) {
    UUID workspace = Caller.current().workspace();
    String split =
        Optional.ofNullable(variant.index())
            .flatMap(indexes::findBuilt)
            .map(index -> index.split().hex())
            .orElse("");
    return sql.sql(
            """
            SELECT p.part, p.purpose, p.version_digest, a.reasons, w.since, coalesce(s.dataset, '') AS dataset,
              coalesce(s.dataset_version, 0) AS dataset_version,
              (SELECT coalesce(extract(epoch FROM sum(e.until - greatest(e.since, ?))), 0)::bigint
               FROM data_withdrawal e WHERE e.workspace_id = a.workspace_id AND e.version_digest = p.version_digest
                 AND e.purpose = p.purpose AND e.until > ?) AS seconds_before
            FROM (
              SELECT 'index' AS part, 'INDEX' AS purpose, version_digest FROM split_projection
              WHERE workspace_id = ? AND split_digest = ?
              UNION ALL
              SELECT 'model ' || model || '@' || version, 'TRAIN', dataset_digest FROM model_version_projection
              WHERE workspace_id = ? AND model || '@' || version = ANY (?)) p
            JOIN admission_projection a ON a.workspace_id = ? AND a.version_digest = p.version_digest AND %s
            LEFT JOIN data_withdrawal w ON w.workspace_id = a.workspace_id
              AND w.version_digest = p.version_digest AND w.purpose = p.purpose AND w.until IS NULL
            LEFT JOIN LATERAL (SELECT dataset, dataset_version FROM split_projection d
              WHERE d.workspace_id = a.workspace_id AND d.version_digest = p.version_digest LIMIT 1) s ON true
            ORDER BY p.part
            """
                .formatted(NOT_ADMITTED.formatted("p.purpose")))
        .params(
            requested.atOffset(ZoneOffset.UTC),
            requested.atOffset(ZoneOffset.UTC),
            workspace,
            split,
            workspace,
            variant.models().stream().map(PinnedModel::model).toArray(String[]::new),
            workspace)
        .query(this::readPart)
        .list();
  }

  private WithdrawnPart readPart(ResultSet row, int number) throws SQLException {
    Instant since =
        row.getObject("since") == null ? clock.instant() : Columns.instant(row, "since");
    return new WithdrawnPart(
        row.getString("part"),
        row.getString("dataset"),
        row.getInt("dataset_version"),
        new Digest(row.getString("version_digest")),
        row.getString("purpose"),
        since,
        Duration.ofSeconds(row.getLong("seconds_before")),
        json.readStrings(row.getString("reasons")));
  }
}
