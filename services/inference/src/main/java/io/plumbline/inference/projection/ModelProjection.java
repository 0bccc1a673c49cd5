package io.plumbline.inference.projection;

import io.plumbline.contracts.Digest;
import io.plumbline.contracts.ModelRegistryEvent.BaseModelListed;
import io.plumbline.contracts.ModelRegistryEvent.ModelVersionRegistered;
import io.plumbline.inference.cache.JsonColumn;
import io.plumbline.inference.cache.WorkspaceCache;
import io.plumbline.inference.cache.WorkspaceCaches;
import io.plumbline.platform.data.Columns;
import io.plumbline.platform.event.OnEvent;
import io.plumbline.platform.event.Projection;
import io.plumbline.platform.identity.Caller;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The registered model versions, and the prices and context windows of base models, in memory. */
@Component
public class ModelProjection {

  private static final String VERSIONS =
      """
      SELECT model, version, model_digest, artifact_digest, base_model, labels, author, authors
      FROM model_version_projection WHERE workspace_id = ?
      """;

  /**
   * A base model.
   *
   * @param price the prices in force; absent until a second person has approved the first ones
   * @param contextWindow the context window in tokens, those of the answer included
   */
  private record BaseModel(@Nullable Price price, int contextWindow) {}

  private record Content(Map<String, ModelVersion> versions, Map<String, BaseModel> baseModels) {}

  private final JdbcClient sql;
  private final JsonColumn json;
  private final WorkspaceCaches caches;
  private final WorkspaceCache<Content> content;

  ModelProjection(JdbcClient sql, JsonColumn json, WorkspaceCaches caches) {
    this.sql = sql;
    this.json = json;
    this.caches = caches;
    this.content =
        caches.create(
            "models",
            Set.of("model_version_projection", "base_model_projection"),
            () -> new Content(readVersions(), readBaseModels()));
  }

  @Bean
  static Projection<BaseModelListed> baseModelListed() {
    return Projection.of(BaseModelListed.class, "base_model_projection")
        .columns("model", "model_digest", "context_window")
        .column("input_per_million", "inputPerMillion.amount")
        .column("cached_input_per_million", "cachedInputPerMillion.amount")
        .column("output_per_million", "outputPerMillion.amount")
        .column("currency", "inputPerMillion.currency")
        .aggregateVersion("version")
        .newestPer("model");
  }

  @OnEvent
  public void on(BaseModelListed event) {
    caches.invalidateAfterCommit("base_model_projection");
  }

  @Bean
  static Projection<ModelVersionRegistered> modelVersionRegistered() {
    return Projection.of(ModelVersionRegistered.class, "model_version_projection")
        .columns(
            "model",
            "version",
            "model_digest",
            "artifact_digest",
            "base_model",
            "author",
            "authors",
            "dataset_digest")
        .json("labels");
  }

  @OnEvent
  public void on(ModelVersionRegistered event) {
    caches.invalidateAfterCommit("model_version_projection");
  }

  /**
   * Reads a model version from the database, in the caller's transaction.
   *
   * @param name {@code <model>@<version>}
   */
  public Optional<ModelVersion> getVersion(String name) {
    return sql.sql(VERSIONS + " AND model || '@' || version = ?")
        .params(Caller.current().workspace(), name)
        .query((row, index) -> readVersion(row))
        .optional();
  }

  /**
   * Returns a model version from the cache, which is loaded again, at intervals, when it lacks the
   * version.
   *
   * @param name {@code <model>@<version>}
   */
  public Optional<ModelVersion> findVersion(UUID workspace, String name) {
    return content.find(workspace, cached -> cached.versions.get(name));
  }

  public Collection<ModelVersion> versions(UUID workspace) {
    return content.get(workspace).versions.values();
  }

  /**
   * Returns the price in force of a model, by the name that calls use. A tuned model costs what its
   * base model costs. Empty for a model that is not listed or has no approved price: an unknown
   * price does not make it free.
   */
  public Optional<Price> price(UUID workspace, String model) {
    Content cached = content.get(workspace);
    return Optional.ofNullable(cached.baseModels.get(pricedName(cached, model)))
        .map(BaseModel::price);
  }

  /** Returns the name of the model whose price applies: the base model of a tuned one. */
  public String pricedName(UUID workspace, String model) {
    return pricedName(content.get(workspace), model);
  }

  private static String pricedName(Content cached, String model) {
    ModelVersion tuned = cached.versions.get(model);
    return tuned == null ? model : tuned.baseModel();
  }

  public boolean isPriced(UUID workspace, String model) {
    BaseModel listed = content.get(workspace).baseModels.get(model);
    return listed != null && listed.price() != null;
  }

  /**
   * Returns the context window of a base model in tokens, those of the answer included; empty for a
   * model that is not listed.
   */
  public Optional<Integer> contextWindow(UUID workspace, String model) {
    return Optional.ofNullable(content.get(workspace).baseModels.get(model))
        .map(BaseModel::contextWindow);
  }

  private Map<String, ModelVersion> readVersions() {
    Map<String, ModelVersion> versions = new TreeMap<>();
    sql.sql(VERSIONS)
        .params(Caller.current().workspace())
        .query((row, index) -> readVersion(row))
        .list()
        .forEach(version -> versions.put(version.name(), version));
    return versions;
  }

  private ModelVersion readVersion(ResultSet row) throws SQLException {
    return new ModelVersion(
        row.getString("model"),
        row.getInt("version"),
        new Digest(row.getString("model_digest")),
        new Digest(row.getString("artifact_digest")),
        row.getString("base_model"),
        json.readStrings(row.getString("labels")),
        readAuthors(row));
  }

  /**
   * Reads the authors of a version. A version from before they were computed has its author alone.
   */
  private static List<String> readAuthors(ResultSet row) throws SQLException {
    return row.getArray("authors") == null
        ? List.of(row.getString("author"))
        : Columns.texts(row, "authors");
  }

  private Map<String, BaseModel> readBaseModels() {
    Map<String, BaseModel> baseModels = new TreeMap<>();
    sql.sql(
            """
            SELECT model, input_per_million, cached_input_per_million, output_per_million, currency,
              context_window
            FROM base_model_projection WHERE workspace_id = ?
            """)
        .params(Caller.current().workspace())
        .query((row, index) ->
            Map.entry(
                row.getString("model"),
                new BaseModel(readPrice(row), row.getInt("context_window"))))
        .list()
        .forEach(model -> baseModels.put(model.getKey(), model.getValue()));
    return baseModels;
  }

  private static @Nullable Price readPrice(ResultSet row) throws SQLException {
    BigDecimal input = row.getBigDecimal("input_per_million");
    if (input == null) {
      return null;
    }
    return new Price(
        input,
        row.getBigDecimal("cached_input_per_million"),
        row.getBigDecimal("output_per_million"),
        row.getString("currency"));
  }
}
