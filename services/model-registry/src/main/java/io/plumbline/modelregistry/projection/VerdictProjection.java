package io.plumbline.modelregistry.projection;

import io.plumbline.contracts.CriteriaPurpose;
import io.plumbline.contracts.Digest;
import io.plumbline.contracts.EvaluationEvent.VerdictIssued;
import io.plumbline.contracts.InferenceEvent.ReleaseChanged;
import io.plumbline.contracts.InferenceEvent.VariantCreated;
import io.plumbline.contracts.StrategyEvent.CriteriaRegistered;
import io.plumbline.contracts.VerdictKind;
import io.plumbline.contracts.state.Outcome;
import io.plumbline.contracts.state.ReleaseState;
import io.plumbline.modelregistry.projection.ModelEvidence.Finding;
import io.plumbline.modelregistry.projection.ModelEvidence.Source;
import io.plumbline.platform.event.EventMetadata;
import io.plumbline.platform.event.OnEvent;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Verdicts and halted canaries of the variants that models serve in, and the criteria in force. */
@Component
public class VerdictProjection {

  private final JdbcClient sql;

  VerdictProjection(JdbcClient sql) {
    this.sql = sql;
  }

  @OnEvent
  public void on(VariantCreated event, EventMetadata metadata) {
    sql.sql("INSERT INTO variant VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING")
        .params(
            metadata.workspace(),
            event.application(),
            event.variantDigest().hex(),
            event.modelDigest().hex())
        .update();
  }

  /** Stores criteria, except those of refreshes, which judge no model and replace no others. */
  @OnEvent
  public void on(CriteriaRegistered event, EventMetadata metadata) {
    if (CriteriaPurpose.of(event.purpose()) != CriteriaPurpose.RELEASE) {
      return;
    }
    sql.sql(
            """
            INSERT INTO criteria AS known VALUES (?, ?, ?, ?)
            ON CONFLICT (workspace_id, application) DO UPDATE
              SET version = excluded.version, digest = excluded.digest
              WHERE known.version < excluded.version
            """)
        .params(
            metadata.workspace(),
            event.application(),
            event.version(),
            event.criteriaDigest().hex())
        .update();
  }

  /** Stores a verdict, but no PASS of a canary: it only says that no harm was seen. */
  @OnEvent
  public void on(VerdictIssued event, EventMetadata metadata) {
    boolean canary = event.kind() == VerdictKind.CANARY && event.outcome() != Outcome.PASS;
    if (!canary && event.kind() != VerdictKind.PHASE && event.kind() != VerdictKind.RELEASE) {
      return;
    }
    Digest criteria = event.criteriaDigest();
    sql.sql("INSERT INTO verdict VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING")
        .param(metadata.workspace())
        .param(event.verdictId())
        .param(event.kind().name())
        .param(event.application())
        .param(event.sequence())
        .param(event.subjectDigest().hex())
        .param(criteria == null ? null : criteria.hex())
        .param(event.outcome().name())
        .update();
  }

  /** Stores a halted canary. A verdict arrives too if its guard halted it, but not for a person. */
  @OnEvent
  public void on(ReleaseChanged event, EventMetadata metadata) {
    if (event.state() != ReleaseState.HALTED) {
      return;
    }
    sql.sql("INSERT INTO halted_canary VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING")
        .params(
            metadata.workspace(),
            event.releaseId(),
            event.application(),
            event.variantDigest().hex(),
            event.verdictSequence())
        .update();
  }

  /**
   * Returns the findings about the variants with exactly this model, in the order of the verdicts'
   * numbers.
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public ModelEvidence evidenceOn(Digest model) {
    return new ModelEvidence(
        sql.sql(
                """
                SELECT f.application, f.source, f.id, f.outcome, coalesce(f.criteria_digest = c.digest, false)
                FROM variant v
                  JOIN (
                    SELECT application, subject_digest, sequence, id::text, outcome, criteria_digest,
                      CASE kind WHEN 'CANARY' THEN 'CANARY' ELSE 'VERDICT' END AS source
                    FROM verdict
                    UNION ALL
                    SELECT application, variant_digest, verdict_sequence, release_id::text, 'FAIL', NULL, 'CANARY'
                    FROM halted_canary) f
                  ON f.application = v.application AND f.subject_digest = v.digest
                  LEFT JOIN criteria c ON c.application = v.application
                WHERE v.model_digest = ? ORDER BY f.sequence DESC, f.source
                """)
            .param(model.hex())
            .query((row, number) ->
                new Finding(
                    row.getString(1),
                    Source.valueOf(row.getString(2)),
                    row.getString(3),
                    Outcome.valueOf(row.getString(4)),
                    row.getBoolean(5)))
            .list());
  }
}
