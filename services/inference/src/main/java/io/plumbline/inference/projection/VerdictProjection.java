package io.plumbline.inference.projection;

import io.plumbline.contracts.Digest;
import io.plumbline.contracts.EvaluationEvent;
import io.plumbline.contracts.VerdictKind;
import io.plumbline.contracts.state.Outcome;
import io.plumbline.inference.cache.JsonColumn;
import io.plumbline.platform.event.EventMetadata;
import io.plumbline.platform.event.OnEvent;
import io.plumbline.platform.identity.Caller;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Verdicts as evaluation issued them. */
@Component
public class VerdictProjection {

  private final JdbcClient sql;
  private final JsonColumn json;

  VerdictProjection(JdbcClient sql, JsonColumn json) {
    this.sql = sql;
    this.json = json;
  }

  @OnEvent
  public void on(EvaluationEvent.VerdictIssued event, EventMetadata meta) {
    Digest criteria = event.criteriaDigest();
    sql.sql(
            """
            INSERT INTO verdict_projection
              (workspace_id, verdict_id, kind, application, subject_digest, criteria_digest, outcome, reasons)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?::jsonb) ON CONFLICT DO NOTHING
            """)
        .param(meta.workspace())
        .param(event.verdictId())
        .param(event.kind().name())
        .param(event.application())
        .param(event.subjectDigest().hex())
        .param(criteria == null ? null : criteria.hex())
        .param(event.outcome().name())
        .param(json.write(event.reasons()))
        .update();
  }

  public Optional<Verdict> verdict(UUID id) {
    return sql.sql(
            """
            SELECT kind, application, subject_digest, criteria_digest, outcome, reasons FROM verdict_projection
            WHERE workspace_id = ? AND verdict_id = ?
            """)
        .params(Caller.current().workspace(), id)
        .query((row, index) -> {
          String criteria = row.getString(4);
          return new Verdict(
              id,
              VerdictKind.valueOf(row.getString(1)),
              row.getString(2),
              new Digest(row.getString(3)),
              criteria == null ? null : new Digest(criteria),
              Outcome.valueOf(row.getString(5)),
              json.strings(row.getString(6)));
        })
        .optional();
  }
}
