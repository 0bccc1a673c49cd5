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
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** The variants that inference published, with their indexes, models and training jobs. */
@Component
public class VariantProjection {

  /** One subset of a split. */
  public record SubsetName(Digest split, String subset) {}

  private final JdbcClient sql;
  private final JsonMapper json;

  VariantProjection(JdbcClient sql, JsonMapper json) {
    this.sql = sql;
    this.json = json;
  }

  @OnEvent
  public void on(VariantCreated event) {
    sql.sql("INSERT INTO variant VALUES (?, ?, ?, ?, ?, ?, ?::jsonb, ?) ON CONFLICT DO NOTHING")
        .param(Caller.current().workspace())
        .param(event.variantDigest().hex())
        .param(event.application())
        .param(event.name())
        .param(event.promptDigest().hex())
        .param(hex(event.indexDigest()))
        .param(json.writeValueAsString(event.models()))
        .param(Boolean.parseBoolean(event.parameters().get("withoutTemperature")))
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
    List<Variant.Model> models = models(digest);
    return sql.sql(
            "SELECT application, prompt_digest, index_digest FROM variant WHERE variant_digest = ?")
        .param(digest.hex())
        .query((row, number) ->
            new Variant(
                digest,
                row.getString("application"),
                new Digest(row.getString("prompt_digest")),
                models,
                Columns.digestOrNull(row, "index_digest")))
        .optional();
  }

  /** Returns the given variants that send their models no temperature. */
  public Set<Digest> withoutTemperature(Collection<Digest> variants) {
    return sql.sql(
            "SELECT variant_digest FROM variant WHERE variant_digest = ANY (?) AND"
                + " without_temperature")
        .param(variants.stream().map(Digest::hex).toArray(String[]::new))
        .query((row, number) -> new Digest(row.getString(1)))
        .set();
  }

  /** Returns the models of a variant in the order in which inference calls them. */
  private List<Variant.Model> models(Digest variant) {
    return sql.sql(
            """
            SELECT m.model ->> 'model' AS name, ARRAY(SELECT r.job_id FROM model_version r
              WHERE r.model_digest = m.model ->> 'modelDigest' ORDER BY r.job_id) AS jobs
            FROM variant v CROSS JOIN jsonb_array_elements(v.models)
              WITH ORDINALITY AS m (model, position)
            WHERE v.variant_digest = ? ORDER BY m.position
            """)
        .param(variant.hex())
        .query((row, number) ->
            new Variant.Model(
                row.getString("name"), Arrays.asList((UUID[]) row.getArray("jobs").getArray())))
        .list();
  }

  /** Returns the split that a job trained on. */
  public Optional<Digest> trainingSplitOf(UUID job) {
    return sql.sql("SELECT split_digest FROM training_job WHERE job_id = ?")
        .param(job)
        .query(String.class)
        .optional()
        .map(Digest::new);
  }

  /**
   * Returns the subset that an index was built from; empty for an unknown index and for one that
   * was not built from a split.
   */
  public Optional<SubsetName> indexedSubset(Digest index) {
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
