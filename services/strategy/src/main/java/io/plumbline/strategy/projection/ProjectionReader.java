package io.plumbline.strategy.projection;

import io.plumbline.contracts.Digest;
import io.plumbline.contracts.EvaluationEvent.Delta;
import io.plumbline.contracts.EvaluationEvent.Measure;
import io.plumbline.contracts.EvaluationEvent.SuiteMetric;
import io.plumbline.contracts.EvaluationEvent.SuiteScorer;
import io.plumbline.contracts.EvaluationEvent.TrivialScores;
import io.plumbline.contracts.Money;
import io.plumbline.contracts.Phase;
import io.plumbline.contracts.TunedModelName;
import io.plumbline.contracts.VerdictKind;
import io.plumbline.contracts.state.Outcome;
import io.plumbline.contracts.state.RunOutcome;
import io.plumbline.platform.data.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Reads what has been measured and done for an application so far. */
@Repository
@Transactional(readOnly = true)
public class ProjectionReader {

  private static final int MAX_ROWS = 500;

  private final JdbcClient sql;
  private final JsonMapper json;

  ProjectionReader(JdbcClient sql, JsonMapper json) {
    this.sql = sql;
    this.json = json;
  }

  /** Returns the newest finished runs, at most {@value #MAX_ROWS}, newest first. */
  public List<Run> runs(String application) {
    return sql.sql(
            "SELECT * FROM run WHERE application = ? ORDER BY finished_at DESC LIMIT " + MAX_ROWS)
        .param(application)
        .query(this::readRun)
        .list();
  }

  /** Returns the newest variants, at most {@value #MAX_ROWS}, oldest first. */
  public List<Variant> variants(String application) {
    return variants(application, MAX_ROWS);
  }

  /** Returns all variants, oldest first, for decisions that must not miss any. */
  public List<Variant> everyVariant(String application) {
    return variants(application, Integer.MAX_VALUE);
  }

  /**
   * Reads variants. A variant is tuned if at least one of its models is. A model of the model
   * registry is recognised by its name or by its registration, because either may arrive first; one
   * that a provider tuned by its name, by the catalogue or by a confirmed statement.
   */
  private List<Variant> variants(String application, int max) {
    return sql.sql(
            """
            SELECT * FROM (
              SELECT v.*, ARRAY(SELECT asked ->> 'model' FROM jsonb_array_elements(v.models) asked) AS names,
                EXISTS (SELECT FROM jsonb_array_elements(v.models) asked WHERE
                  EXISTS (SELECT FROM tuned_model m WHERE m.digest = asked ->> 'modelDigest')
                  OR EXISTS (SELECT FROM declared_tuned_model d WHERE d.model = asked ->> 'model')) AS tuned
              FROM variant v WHERE v.application = ? ORDER BY v.created_at DESC LIMIT ?) newest
            ORDER BY created_at
            """)
        .params(application, max)
        .query(ProjectionReader::readVariant)
        .list();
  }

  /** Returns the newest verdicts, at most {@value #MAX_ROWS}, newest first. */
  public List<Verdict> verdicts(String application) {
    return sql.sql(
            "SELECT * FROM verdict WHERE application = ? ORDER BY sequence DESC LIMIT " + MAX_ROWS)
        .param(application)
        .query(ProjectionReader::readVerdict)
        .list();
  }

  /** Returns the newest releases, at most {@value #MAX_ROWS}, newest first. */
  public List<Release> releases(String application) {
    return sql.sql("SELECT * FROM release WHERE application = ? ORDER BY id DESC LIMIT " + MAX_ROWS)
        .param(application)
        .query(ProjectionReader::readRelease)
        .list();
  }

  /** Returns the deltas of the newest comparison. */
  public List<Delta> latestComparison(String application) {
    return sql.sql(
            "SELECT deltas FROM comparison WHERE application = ? ORDER BY finished_at DESC LIMIT 1")
        .param(application)
        .query((row, number) ->
            json.readValue(row.getString("deltas"), new TypeReference<List<Delta>>() {}))
        .optional()
        .orElse(List.of());
  }

