package io.plumbline.evaluation.projection;

import io.plumbline.contracts.Digest;
import io.plumbline.contracts.InferenceEvent.IndexBuilt;
import io.plumbline.contracts.InferenceEvent.VariantCreated;
import io.plumbline.contracts.ModelRegistryEvent.ModelVersionRegistered;
import io.plumbline.contracts.TrainingEvent.JobFinished;
import io.plumbline.platform.data.Columns;
import io.plumbline.platform.event.OnEvent;
import io.plumbline.platform.identity.Caller;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Variants that inference published, and what went into them: indexes, models, training jobs. */
@Component
public class VariantProjection {

  /** One subset of a split. */
  public record SubsetName(Digest split, String subset) {}

  private final JdbcClient sql;

  VariantProjection(JdbcClient sql) {
    this.sql = sql;
  }

  @OnEvent
  public void on(VariantCreated event) {
    sql.sql("INSERT INTO variant VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING")
        .param(Caller.current().workspace())
        .param(event.variantDigest().hex())
        .param(event.application())
        .param(event.name())
        .param(event.promptDigest().hex())
        .param(event.model())
        .param(hex(event.modelDigest()))
        .param(hex(event.indexDigest()))
        .update();
  }

  @OnEvent
  public void on(ModelVersionRegistered event) {
    sql.sql("INSERT INTO model_version VALUES (?, ?, ?) ON CONFLICT DO NOTHING")
        .params(Caller.current().workspace(), event.modelDigest().hex(), event.jobId())
        .update();
  }

  @OnEvent
  public void on(JobFinished event) {
    sql.sql("INSERT INTO training_job VALUES (?, ?, ?) ON CONFLICT DO NOTHING")
        .params(Caller.current().workspace(), event.jobId(), event.splitDigest().hex())
        .update();
  }

  @OnEvent
  public void on(IndexBuilt event) {
    sql.sql("INSERT INTO retrieval_index VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING")
        .param(Caller.current().workspace())
        .param(event.indexDigest().hex())
        .param(hex(event.splitDigest()))
        .param(event.recipe().get("subset"))
        .update();
  }

  public Optional<Variant> find(Digest digest) {
    return sql.sql(
            """
            SELECT application, prompt_digest, model, index_digest,
              ARRAY(SELECT m.job_id FROM model_version m WHERE m.model_digest = v.model_digest
                ORDER BY m.job_id) AS jobs
            FROM variant v WHERE variant_digest = ?
            """)
        .param(digest.hex())
        .query((row, number) -> {
          return new Variant(
              digest,
              row.getString("application"),
              new Digest(row.getString("prompt_digest")),
              row.getString("model"),
              Columns.digestOrNull(row, "index_digest"),
              Arrays.asList((UUID[]) row.getArray("jobs").getArray()));
        })
        .optional();
  }

  /** The split that a job was trained on. */
  public Optional<Digest> splitOf(UUID job) {
    return sql.sql("SELECT split_digest FROM training_job WHERE job_id = ?")
        .param(job)
        .query(String.class)
        .optional()
        .map(Digest::new);
  }

  /** The rows behind an index; empty also for one that was not built from a split. */
  public Optional<SubsetName> indexed(Digest index) {
    return sql.sql(
            "SELECT split_digest, subset FROM retrieval_index WHERE index_digest = ? AND"
                + " split_digest IS NOT NULL AND subset IS NOT NULL")
        .param(index.hex())
        .query((row, number) -> new SubsetName(new Digest(row.getString(1)), row.getString(2)))
        .optional();
  }

  private static @Nullable String hex(@Nullable Digest digest) {
    return digest == null ? null : digest.hex();
  }
}
