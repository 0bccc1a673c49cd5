package io.plumbline.strategy.projection;

import io.plumbline.contracts.DatasetRegistryEvent.DatasetVersionPublished;
import io.plumbline.contracts.DatasetRegistryEvent.SplitDefined;
import io.plumbline.contracts.Digest;
import io.plumbline.contracts.EvaluationEvent.ComparisonFinished;
import io.plumbline.contracts.EvaluationEvent.RunFinished;
import io.plumbline.contracts.EvaluationEvent.SuitePublished;
import io.plumbline.contracts.EvaluationEvent.TrivialScoresComputed;
import io.plumbline.contracts.InferenceEvent.ReleaseChanged;
import io.plumbline.contracts.InferenceEvent.UsageReported;
import io.plumbline.contracts.InferenceEvent.VariantCreated;
import io.plumbline.contracts.ModelRegistryEvent.ModelVersionRegistered;
import io.plumbline.contracts.TrainingEvent.JobFinished;
import io.plumbline.platform.event.EventMetadata;
import io.plumbline.platform.event.OnEvent;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/**
 * Stores the events of other services. It refuses none, because events of different topics arrive
 * in no fixed order.
 */
@Component
@Transactional
class EventProjection {

  private final JdbcClient sql;
  private final JsonMapper json;
  private final ApplicationEventPublisher internalEvents;

  EventProjection(JdbcClient sql, JsonMapper json, ApplicationEventPublisher internalEvents) {
    this.sql = sql;
    this.json = json;
    this.internalEvents = internalEvents;
  }

  @OnEvent
  public void on(RunFinished run, EventMetadata metadata) {
    sql.sql(
            """
            INSERT INTO run (workspace_id, id, application, suite_digest, variant_digest, outcome, items,
              failed_items, metrics, cost, currency,
              finished_at)
            VALUES (:workspace, :id, :application, :suite, :variant, :outcome, :items, :failed,
              :metrics::jsonb, :cost, :currency, :at)
            ON CONFLICT (workspace_id, id) DO NOTHING
            """)
        .param("workspace", metadata.workspace())
        .param("id", run.runId())
        .param("application", run.application())
        .param("suite", run.suiteDigest().hex())
        .param("variant", run.subjectDigest().hex())
        .param("outcome", run.outcome().name())
        .param("items", run.items())
        .param("failed", run.failedItems())
        .param("metrics", json.writeValueAsString(run.metrics()))
        .param("cost", run.cost().amount())
        .param("currency", run.cost().currency())
        .param("at", metadata.time().atOffset(ZoneOffset.UTC))
        .update();
    if (run.application() != null) {
      internalEvents.publishEvent(new EvidenceProjected(run.application()));
    }
  }

  /** Stores comparisons, except those over validation rows, which are no evidence. */
  @OnEvent
  public void on(ComparisonFinished comparison, EventMetadata metadata) {
    if (Boolean.TRUE.equals(comparison.exploration())) {
      return;
    }
    sql.sql(
            """
            INSERT INTO comparison (workspace_id, id, application, baseline_run, deltas,
              finished_at) VALUES (?, ?, ?, ?, ?::jsonb, ?)
            ON CONFLICT (workspace_id, id) DO NOTHING
            """)
        .params(
            metadata.workspace(),
            comparison.comparisonId(),
            comparison.application(),
            comparison.baselineRunId(),
            json.writeValueAsString(comparison.deltas()),
            metadata.time().atOffset(ZoneOffset.UTC))
        .update();
  }

  @OnEvent
  public void on(VariantCreated variant, EventMetadata metadata) {
    sql.sql(
            """
            INSERT INTO variant (workspace_id, digest, application, name, prompt_digest, model, model_digest,
              index_digest, models, parameters, created_at)
            VALUES (:workspace, :digest, :application, :name, :prompt, :model, :modelDigest, :index,
              :models::jsonb, :parameters::jsonb, :at)
            ON CONFLICT (workspace_id, application, digest) DO NOTHING
            """)
        .param("workspace", metadata.workspace())
        .param("digest", variant.variantDigest().hex())
        .param("application", variant.application())
        .param("name", variant.name())
        .param("prompt", variant.promptDigest().hex())
        .param("model", variant.model())
        .param("modelDigest", hex(variant.modelDigest()))
        .param("index", hex(variant.indexDigest()))
        .param("models", json.writeValueAsString(variant.models()))
        .param("parameters", json.writeValueAsString(variant.parameters()))
        .param("at", metadata.time().atOffset(ZoneOffset.UTC))
        .update();
    internalEvents.publishEvent(new EvidenceProjected(variant.application()));
  }

