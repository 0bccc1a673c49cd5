package io.plumbline.evaluation.experiment;

import io.plumbline.contracts.Digest;
import io.plumbline.contracts.EvaluationEvent.VerdictIssued;
import io.plumbline.contracts.Phase;
import io.plumbline.contracts.VerdictKind;
import io.plumbline.contracts.state.Outcome;
import io.plumbline.platform.data.Columns;
import io.plumbline.platform.event.Outbox;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.web.Page;
import io.plumbline.platform.web.PageRequest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

/**
 * Issued verdicts: written once, together with their event, and never changed. Callers run in a
 * transaction.
 */
@Repository
public class Verdicts {

  private final JdbcClient sql;
  private final JsonMapper json;
  private final Outbox outbox;

  Verdicts(JdbcClient sql, JsonMapper json, Outbox outbox) {
    this.sql = sql;
    this.json = json;
    this.outbox = outbox;
  }

  public void issue(Verdict verdict) {
    Phase phase = verdict.phase();
    Digest criteria = verdict.criteriaDigest();
    sql.sql("INSERT INTO verdict VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?, ?)")
        .param(Caller.current().workspace())
        .param(verdict.verdictId())
        .param(verdict.kind().name())
        .param(verdict.application())
        .param(phase == null ? null : phase.name())
        .param(verdict.subjectDigest().hex())
        .param(criteria == null ? null : criteria.hex())
        .param(verdict.runId())
        .param(verdict.baselineRunId())
        .param(verdict.releaseId())
        .param(verdict.seed())
        .param(verdict.outcome().name())
        .param(
            json.writeValueAsString(
                new Judgement(verdict.outcome(), verdict.criteria(), verdict.reasons())))
        .param(verdict.issuedBy())
        .param(verdict.issuedAt().atOffset(ZoneOffset.UTC))
        .update();
    outbox.append(
        new VerdictIssued(
            verdict.verdictId(),
            verdict.kind(),
            verdict.application(),
            phase,
            verdict.subjectDigest(),
            criteria,
            verdict.runId(),
            verdict.releaseId(),
            verdict.outcome(),
            verdict.reasons()),
        verdict.verdictId().toString(),
        1);
  }

  Optional<Verdict> find(UUID id) {
    return sql.sql("SELECT * FROM verdict WHERE id = ?").param(id).query(this::verdict).optional();
  }

  /** The newest verdict of a kind on a variant, if any. */
  Optional<Verdict> latest(String application, Digest subject, VerdictKind kind) {
    return sql.sql(
            "SELECT * FROM verdict WHERE application = ? AND subject_digest = ? AND kind = ? ORDER"
                + " BY id DESC LIMIT 1")
        .params(application, subject.hex(), kind.name())
        .query(this::verdict)
        .optional();
  }

  Page<Verdict> list(@Nullable String application, PageRequest page) {
    UUID before = page.after(UUID::fromString, new UUID(-1, -1));
    List<Verdict> rows =
        sql.sql(
                "SELECT * FROM verdict WHERE (?::text IS NULL OR application = ?) AND id < ? ORDER"
                    + " BY id DESC LIMIT ?")
            .param(application)
            .param(application)
            .param(before)
            .param(page.fetch())
            .query(this::verdict)
            .list();
    long count =
        Page.count(
            sql, "verdict WHERE ?::text IS NULL OR application = ?", application, application);
    return Page.of(rows, page, verdict -> List.of(verdict.verdictId().toString()), count);
  }

  private Verdict verdict(ResultSet row, int number) throws SQLException {
    String phase = row.getString("phase");
    String criteria = row.getString("criteria_digest");
    Judgement judgement = json.readValue(row.getString("judgement"), Judgement.class);
    return new Verdict(
        row.getObject("id", UUID.class),
        VerdictKind.valueOf(row.getString("kind")),
        row.getString("application"),
        phase == null ? null : Phase.valueOf(phase),
        new Digest(row.getString("subject_digest")),
        criteria == null ? null : new Digest(criteria),
        row.getObject("run_id", UUID.class),
        row.getObject("baseline_run_id", UUID.class),
        row.getObject("release_id", UUID.class),
        row.getLong("seed"),
        Outcome.valueOf(row.getString("outcome")),
        judgement.reasons(),
        judgement.criteria(),
        row.getString("issued_by"),
        Columns.instant(row, "issued_at"));
  }
}
