package io.plumbline.evaluation.experiment;

import io.plumbline.contracts.CriteriaPurpose;
import io.plumbline.contracts.Digest;
import io.plumbline.contracts.EvaluationEvent.VerdictIssued;
import io.plumbline.contracts.Phase;
import io.plumbline.contracts.VerdictKind;
import io.plumbline.evaluation.experiment.VerdictView.Supersession;
import io.plumbline.evaluation.output.CostBasis;
import io.plumbline.evaluation.run.Run;
import io.plumbline.platform.data.AdvisoryLocks;
import io.plumbline.platform.data.Columns;
import io.plumbline.platform.event.Outbox;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.web.NewestFirstReader;
import io.plumbline.platform.web.Page;
import io.plumbline.platform.web.PageRequest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

/**
 * The issued verdicts. They are written once, together with their event, and never change. Callers
 * run in a transaction.
 */
@Repository
public class Verdicts {

  /** The question that a verdict decides; a newer verdict on the same question supersedes it. */
  private record Question(String application, Digest variant, CriteriaPurpose purpose) {}

  /** A verdict with the criteria of its purpose that its application has in force now. */
  private record Weighed(Verdict verdict, @Nullable Digest inForce) {

    boolean isDecisive() {
      VerdictKind kind = verdict.kind();
      return kind.countsForRelease(verdict.judgement().outcome(), verdict.criteriaDigest(), inForce)
          || kind.countsForRefresh(verdict.criteriaDigest(), inForce);
    }

    Question supersessionKey() {
      return new Question(verdict.application(), verdict.subjectDigest(), verdict.kind().purpose());
    }
  }

  private static final String DECIDING =
      """
      SELECT v.id FROM verdict v
      WHERE (v.outcome = 'PASS' OR v.repriced_verdict_id IS NOT NULL) AND v.run_id IS NOT NULL
        AND v.judgement -> 'criteria' @> '[{"metric": "cost_per_1000_usd"}]'
        AND v.criteria_digest = (SELECT c.criteria_digest FROM criteria c
          WHERE c.application = v.application
            AND c.purpose = CASE v.kind WHEN 'REFRESH' THEN 'REFRESH' ELSE 'RELEASE' END
          ORDER BY c.version DESC LIMIT 1)
        AND NOT EXISTS (SELECT FROM verdict n
          WHERE n.application = v.application AND n.subject_digest = v.subject_digest AND (
            (n.sequence > v.sequence AND n.criteria_digest = v.criteria_digest
              AND (n.kind = 'REFRESH') = (v.kind = 'REFRESH'))
            OR (n.sequence > v.sequence AND n.kind = 'CANARY' AND n.outcome = 'FAIL' AND v.kind <> 'REFRESH')
            OR (v.outcome <> 'PASS' AND n.kind = 'CANARY' AND n.outcome <> 'PASS'
              AND n.sequence > (SELECT min(f.sequence) FROM verdict f
                WHERE f.run_id = v.run_id AND f.kind = v.kind))))
      """;

  private final JdbcClient sql;
  private final JsonMapper json;
  private final Outbox outbox;
  private final NewestFirstReader<Verdict> newest;

  Verdicts(JdbcClient sql, JsonMapper json, Outbox outbox) {
    this.sql = sql;
    this.json = json;
    this.outbox = outbox;
    this.newest = new NewestFirstReader<>(sql, "verdict", this::readVerdict, Verdict::verdictId);
  }

  /**
   * Returns the next number, and locks the application's verdicts until the transaction ends, so
   * that no number is given twice.
   */
  public long nextSequence(String application) {
    AdvisoryLocks.lock(sql, 3, application);
    return sql.sql("SELECT coalesce(max(sequence), 0) + 1 FROM verdict WHERE application = ?")
        .param(application)
        .query(Long.class)
        .single();
  }

