package io.plumbline.datasetregistry.dataset;

import io.plumbline.platform.data.Columns;
import io.plumbline.platform.problem.Problem;
import io.plumbline.platform.web.Page;
import io.plumbline.platform.web.PageRequest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Reads datasets, versions and findings from the database straight into views. */
@Repository
@Transactional(readOnly = true)
public class DatasetQueries {

  private static final TypeReference<List<String>> STRINGS = new TypeReference<>() {};
  private static final TypeReference<List<DatasetVersion.Fault>> FAULTS = new TypeReference<>() {};
  private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};
  private static final String VERSION =
      """
      SELECT v.*, a.outcome, a.purposes, a.reasons, a.policy_digest, a.decided_by, a.decided_at
      FROM dataset_version v LEFT JOIN LATERAL (
        SELECT * FROM admission
        WHERE workspace_id = v.workspace_id AND dataset = v.dataset AND number = v.number
        ORDER BY revision DESC LIMIT 1) a ON true
      """;

  private final JdbcClient sql;
  private final JsonMapper json;

  DatasetQueries(JdbcClient sql, JsonMapper json) {
    this.sql = sql;
    this.json = json;
  }

  /**
   * A dataset as lists and its own page show it.
   *
   * @param textColumn absent for all but CLASSIFICATION
   * @param labelColumn absent for all but CLASSIFICATION
   */
  public record DatasetSummary(
      String name,
      DatasetKind kind,
      String description,
      String licence,
      String legalBasis,
      @Nullable String textColumn,
      @Nullable String labelColumn,
      List<String> labels,
      int latestVersion,
      String createdBy,
      Instant createdAt) {

    public static DatasetSummary from(Dataset dataset) {
      return new DatasetSummary(
          dataset.name(),
          dataset.kind(),
          dataset.description().description(),
          dataset.description().licence(),
          dataset.description().legalBasis(),
          dataset.columns().text(),
          dataset.columns().label(),
          dataset.columns().labels(),
          dataset.latestVersion(),
          dataset.createdBy(),
          dataset.createdAt());
    }
  }

  /** The place and kind of a finding in a version; never the value itself. */
  public record FindingView(
      long seq, String kind, long row, String itemId, Map<String, Object> detail) {}

  public Page<DatasetSummary> datasets(PageRequest page) {
    String after = page.afterName();
    List<DatasetSummary> rows =
        sql.sql("SELECT * FROM dataset WHERE name > ? ORDER BY name LIMIT ?")
            .params(after, page.fetchSize())
            .query((row, index) -> readSummary(row))
            .list();
    long total = Page.countRows(sql, "dataset");
    return Page.of(rows, page, row -> List.of(row.name()), total);
  }

  public Page<VersionView> versions(String dataset, PageRequest page) {
    int before = page.after(Integer::valueOf, Integer.MAX_VALUE);
    requireDataset(dataset);
    List<VersionView> rows =
        sql.sql(VERSION + " WHERE v.dataset = ? AND v.number < ? ORDER BY v.number DESC LIMIT ?")
            .params(dataset, before, page.fetchSize())
            .query((row, index) -> version(row, false))
            .list();
    long total = Page.countRows(sql, "dataset_version WHERE dataset = ?", dataset);
    return Page.of(rows, page, row -> List.of(String.valueOf(row.version())), total);
  }

  private void requireDataset(String name) {
    boolean exists =
        sql.sql("SELECT EXISTS (SELECT 1 FROM dataset WHERE name = ?)")
            .param(name)
            .query(Boolean.class)
            .single();
    if (!exists) {
      throw Problem.notFound();
    }
  }

  public VersionView version(String dataset, int number) {
    return sql.sql(VERSION + " WHERE v.dataset = ? AND v.number = ?")
        .params(dataset, number)
        .query((row, index) -> version(row, true))
        .optional()
        .orElseThrow(Problem::notFound);
  }

  /**
   * Returns the findings of a version. The text of a row is named as its column was in the upload.
   *
   * @param kind absent for all kinds
   */
  public Page<FindingView> findings(UUID version, @Nullable String kind, PageRequest page) {
    int after = page.after(Integer::valueOf, -1);
    List<FindingView> rows =
        sql.sql(
                """
                SELECT f.seq, f.kind, f.row_number, f.item_id,
                  CASE WHEN f.detail ->> 'field' = 'text' AND d.text_column IS NOT NULL
                    THEN jsonb_set(f.detail, '{field}', to_jsonb(d.text_column)) ELSE f.detail END
                    AS detail
                FROM finding f
                JOIN dataset_version v ON v.workspace_id = f.workspace_id AND v.id = f.version_id
                JOIN dataset d ON d.workspace_id = v.workspace_id AND d.name = v.dataset
                WHERE f.version_id = ? AND (?::text IS NULL OR f.kind = ?) AND f.seq > ?
                ORDER BY f.seq LIMIT ?
                """)
            .param(version)
            .param(kind)
            .param(kind)
            .param(after)
            .param(page.fetchSize())
            .query((row, index) ->
                new FindingView(
                    row.getLong("seq"),
                    row.getString("kind"),
                    row.getLong("row_number"),
                    row.getString("item_id"),
                    json.readValue(row.getString("detail"), OBJECT)))
            .list();
    long total =
        Page.countRows(
            sql,
            "finding WHERE version_id = ? AND (?::text IS NULL OR kind = ?)",
            version,
            kind,
            kind);
    return Page.of(rows, page, row -> List.of(String.valueOf(row.seq())), total);
  }

  /** Returns the ids of the items that have a listed finding of the kind. */
  public Set<String> itemIdsWithFinding(UUID version, String kind) {
    return Set.copyOf(
        sql.sql("SELECT DISTINCT item_id FROM finding WHERE version_id = ? AND kind = ?")
            .params(version, kind)
            .query(String.class)
            .list());
  }

  private DatasetSummary readSummary(ResultSet row) throws SQLException {
    return new DatasetSummary(
        row.getString("name"),
        DatasetKind.valueOf(row.getString("kind")),
        row.getString("description"),
        row.getString("licence"),
        row.getString("legal_basis"),
        row.getString("text_column"),
        row.getString("label_column"),
        json.readValue(row.getString("labels"), STRINGS),
        row.getInt("latest_version"),
        row.getString("created_by"),
        Columns.instant(row, "created_at"));
  }

  private VersionView version(ResultSet row, boolean withReport) throws SQLException {
    List<String> masked = json.readValue(row.getString("masked_kinds"), STRINGS);
    String report = withReport ? row.getString("report") : null;
    return new VersionView(
        row.getString("dataset"),
        row.getInt("number"),
        DatasetVersion.State.valueOf(row.getString("state")),
        row.getString("format"),
        row.getLong("source_bytes"),
        row.getLong("rows"),
        row.getString("version_digest"),
        row.getString("rows_digest"),
        row.getString("report_digest"),
        row.getObject("derived_from", Integer.class),
        !masked.isEmpty(),
        masked,
        report == null ? null : json.readTree(report),
        json.readValue(row.getString("problems"), FAULTS),
        readAdmission(row),
        row.getObject("job_id", UUID.class),
        row.getString("created_by"),
        Columns.instant(row, "created_at"),
        Columns.instantOrNull(row, "published_at"));
  }

  private VersionView.@Nullable AdmissionView readAdmission(ResultSet row) throws SQLException {
    String outcome = row.getString("outcome");
    if (outcome == null) {
      return null;
    }
    return new VersionView.AdmissionView(
        outcome,
        json.readValue(row.getString("purposes"), STRINGS),
        json.readValue(row.getString("reasons"), STRINGS),
        row.getString("policy_digest"),
        row.getString("decided_by"),
        Columns.instant(row, "decided_at"));
  }
}
