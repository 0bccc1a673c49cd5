package io.plumbline.evaluation.projection;

import io.plumbline.contracts.Digest;
import io.plumbline.contracts.InferenceEvent.ConnectionVersioned;
import io.plumbline.contracts.InferenceEvent.IndexBuilt;
import io.plumbline.contracts.InferenceEvent.VariantCreated;
import io.plumbline.contracts.ModelRegistryEvent.BaseModelListed;
import io.plumbline.contracts.ModelRegistryEvent.ModelVersionRegistered;
import io.plumbline.contracts.ModelRegistryEvent.TuningConfirmed;
import io.plumbline.contracts.TrainingEvent.JobFinished;
import io.plumbline.platform.data.Columns;
import io.plumbline.platform.event.Projection;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The variants that inference published, with their indexes, models and training jobs. */
@Component
public class VariantProjection {

  /** One subset of a split. */
  public record SubsetName(Digest split, String subset) {}

  private final JdbcClient sql;

  VariantProjection(JdbcClient sql) {
    this.sql = sql;
  }

  @Bean
  static Projection<VariantCreated> variantCreated() {
    return Projection.of(VariantCreated.class, "variant")
        .columns("variant_digest", "application", "name", "prompt_digest", "index_digest")
        .json("models")
        .computed("without_temperature", VariantProjection::hasNoTemperature);
  }

  @Bean
  static Projection<ConnectionVersioned> connectionVersioned() {
    return Projection.of(ConnectionVersioned.class, "connection")
        .columns("connection_digest", "provider", "origin", "created_by");
  }

  private static boolean hasNoTemperature(VariantCreated event) {
    return Boolean.parseBoolean(event.parameters().get("withoutTemperature"));
  }

  @Bean
  static Projection<ModelVersionRegistered> modelVersionRegistered() {
    return Projection.of(ModelVersionRegistered.class, "model_version")
        .columns("model_digest", "job_id");
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

  @Bean
  static Projection<JobFinished> jobFinished() {
    return Projection.of(JobFinished.class, "training_job").columns("job_id", "split_digest");
  }

  @Bean
  static Projection<IndexBuilt> indexBuilt() {
    return Projection.of(IndexBuilt.class, "retrieval_index")
        .columns("index_digest", "split_digest")
        .column("subset", "recipe.subset");
  }

  /** An index is listed here if a provider's model embeds its texts and those of each search. */
  @Bean
  static Projection<IndexBuilt> indexBuiltByProvider() {
    return Projection.of(IndexBuilt.class, "index_connection")
        .when(event -> event.recipe().containsKey("connection"))
        .columns("index_digest")
        .column("connection_digest", "recipe.connection");
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
        .query((row, number) -> new Digest(row.getString("variant_digest")))
        .set();
  }

  /** Returns the names of the models of variants, in the order in which inference calls them. */
  public Map<Digest, List<String>> modelNames(Collection<Digest> variants) {
    Map<Digest, List<String>> names = new HashMap<>();
    sql.sql(
            """
            SELECT variant_digest, ARRAY(SELECT m.model ->> 'model' FROM jsonb_array_elements(models)
              WITH ORDINALITY AS m (model, position) ORDER BY m.position) AS names
            FROM variant WHERE variant_digest = ANY (?)
            """)
        .param(variants.stream().map(Digest::hex).toArray(String[]::new))
        .query(row -> {
          names.put(new Digest(row.getString("variant_digest")), Columns.texts(row, "names"));
        });
    return names;
  }

  /**
   * Returns the servers of the models of variants, and of the models that embed for their indexes.
   * A local model has none.
   */
  public Map<Digest, List<ModelServer>> modelServers(Collection<Digest> variants) {
    Map<Digest, List<ModelServer>> servers = new HashMap<>();
    sql.sql(
            """
            WITH asked AS (
              SELECT v.variant_digest, m.model ->> 'connectionDigest' AS connection_digest
              FROM variant v CROSS JOIN jsonb_array_elements(v.models) AS m (model)
              UNION
              SELECT v.variant_digest, i.connection_digest
              FROM variant v JOIN index_connection i ON i.index_digest = v.index_digest)
            SELECT a.variant_digest, a.connection_digest, c.origin, c.created_by
            FROM asked a LEFT JOIN connection c ON c.connection_digest = a.connection_digest
            WHERE a.variant_digest = ANY (?) AND a.connection_digest IS NOT NULL
            ORDER BY a.variant_digest, a.connection_digest
            """)
        .param(variants.stream().map(Digest::hex).toArray(String[]::new))
        .query(row -> {
          String origin = row.getString("origin");
          servers
              .computeIfAbsent(
                  new Digest(row.getString("variant_digest")), variant -> new ArrayList<>())
              .add(
                  new ModelServer(
                      new Digest(row.getString("connection_digest")),
                      origin == null ? null : URI.create(origin).getHost(),
                      row.getString("created_by")));
        });
    return servers;
  }

  /** Returns the models of a variant in the order in which inference calls them. */
  private List<Variant.Model> models(Digest variant) {
    return sql.sql(
            """
            SELECT m.model ->> 'model' AS name, ARRAY(SELECT r.job_id FROM model_version r
              WHERE r.model_digest = m.model ->> 'modelDigest' ORDER BY r.job_id) AS jobs,
              EXISTS (SELECT FROM declared_tuned_model d WHERE d.model = m.model ->> 'model') AS declared
            FROM variant v CROSS JOIN jsonb_array_elements(v.models)
              WITH ORDINALITY AS m (model, position)
            WHERE v.variant_digest = ? ORDER BY m.position
            """)
        .param(variant.hex())
        .query((row, number) ->
            new Variant.Model(
                row.getString("name"),
                Arrays.asList((UUID[]) row.getArray("jobs").getArray()),
                row.getBoolean("declared")))
        .list();
  }

  /** Returns the applications that have variants. */
  @Transactional(readOnly = true)
  public List<String> applications() {
    return sql.sql("SELECT DISTINCT application FROM variant ORDER BY application")
        .query((row, number) -> row.getString("application"))
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
        .query((row, number) ->
            new SubsetName(new Digest(row.getString("split_digest")), row.getString("subset")))
        .optional();
  }
}