  public void issue(Verdict verdict) {
    Phase phase = verdict.phase();
    Digest criteria = verdict.criteriaDigest();
    Digest suite = verdict.suiteDigest();
    Judgement judgement = verdict.judgement();
    CostBasis basis = verdict.costBasis();
    sql.sql(
            """
            INSERT INTO verdict (workspace_id, id, kind, application, sequence, phase, subject_digest,
              criteria_digest, criteria_version, suite_digest, planned_verdicts, run_id, baseline_run_id, release_id,
              seed, outcome, judgement, issued_by, issued_at, compared_with, after_data, cost_basis,
              repriced_verdict_id)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?, ?, ?, ?, ?::jsonb, ?)
            """)
        .param(Caller.current().workspace())
        .param(verdict.verdictId())
        .param(verdict.kind().name())
        .param(verdict.application())
        .param(verdict.sequence())
        .param(phase == null ? null : phase.name())
        .param(verdict.subjectDigest().hex())
        .param(criteria == null ? null : criteria.hex())
        .param(verdict.criteriaVersion())
        .param(suite == null ? null : suite.hex())
        .param(verdict.plannedVerdicts())
        .param(verdict.runId())
        .param(verdict.baselineRunId())
        .param(verdict.releaseId())
        .param(verdict.seed())
        .param(judgement.outcome().name())
        .param(json.writeValueAsString(judgement))
        .param(verdict.issuedBy())
        .param(verdict.issuedAt().atOffset(ZoneOffset.UTC))
        .param(comparedWith(verdict))
        .param(verdict.afterData())
        .param(basis == null ? null : json.writeValueAsString(basis))
        .param(verdict.repricedVerdictId())
        .update();
    outbox.append(
        new VerdictIssued(
            verdict.verdictId(),
            verdict.kind(),
            verdict.application(),
            verdict.sequence(),
            phase,
            verdict.subjectDigest(),
            criteria,
            verdict.criteriaVersion(),
            suite,
            verdict.runId(),
            verdict.releaseId(),
            judgement.outcome(),
            judgement.reasons(),
            verdict.comparedWith(),
            verdict.afterData(),
            basis == null ? null : basis.pricesDigest(),
            verdict.repricedVerdictId()),
        verdict.verdictId().toString(),
        1);
  }

  private static String @Nullable [] comparedWith(Verdict verdict) {
    List<Digest> variants = verdict.comparedWith();
    return variants == null ? null : variants.stream().map(Digest::hex).toArray(String[]::new);
  }

  Optional<Verdict> find(UUID id) {
    return sql.sql("SELECT * FROM verdict WHERE id = ?")
        .param(id)
        .query(this::readVerdict)
        .optional();
  }

  Optional<UUID> ofRun(UUID run, VerdictKind kind) {
    return sql.sql(
            "SELECT id FROM verdict WHERE run_id = ? AND kind = ? ORDER BY sequence DESC LIMIT 1")
        .params(run, kind.name())
        .query(UUID.class)
        .optional();
  }

  /** Returns a verdict of any kind by which a run failed and that no new price has replaced. */
  Optional<UUID> findFailedByRun(UUID run) {
    return sql.sql(
            """
            SELECT v.id FROM verdict v WHERE v.run_id = ? AND v.outcome = 'FAIL'
              AND NOT EXISTS (SELECT FROM verdict n WHERE n.repriced_verdict_id = v.id) LIMIT 1
            """)
        .param(run)
        .query(UUID.class)
        .optional();
  }

  /**
   * Returns the verdict of the newest canary of the run's variant that failed after the run. It is
   * newer evidence.
   */
  Optional<UUID> failedCanarySince(Run run) {
    return sql.sql(
            """
            SELECT v.id FROM verdict v JOIN run judged ON judged.id = ?
            WHERE v.application = ? AND v.subject_digest = ?
              AND v.kind = 'CANARY' AND v.outcome = 'FAIL' AND v.issued_at > judged.finished_at
            ORDER BY v.sequence DESC LIMIT 1
            """)
        .params(run.id(), run.application(), run.subjectDigest().hex())
        .query(UUID.class)
        .optional();
  }

  /**
   * Returns what supersedes each of these verdicts for the release gate. The gate considers the
   * newest verdict on a variant among those that {@linkplain VerdictKind#countsForRelease decide
   * releases}; for refreshes, among those that {@linkplain VerdictKind#countsForRefresh decide
   * refreshes}. A verdict that still decides has no entry, and neither has a canary that did not
   * fail, since it never opens the gate.
   */
  Map<UUID, Supersession> supersessions(Collection<Verdict> shown) {
    List<Weighed> weighed = onSameVariants(shown);
    Map<Question, Long> newest =
        weighed.stream()
            .filter(Weighed::isDecisive)
            .collect(
                Collectors.toMap(
                    Weighed::supersessionKey, each -> each.verdict.sequence(), Math::max));
    Map<UUID, Supersession> superseded = new HashMap<>();
    for (Weighed each : weighed) {
      if (each.verdict.criteriaDigest() != null && !each.isDecisive()) {
        superseded.put(each.verdict.verdictId(), Supersession.NEW_CRITERIA);
      } else if (each.isDecisive()
          && each.verdict.sequence() < newest.getOrDefault(each.supersessionKey(), 0L)) {
        superseded.put(each.verdict.verdictId(), Supersession.LATER_VERDICT);
      }
    }
    return superseded;
  }

