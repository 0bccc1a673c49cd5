package io.plumbline.inference.projection;

import io.plumbline.contracts.Digest;
import io.plumbline.contracts.EvaluationEvent.CanaryCompared;
import io.plumbline.contracts.EvaluationEvent.VerdictIssued;
import io.plumbline.contracts.VerdictKind;
import io.plumbline.contracts.state.Outcome;
import io.plumbline.inference.cache.JsonColumn;
import io.plumbline.platform.data.Columns;
import io.plumbline.platform.event.Projection;
import io.plumbline.platform.identity.Caller;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Verdicts as evaluation issued them. */
@Component
public class VerdictProjection {

  private static final String VERDICTS =
      """
      verdict_id, kind, application, sequence, subject_digest, criteria_digest, outcome, reasons,
        coalesce(compared_with, '[]'::jsonb) AS compared_with
      FROM verdict_projection WHERE workspace_id = ?
      """;

  private final JdbcClient sql;
  private final JsonColumn json;

  VerdictProjection(JdbcClient sql, JsonColumn json) {
    this.sql = sql;
    this.json = json;
  }

  @Bean
  static Projection<VerdictIssued> verdictIssued() {
    return Projection.of(VerdictIssued.class, "verdict_projection")
        .columns("verdict_id", "kind", "application", "sequence", "subject_digest")
        .columns("criteria_digest", "outcome")
        .json("reasons", "compared_with");
  }

  /** The canaries that were compared in as many answers as their releases registered. */
  @Bean
  static Projection<CanaryCompared> canaryCompared() {
    return Projection.of(CanaryCompared.class, "canary_comparison")
        .columns("release_id", "control_variant_digest", "answers", "planned_answers");
  }

  /**
   * Returns whether a canary was compared with this control in as many answers as its release
   * registered.
   */
  public boolean isCanaryCompared(UUID release, Digest control) {
    return sql.sql(
            "SELECT EXISTS (SELECT FROM canary_comparison WHERE workspace_id = ? AND release_id = ?"
                + " AND control_variant_digest = ?)")
        .params(Caller.current().workspace(), release, control.hex())
        .query(Boolean.class)
        .single();
  }

  public Optional<Verdict> findVerdict(UUID id) {
    return sql.sql("SELECT " + VERDICTS + " AND verdict_id = ?")
        .params(Caller.current().workspace(), id)
        .query((row, index) -> readVerdict(row))
        .optional();
  }

  /** Returns the sequence of an application's newest verdict; 0 when it has none. */
  public long newestSequence(String application) {
    return sql.sql(
            "SELECT coalesce(max(sequence), 0) FROM verdict_projection WHERE workspace_id = ? AND"
                + " application = ?")
        .params(Caller.current().workspace(), application)
        .query(Long.class)
        .single();
  }

  /**
   * Returns the newest verdict on whether a variant may be released, among those that {@linkplain
   * VerdictKind#countsForRelease decide about releases} under these criteria.
   *
   * @param criteria absent where none are in force; then only a failed canary decides
   */
  public Optional<Verdict> findNewestReleaseVerdict(
      String application, Digest variant, @Nullable Digest criteria) {
    return findNewestMatching(
        application,
        variant,
        each -> each.kind().countsForRelease(each.outcome(), each.criteria(), criteria));
  }

  /**
   * Returns the newest verdict on whether a variant may refresh the serving one, among those that
   * {@linkplain VerdictKind#countsForRefresh decide about refreshes} under these criteria.
   */
  public Optional<Verdict> findNewestRefreshVerdict(
      String application, Digest variant, Digest criteria) {
    return findNewestMatching(
        application, variant, each -> each.kind().countsForRefresh(each.criteria(), criteria));
  }

  private Optional<Verdict> findNewestMatching(
      String application, Digest variant, Predicate<Verdict> decides) {
    return newestOfEachKind(application, variant).stream()
        .filter(decides)
        .max(Comparator.comparingLong(Verdict::sequence));
  }

  /**
   * Returns the newest verdict on a variant of each kind, outcome and criteria. The rules that
   * distinguish these are written once, in Java, and not in SQL as well.
   */
  public List<Verdict> newestOfEachKind(String application, Digest variant) {
    return sql.sql(
            "SELECT DISTINCT ON (kind, outcome, criteria_digest) "
                + VERDICTS
                + " AND application = ? AND subject_digest = ?"
                + " ORDER BY kind, outcome, criteria_digest, sequence DESC")
        .params(Caller.current().workspace(), application, variant.hex())
        .query((row, index) -> readVerdict(row))
        .list();
  }

  private Verdict readVerdict(ResultSet row) throws SQLException {
    return new Verdict(
        row.getObject("verdict_id", UUID.class),
        VerdictKind.valueOf(row.getString("kind")),
        row.getString("application"),
        row.getLong("sequence"),
        new Digest(row.getString("subject_digest")),
        Columns.digestOrNull(row, "criteria_digest"),
        Outcome.valueOf(row.getString("outcome")),
        json.readStrings(row.getString("reasons")),
        json.readStrings(row.getString("compared_with")).stream().map(Digest::new).toList());
  }
}
