package io.plumbline.modelregistry.projection;

import io.plumbline.contracts.Digest;
import io.plumbline.contracts.EvaluationEvent.VerdictIssued;
import io.plumbline.contracts.InferenceEvent.ReleaseChanged;
import io.plumbline.contracts.InferenceEvent.VariantCreated;
import io.plumbline.contracts.StrategyEvent.CriteriaRegistered;
import io.plumbline.contracts.state.Outcome;
import io.plumbline.modelregistry.projection.ModelEvidence.Finding;
import io.plumbline.modelregistry.projection.ModelEvidence.Source;
import io.plumbline.platform.event.Projection;
import java.util.HashMap;
import java.util.Map;
import org.springframework.context.annotation.Bean;
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

  @Bean
  static Projection<VariantCreated> variantCreated() {
    return Projection.of(VariantCreated.class, "variant")
        .columns("application", "model_digest")
        .column("digest", "variantDigest");
  }

  /** The criteria, except those of refreshes, which judge no model and replace no others. */
  @Bean
  static Projection<CriteriaRegistered> criteriaRegistered() {
    return Projection.of(CriteriaRegistered.class, "criteria")
        .when("purpose", "", "RELEASE")
        .columns("application", "version")
        .column("digest", "criteriaDigest")
        .newestPer("application");
  }

  /** The verdicts, except a PASS of a canary: it only says that no harm was seen. */
  @Bean
  static Projection<VerdictIssued> verdictIssued() {
    return Projection.of(VerdictIssued.class, "verdict")
        .when(VerdictProjection::concernsModel)
        .column("id", "verdictId")
        .columns("kind", "application", "sequence", "subject_digest", "criteria_digest", "outcome");
  }

  private static boolean concernsModel(VerdictIssued event) {
    return switch (event.kind()) {
      case PHASE, RELEASE -> true;
      case CANARY -> event.outcome() != Outcome.PASS;
      case FORGETTING, REFRESH -> false;
    };
  }

  /** The halted canaries. A verdict arrives too if its guard halted one, but not for a person. */
  @Bean
  static Projection<ReleaseChanged> releaseChanged() {
    return Projection.of(ReleaseChanged.class, "halted_canary")
        .when("state", "HALTED")
        .columns("release_id", "application", "variant_digest", "verdict_sequence");
  }

  /** Returns the variants with exactly this model, and the application of each. */
  @Transactional(readOnly = true)
  public Map<Digest, String> variantsOf(Digest model) {
    Map<Digest, String> variants = new HashMap<>();
    sql.sql("SELECT digest, application FROM variant WHERE model_digest = ?")
        .param(model.hex())
        .query(row -> {
          variants.put(new Digest(row.getString("digest")), row.getString("application"));
        });
    return variants;
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
                SELECT f.application, f.source, f.id, f.outcome,
                  coalesce(f.criteria_digest = c.digest, false) AS in_force
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
                    row.getString("application"),
                    Source.valueOf(row.getString("source")),
                    row.getString("id"),
                    Outcome.valueOf(row.getString("outcome")),
                    row.getBoolean("in_force")))
            .list());
  }
}