  public Optional<Usage> usage(String application, LocalDate today) {
    return sql.sql(
            """
            WITH used AS (
              SELECT *, coalesce(traffic_requests, requests) AS traffic FROM usage WHERE application = :application),
            began AS (SELECT min(day) AS day FROM used WHERE traffic > 0)
            SELECT min(u.day) AS since, sum(u.requests) AS requests, sum(u.errors) AS errors,
              sum(u.input_tokens) AS input_tokens, sum(u.output_tokens) AS output_tokens,
              sum(u.unpriced_requests) AS unpriced_requests, sum(u.traffic) AS traffic,
              (SELECT day FROM began) AS traffic_since,
              coalesce(sum(u.traffic) FILTER (WHERE u.day > (SELECT day FROM began) AND u.day < :today), 0)
                AS full_traffic
            FROM used u HAVING sum(u.requests) > 0
            """)
        .param("application", application)
        .param("today", today)
        .query((row, number) -> usage(row, today, costs(application)))
        .optional();
  }

  private List<Money> costs(String application) {
    return sql.sql(
            """
            SELECT sum(cost) AS amount, currency FROM usage WHERE application = ?
            GROUP BY currency HAVING sum(cost) > 0 ORDER BY currency
            """)
        .param(application)
        .query((row, number) -> new Money(row.getBigDecimal("amount"), row.getString("currency")))
        .list();
  }

  /** Returns the newest version of a dataset. */
  public Optional<DatasetVersion> dataset(String name) {
    return sql.sql(
            "SELECT * FROM dataset_version WHERE dataset = ? ORDER BY dataset_version DESC LIMIT 1")
        .param(name)
        .query(this::readDatasetVersion)
        .optional();
  }

  /** Returns the dataset of the application's newest run, found through its suite and split. */
  public Optional<DatasetVersion> evaluatedDataset(String application) {
    return sql.sql(
            """
            SELECT d.* FROM run r JOIN suite s ON s.digest = r.suite_digest JOIN split p ON p.digest = s.split_digest
              JOIN dataset_version d ON d.digest = p.version_digest
            WHERE r.application = ? ORDER BY r.finished_at DESC LIMIT 1
            """)
        .param(application)
        .query(this::readDatasetVersion)
        .optional();
  }

  public Optional<Suite> suite(Digest digest) {
    return sql.sql(
            """
            SELECT s.*, p.version_digest FROM suite s LEFT JOIN split p ON p.digest = s.split_digest
            WHERE s.digest = ?
            """)
        .param(digest.hex())
        .query(this::readSuite)
        .optional();
  }

  /** Returns whether a run over the subset of a suite has ended, of any application. */
  public boolean hasRunOver(Suite suite) {
    return sql.sql(
            """
            SELECT EXISTS (SELECT FROM run r JOIN suite s ON s.digest = r.suite_digest
              WHERE s.split_digest = ? AND s.subset = ?)
            """)
        .params(suite.splitDigest().hex(), suite.subset())
        .query(Boolean.class)
        .single();
  }

  /** Returns whether a run over any test items has ended, of any application. */
  public boolean hasRunOverTestItems() {
    return sql.sql(
            """
            SELECT EXISTS (SELECT FROM run r JOIN suite s ON s.digest = r.suite_digest WHERE s.subset = 'test')
            """)
        .query(Boolean.class)
        .single();
  }

  /** Returns the scores of variants without any skill over a suite; empty while not known. */
  public Optional<List<TrivialScores>> trivialScores(Digest suite) {
    return sql.sql("SELECT variants FROM trivial_scores WHERE suite_digest = ?")
        .param(suite.hex())
        .query((row, number) ->
            json.readValue(row.getString("variants"), new TypeReference<List<TrivialScores>>() {}))
        .optional();
  }

