package io.plumbline.inference.projection;

import io.plumbline.contracts.ComplianceEvent;
import io.plumbline.contracts.DatasetRegistryEvent;
import io.plumbline.contracts.Digest;
import io.plumbline.contracts.EvaluationEvent;
import io.plumbline.contracts.ModelRegistryEvent;
import io.plumbline.contracts.PromptRegistryEvent;
import io.plumbline.contracts.StrategyEvent;
import io.plumbline.inference.cache.JsonColumn;
import io.plumbline.inference.cache.WorkspaceCaches;
import io.plumbline.platform.event.EventMetadata;
import io.plumbline.platform.event.OnEvent;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Keeps what other services told, whatever order it arrives in. */
@Component
class EventProjection {

  private final JdbcClient sql;
  private final JsonColumn json;
  private final WorkspaceCaches views;

  EventProjection(JdbcClient sql, JsonColumn json, WorkspaceCaches views) {
    this.sql = sql;
    this.json = json;
    this.views = views;
  }

  @OnEvent
  public void on(StrategyEvent.ApplicationRegistered event, EventMetadata meta) {
    sql.sql(
            """
            INSERT INTO known_application AS known (workspace_id, application, criticality, version) VALUES (?, ?, ?, ?)
            ON CONFLICT (workspace_id, application) DO UPDATE SET criticality = excluded.criticality, version = excluded.version
            WHERE known.version < excluded.version
            """)
        .params(
            meta.workspace(),
            event.application(),
            event.criticality().name(),
            meta.aggregateVersion())
        .update();
  }

  @OnEvent
  public void on(StrategyEvent.CriteriaRegistered event, EventMetadata meta) {
    sql.sql(
            """
            INSERT INTO known_criteria AS known (workspace_id, application, version, criteria_digest) VALUES (?, ?, ?, ?)
            ON CONFLICT (workspace_id, application) DO UPDATE SET version = excluded.version, criteria_digest = excluded.criteria_digest
            WHERE known.version < excluded.version
            """)
        .params(
            meta.workspace(), event.application(), event.version(), event.criteriaDigest().hex())
        .update();
  }

  @OnEvent
  public void on(PromptRegistryEvent.PromptVersionPublished event, EventMetadata meta) {
    sql.sql(
            "INSERT INTO known_prompt (workspace_id, prompt_digest, author) VALUES (?, ?, ?) ON"
                + " CONFLICT DO NOTHING")
        .params(meta.workspace(), event.digest().hex(), event.author())
        .update();
  }

  @OnEvent
  public void on(DatasetRegistryEvent.SplitDefined event, EventMetadata meta) {
    sql.sql(
            """
            INSERT INTO known_split (workspace_id, split_digest, dataset, version_digest, parts) VALUES (?, ?, ?, ?, ?::jsonb)
            ON CONFLICT DO NOTHING
            """)
        .params(
            meta.workspace(),
            event.splitDigest().hex(),
            event.dataset(),
            event.versionDigest().hex(),
            json.write(event.parts()))
        .update();
  }

  @OnEvent
  public void on(DatasetRegistryEvent.AdmissionDecided event, EventMetadata meta) {
    sql.sql(
            """
            INSERT INTO known_admission AS known (workspace_id, version_digest, outcome, purposes, reasons, version)
            VALUES (?, ?, ?, ?::jsonb, ?::jsonb, ?)
            ON CONFLICT (workspace_id, version_digest) DO UPDATE
            SET outcome = excluded.outcome, purposes = excluded.purposes, reasons = excluded.reasons, version = excluded.version
            WHERE known.version < excluded.version
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

  @OnEvent
  public void on(EvaluationEvent.VerdictIssued event, EventMetadata meta) {
    Digest criteria = event.criteriaDigest();
    sql.sql(
            """
            INSERT INTO known_verdict (workspace_id, verdict_id, kind, application, subject_digest, criteria_digest, outcome, reasons)
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

  @OnEvent
  public void on(ModelRegistryEvent.BaseModelListed event, EventMetadata meta) {
    sql.sql(
            """
            INSERT INTO known_base_model AS known (workspace_id, model, model_digest, input_per_million, output_per_million, currency, version)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (workspace_id, model) DO UPDATE
            SET model_digest = excluded.model_digest, input_per_million = excluded.input_per_million,
                output_per_million = excluded.output_per_million, currency = excluded.currency, version = excluded.version
            WHERE known.version < excluded.version
            """)
        .params(
            meta.workspace(),
            event.model(),
            event.modelDigest().hex(),
            event.inputPerMillion().amount(),
            event.outputPerMillion().amount(),
            event.inputPerMillion().currency(),
            meta.aggregateVersion())
        .update();
    views.changed();
  }

  @OnEvent
  public void on(ModelRegistryEvent.ModelVersionRegistered event, EventMetadata meta) {
    sql.sql(
            """
            INSERT INTO known_model_version
                (workspace_id, model, version, model_digest, artifact_digest, base_model, labels, author)
            VALUES (?, ?, ?, ?, ?, ?, ?::jsonb, ?) ON CONFLICT DO NOTHING
            """)
        .params(
            meta.workspace(),
            event.model(),
            event.version(),
            event.modelDigest().hex(),
            event.artifactDigest().hex(),
            event.baseModel(),
            json.write(event.labels()),
            event.author())
        .update();
    views.changed();
  }

  @OnEvent
  public void on(ComplianceEvent.PolicyActivated event, EventMetadata meta) {
    sql.sql(
            """
            INSERT INTO known_policy AS known (workspace_id, policy, target, source, version) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (workspace_id, policy) DO UPDATE SET target = excluded.target, source = excluded.source, version = excluded.version
            WHERE known.version < excluded.version
            """)
        .params(meta.workspace(), event.policy(), event.target(), event.source(), event.version())
        .update();
  }
}