  private List<Weighed> onSameVariants(Collection<Verdict> shown) {
    return sql.sql(
            """
            SELECT v.*, f.criteria_digest AS in_force
            FROM verdict v LEFT JOIN LATERAL (SELECT c.criteria_digest FROM criteria c
              WHERE c.application = v.application
                AND c.purpose = CASE v.kind WHEN 'REFRESH' THEN 'REFRESH' ELSE 'RELEASE' END
              ORDER BY c.version DESC LIMIT 1) f ON true
            WHERE (v.application, v.subject_digest) IN (SELECT s.application, s.subject_digest FROM verdict s
              WHERE s.id = ANY (?))
            """)
        .param(shown.stream().map(Verdict::verdictId).toArray(UUID[]::new))
        .query((row, number) ->
            new Weighed(readVerdict(row, number), Columns.digestOrNull(row, "in_force")))
        .list();
  }

  Page<Verdict> list(@Nullable String application, PageRequest page) {
    return newest.page(page, "?::text IS NULL OR application = ?", application, application);
  }

  private Verdict readVerdict(ResultSet row, int number) throws SQLException {
    String phase = row.getString("phase");
    return new Verdict(
        row.getObject("id", UUID.class),
        VerdictKind.valueOf(row.getString("kind")),
        row.getString("application"),
        row.getLong("sequence"),
        phase == null ? null : Phase.valueOf(phase),
        new Digest(row.getString("subject_digest")),
        Columns.digestOrNull(row, "criteria_digest"),
        row.getObject("criteria_version", Integer.class),
        Columns.digestOrNull(row, "suite_digest"),
        row.getObject("planned_verdicts", Integer.class),
        row.getObject("run_id", UUID.class),
        row.getObject("baseline_run_id", UUID.class),
        row.getObject("release_id", UUID.class),
        row.getLong("seed"),
        json.readValue(row.getString("judgement"), Judgement.class),
        row.getString("issued_by"),
        Columns.instant(row, "issued_at"),
        comparedWith(row),
        row.getObject("after_data", Boolean.class),
        costBasis(row),
        row.getObject("repriced_verdict_id", UUID.class));
  }

  private @Nullable CostBasis costBasis(ResultSet row) throws SQLException {
    String basis = row.getString("cost_basis");
    return basis == null ? null : json.readValue(basis, CostBasis.class);
  }

  /**
   * Returns the verdicts of an application that decide about their variants, passed or were issued
   * because of a new price, and have a criterion on cost that depends on the price of a model. A
   * verdict decides when it is by the criteria in force and none that counts is newer. One that did
   * not pass opens nothing again after a canary of its variant failed or gave up.
   */
  List<UUID> decidingDependingOn(String application, String model) {
    return sql.sql(
            DECIDING
                + """
                AND v.application = ? AND EXISTS (
                  SELECT FROM run_item i WHERE i.run_id IN (v.run_id, v.baseline_run_id) AND i.answered
                    AND (i.usage @> jsonb_build_array(jsonb_build_object('model', ?::text))
                      OR (i.usage IS NULL AND EXISTS (SELECT FROM variant s WHERE s.variant_digest = v.subject_digest
                        AND s.models @> jsonb_build_array(jsonb_build_object('model', ?::text))))))
                ORDER BY v.sequence
                """)
        .params(application, model, model)
        .query((row, number) -> row.getObject("id", UUID.class))
        .list();
  }

  /** Returns whether a verdict still is one of {@link #decidingDependingOn}. */
  boolean isDeciding(UUID id) {
    return sql.sql(DECIDING + " AND v.id = ?").param(id).query(UUID.class).optional().isPresent();
  }

  private static @Nullable List<Digest> comparedWith(ResultSet row) throws SQLException {
    if (row.getArray("compared_with") == null) {
      return null;
    }
    return Columns.texts(row, "compared_with").stream().map(Digest::new).toList();
  }
}