  private Suite readSuite(ResultSet row, int number) throws SQLException {
    return new Suite(
        new Digest(row.getString("digest")),
        row.getString("suite"),
        row.getInt("suite_version"),
        new Digest(row.getString("split_digest")),
        row.getString("subset"),
        Columns.digestOrNull(row, "version_digest"),
        json.readValue(row.getString("scorers"), new TypeReference<List<SuiteScorer>>() {}),
        json.readValue(row.getString("metrics"), new TypeReference<List<SuiteMetric>>() {}),
        Columns.texts(row, "perturbations"),
        row.getLong("items"),
        row.getLong("perturbed_items"));
  }

  private Run readRun(ResultSet row, int number) throws SQLException {
    return new Run(
        row.getObject("id", UUID.class),
        new Digest(row.getString("suite_digest")),
        new Digest(row.getString("variant_digest")),
        RunOutcome.valueOf(row.getString("outcome")),
        row.getLong("items"),
        row.getLong("failed_items"),
        json.readValue(row.getString("metrics"), new TypeReference<Map<String, Measure>>() {}),
        row.getBigDecimal("cost"),
        row.getString("currency"),
        Columns.instant(row, "finished_at"));
  }

  private DatasetVersion readDatasetVersion(ResultSet row, int number) throws SQLException {
    return new DatasetVersion(
        row.getString("dataset"),
        row.getInt("dataset_version"),
        row.getLong("rows"),
        json.readValue(row.getString("labels"), new TypeReference<Map<String, Long>>() {}));
  }

  private static Variant readVariant(ResultSet row, int number) throws SQLException {
    return new Variant(
        new Digest(row.getString("digest")),
        row.getString("name"),
        new Digest(row.getString("prompt_digest")),
        row.getString("model"),
        Columns.digestOrNull(row, "model_digest"),
        Columns.digestOrNull(row, "index_digest"),
        row.getBoolean("tuned")
            || Columns.texts(row, "names").stream()
                .anyMatch(name ->
                    TunedModelName.isRegistered(name) || TunedModelName.isTunedAtProvider(name)),
        Columns.instant(row, "created_at"));
  }

  private static Verdict readVerdict(ResultSet row, int number) throws SQLException {
    String phase = row.getString("phase");
    return new Verdict(
        row.getObject("id", UUID.class),
        VerdictKind.valueOf(row.getString("kind")),
        phase == null ? null : Phase.valueOf(phase),
        new Digest(row.getString("subject_digest")),
        Columns.digestOrNull(row, "criteria_digest"),
        row.getObject("run_id", UUID.class),
        Outcome.valueOf(row.getString("outcome")),
        Columns.texts(row, "reasons"),
        Columns.instant(row, "issued_at"));
  }

  private static Release readRelease(ResultSet row, int number) throws SQLException {
    return new Release(
        row.getObject("id", UUID.class),
        row.getString("environment"),
        new Digest(row.getString("variant_digest")),
        Columns.digestOrNull(row, "previous_variant_digest"),
        row.getString("state"),
        row.getInt("percent"),
        row.getString("reason"),
        Columns.instant(row, "changed_at"));
  }

  private static Usage usage(ResultSet row, LocalDate today, List<Money> costs)
      throws SQLException {
    LocalDate since = row.getObject("since", LocalDate.class);
    LocalDate began = row.getObject("traffic_since", LocalDate.class);
    long fullDays = began == null ? 0 : Math.max(0, ChronoUnit.DAYS.between(began, today) - 1);
    return new Usage(
        since,
        ChronoUnit.DAYS.between(since, today) + 1,
        row.getLong("requests"),
        row.getLong("traffic"),
        fullDays,
        Usage.monthlyPace(row.getLong("full_traffic"), fullDays),
        row.getLong("errors"),
        row.getLong("input_tokens"),
        row.getLong("output_tokens"),
        row.getLong("unpriced_requests"),
        costs);
  }
}