  @OnEvent
  public void on(ModelVersionRegistered model, EventMetadata metadata) {
    sql.sql(
            """
            INSERT INTO tuned_model (workspace_id, digest, model, model_version, base_model, job_id) VALUES (?,
              ?, ?, ?, ?, ?)
            ON CONFLICT (workspace_id, digest) DO NOTHING
            """)
        .params(
            metadata.workspace(),
            model.modelDigest().hex(),
            model.model(),
            model.version(),
            model.baseModel(),
            model.jobId())
        .update();
  }

  @OnEvent
  public void on(ReleaseChanged release, EventMetadata metadata) {
    sql.sql(
            """
            INSERT INTO release AS known (workspace_id, id, application, environment, variant_digest,
              previous_variant_digest, state, percent,
              reason, version, changed_at)
            VALUES (:workspace, :id, :application, :environment, :variant, :previous, :state, :percent,
              :reason, :version, :at)
            ON CONFLICT (workspace_id, id) DO UPDATE
              SET state = excluded.state, percent = excluded.percent, reason = excluded.reason,
                version = excluded.version,
                changed_at = excluded.changed_at WHERE known.version < excluded.version
            """)
        .param("workspace", metadata.workspace())
        .param("id", release.releaseId())
        .param("application", release.application())
        .param("environment", release.environment())
        .param("variant", release.variantDigest().hex())
        .param("previous", hex(release.previousVariantDigest()))
        .param("state", release.state().name())
        .param("percent", release.percent())
        .param("reason", release.reason())
        .param("version", metadata.aggregateVersion())
        .param("at", metadata.time().atOffset(ZoneOffset.UTC))
        .update();
  }

  /**
   * Adds up usage; the inbox makes each event count once. A model that does not belong to the
   * variant has embedded texts for retrieval. Its usage counts as cost but not as another request
   * to the application. Requests that are no traffic count as cost too.
   */
  @OnEvent
  public void on(UsageReported usage, EventMetadata metadata) {
    if (usage.application() == null) {
      return;
    }
    sql.sql(
            """
            INSERT INTO usage AS known (workspace_id, application, day, variant_digest, requests, errors,
              input_tokens, output_tokens, unpriced_requests, cost, currency, traffic_requests)
            SELECT :workspace, :application, :day, :variant, CASE WHEN retrieval THEN 0 ELSE :requests END, :errors,
              :input, :output, :unpriced, :cost, :currency, CASE WHEN retrieval THEN 0 ELSE :traffic END
            FROM (SELECT EXISTS (SELECT 1 FROM variant v
              WHERE v.workspace_id = :workspace AND v.application = :application AND v.digest = :variant
                AND NOT v.models @> jsonb_build_array(jsonb_build_object('model', :model::text))) AS retrieval)
            ON CONFLICT (workspace_id, application, day, variant_digest, currency) DO UPDATE
              SET requests = known.requests + excluded.requests, errors = known.errors + excluded.errors,
                input_tokens = known.input_tokens + excluded.input_tokens,
                  output_tokens = known.output_tokens + excluded.output_tokens,
                unpriced_requests = known.unpriced_requests + excluded.unpriced_requests,
                cost = known.cost + excluded.cost,
                traffic_requests = coalesce(known.traffic_requests, known.requests) + excluded.traffic_requests
            """)
        .param("traffic", Objects.requireNonNullElse(usage.trafficRequests(), usage.requests()))
        .param("workspace", metadata.workspace())
        .param("application", usage.application())
        .param("day", LocalDate.ofInstant(usage.minute(), ZoneOffset.UTC))
        .param("variant", usage.variantDigest() == null ? "" : usage.variantDigest().hex())
        .param("requests", usage.requests())
        .param("model", usage.model())
        .param("errors", usage.errors())
        .param("input", usage.inputTokens())
        .param("output", usage.outputTokens())
        .param("unpriced", usage.unpricedRequests())
        .param("cost", usage.cost().amount())
        .param("currency", usage.cost().currency())
        .update();
  }

