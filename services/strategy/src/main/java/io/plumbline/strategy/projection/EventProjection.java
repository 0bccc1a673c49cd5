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
import io.plumbline.contracts.ModelRegistryEvent.BaseModelListed;
import io.plumbline.contracts.ModelRegistryEvent.ModelVersionRegistered;
import io.plumbline.contracts.ModelRegistryEvent.TuningConfirmed;
import io.plumbline.contracts.TrainingEvent.JobFinished;
import io.plumbline.platform.event.EventMetadata;
import io.plumbline.platform.event.OnEvent;
import io.plumbline.platform.event.Projection;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Stores the events of other services. It refuses none, because events of different topics arrive
 * in no fixed order.
 */
@Component
@Transactional
class EventProjection {

  private final JdbcClient sql;
  private final ApplicationEventPublisher internalEvents;

  EventProjection(JdbcClient sql, ApplicationEventPublisher internalEvents) {
    this.sql = sql;
    this.internalEvents = internalEvents;
  }

  @Bean
  static Projection<RunFinished> runFinished() {
    return Projection.of(RunFinished.class, "run")
        .column("id", "runId")
        .columns("application", "suite_digest", "outcome", "items", "failed_items")
        .column("variant_digest", "subjectDigest")
        .json("metrics")
        .column("cost", "cost.amount")
        .column("currency", "cost.currency")
        .time("finished_at");
  }

  @OnEvent
  public void on(RunFinished run) {
    if (run.application() != null) {
      internalEvents.publishEvent(new EvidenceProjected(run.application()));
    }
  }

  /** The comparisons, except those over validation rows, which are no evidence. */
  @Bean
  static Projection<ComparisonFinished> comparisonFinished() {
    return Projection.of(ComparisonFinished.class, "comparison")
        .when("exploration", "", "false")
        .column("id", "comparisonId")
        .columns("application")
        .column("baseline_run", "baselineRunId")
        .json("deltas")
        .time("finished_at");
  }

  @Bean
  static Projection<VariantCreated> variantCreated() {
    return Projection.of(VariantCreated.class, "variant")
        .column("digest", "variantDigest")
        .columns("application", "name", "prompt_digest", "model", "model_digest", "index_digest")
        .json("models")
        .json("parameters")
        .time("created_at");
  }

  @OnEvent
  public void on(VariantCreated variant) {
    internalEvents.publishEvent(new EvidenceProjected(variant.application()));
  }

  @Bean
  static Projection<ModelVersionRegistered> modelVersionRegistered() {
    return Projection.of(ModelVersionRegistered.class, "tuned_model")
        .column("digest", "modelDigest")
        .columns("model", "base_model", "job_id")
        .column("model_version", "version");
  }

  @Bean
  static Projection<BaseModelListed> tunedBaseModelListed() {
    return Projection.of(BaseModelListed.class, "declared_tuned_model")
        .when("tuned", "true")
        .columns("model");
  }

  @Bean
  static Projection<TuningConfirmed> tuningConfirmed() {
    return Projection.of(TuningConfirmed.class, "declared_tuned_model").columns("model");
  }

  @OnEvent
  public void on(BaseModelListed listed) {
    if (Boolean.TRUE.equals(listed.tuned())) {
      publishEvidenceOf(listed.model());
    }
  }

  @OnEvent
  public void on(TuningConfirmed confirmed) {
    publishEvidenceOf(confirmed.model());
  }

  /** Lets the phases of each application be computed again that has a variant with the model. */
  private void publishEvidenceOf(String model) {
    sql.sql(
            """
            SELECT DISTINCT application FROM variant
            WHERE models @> jsonb_build_array(jsonb_build_object('model', ?::text))
            """)
        .param(model)
        .query(String.class)
        .list()
        .forEach(application -> internalEvents.publishEvent(new EvidenceProjected(application)));
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

  @Bean
  static Projection<DatasetVersionPublished> datasetVersionPublished() {
    return Projection.of(DatasetVersionPublished.class, "dataset_version")
        .column("digest", "versionDigest")
        .columns("dataset", "rows", "pii_findings", "masked")
        .column("dataset_version", "version")
        .json("labels");
  }

  @Bean
  static Projection<SplitDefined> splitDefined() {
    return Projection.of(SplitDefined.class, "split")
        .column("digest", "splitDigest")
        .columns("version_digest");
  }

  @Bean
  static Projection<SuitePublished> suitePublished() {
    return Projection.of(SuitePublished.class, "suite")
        .column("digest", "suiteDigest")
        .columns("suite", "split_digest", "subset", "perturbations", "items", "perturbed_items")
        .column("suite_version", "version")
        .json("scorers", "metrics");
  }

  @OnEvent
  public void on(SuitePublished suite) {
    sql.sql(
            "SELECT DISTINCT application FROM run WHERE suite_digest = ? AND application IS NOT"
                + " NULL")
        .param(suite.suiteDigest().hex())
        .query(String.class)
        .list()
        .forEach(application -> internalEvents.publishEvent(new EvidenceProjected(application)));
  }

  @Bean
  static Projection<TrivialScoresComputed> trivialScoresComputed() {
    return Projection.of(TrivialScoresComputed.class, "trivial_scores")
        .columns("suite_digest")
        .json("variants");
  }

  @Bean
  static Projection<JobFinished> jobFinished() {
    return Projection.of(JobFinished.class, "training_job")
        .column("id", "jobId")
        .columns("application", "method", "outcome", "compute_seconds")
        .column("cost", "cost.amount")
        .time("finished_at");
  }

  private static @Nullable String hex(@Nullable Digest digest) {
    return digest == null ? null : digest.hex();
  }
}