  @OnEvent
  public void on(DatasetVersionPublished dataset, EventMetadata metadata) {
    sql.sql(
            """
            INSERT INTO dataset_version (workspace_id, digest, dataset, dataset_version, rows, labels,
              pii_findings, masked)
            VALUES (?, ?, ?, ?, ?, ?::jsonb, ?, ?) ON CONFLICT (workspace_id, digest) DO NOTHING
            """)
        .params(
            metadata.workspace(),
            dataset.versionDigest().hex(),
            dataset.dataset(),
            dataset.version(),
            dataset.rows(),
            json.writeValueAsString(dataset.labels()),
            dataset.piiFindings(),
            dataset.masked())
        .update();
  }

  @OnEvent
  public void on(SplitDefined split, EventMetadata metadata) {
    sql.sql(
            "INSERT INTO split (workspace_id, digest, version_digest) VALUES (?, ?, ?) ON CONFLICT"
                + " (workspace_id, digest) DO NOTHING")
        .params(metadata.workspace(), split.splitDigest().hex(), split.versionDigest().hex())
        .update();
  }

  @OnEvent
  public void on(SuitePublished suite, EventMetadata metadata) {
    sql.sql(
            """
            INSERT INTO suite (workspace_id, digest, suite, suite_version, split_digest, subset, scorers,
              metrics, perturbations, items, perturbed_items)
            VALUES (:workspace, :digest, :suite, :version, :split, :subset, :scorers::jsonb, :metrics::jsonb,
              :perturbations, :items, :perturbed)
            ON CONFLICT (workspace_id, digest) DO NOTHING
            """)
        .param("workspace", metadata.workspace())
        .param("digest", suite.suiteDigest().hex())
        .param("suite", suite.suite())
        .param("version", suite.version())
        .param("split", suite.splitDigest().hex())
        .param("subset", suite.subset())
        .param("scorers", json.writeValueAsString(suite.scorers()))
        .param("metrics", json.writeValueAsString(suite.metrics()))
        .param("perturbations", suite.perturbations().toArray(String[]::new))
        .param("items", suite.items())
        .param("perturbed", suite.perturbedItems())
        .update();
    sql.sql(
            "SELECT DISTINCT application FROM run WHERE suite_digest = ? AND application IS NOT"
                + " NULL")
        .param(suite.suiteDigest().hex())
        .query(String.class)
        .list()
        .forEach(application -> internalEvents.publishEvent(new EvidenceProjected(application)));
  }

  @OnEvent
  public void on(TrivialScoresComputed scores, EventMetadata metadata) {
    sql.sql(
            "INSERT INTO trivial_scores (workspace_id, suite_digest, variants) VALUES (?, ?,"
                + " ?::jsonb) ON CONFLICT (workspace_id, suite_digest) DO NOTHING")
        .params(
            metadata.workspace(),
            scores.suiteDigest().hex(),
            json.writeValueAsString(scores.variants()))
        .update();
  }

  @OnEvent
  public void on(JobFinished job, EventMetadata metadata) {
    sql.sql(
            """
            INSERT INTO training_job (workspace_id, id, application, method, outcome, cost, compute_seconds,
              finished_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (workspace_id, id) DO NOTHING
            """)
        .params(
            metadata.workspace(),
            job.jobId(),
            job.application(),
            job.method(),
            job.outcome().name(),
            job.cost().amount(),
            job.computeSeconds(),
            metadata.time().atOffset(ZoneOffset.UTC))
        .update();
  }

  private static @Nullable String hex(@Nullable Digest digest) {
    return digest == null ? null : digest.hex();
  }
}
