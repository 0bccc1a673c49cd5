package io.plumbline.training.projection;

import io.plumbline.contracts.DatasetRegistryEvent.AdmissionDecided;
import io.plumbline.contracts.DatasetRegistryEvent.DatasetVersionPublished;
import io.plumbline.contracts.DatasetRegistryEvent.SplitDefined;
import io.plumbline.contracts.DatasetRegistryEvent.Subset;
import io.plumbline.contracts.Digest;
import io.plumbline.platform.data.Columns;
import io.plumbline.platform.event.Projection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The projection of splits, and of the kinds and admissions of dataset versions. */
@Component
public class DatasetProjection {

  /** A split of a dataset version. */
  public record Split(
      Digest digest,
      String dataset,
      int datasetVersion,
      Digest versionDigest,
      Map<String, Subset> subsets) {}

  /**
   * The purposes that a dataset version is admitted to, and the reasons of a refusal.
   *
   * @param kind the kind of the dataset; absent while its version is not known
   */
  public record Admission(@Nullable String kind, List<String> purposes, List<String> reasons) {}

  private static final TypeReference<Map<String, Subset>> SUBSETS = new TypeReference<>() {};

  private final JdbcClient sql;
  private final JsonMapper json;

  DatasetProjection(JdbcClient sql, JsonMapper json) {
    this.sql = sql;
    this.json = json;
  }

  @Bean
  static Projection<SplitDefined> splitDefined() {
    return Projection.of(SplitDefined.class, "split")
        .column("digest", "splitDigest")
        .columns("dataset", "version_digest", "authors")
        .column("dataset_version", "version")
        .json("subsets");
  }

  @Bean
  static Projection<DatasetVersionPublished> datasetVersionPublished() {
    return Projection.of(DatasetVersionPublished.class, "dataset_version")
        .column("digest", "versionDigest")
        .columns("kind");
  }

  @Bean
  static Projection<AdmissionDecided> admissionDecided() {
    return Projection.of(AdmissionDecided.class, "admission")
        .columns("version_digest", "purposes", "reasons")
        .aggregateVersion("version")
        .newestPer("version_digest");
  }

  @Transactional(propagation = Propagation.MANDATORY)
  public Optional<Split> split(Digest digest) {
    return sql.sql(
            "SELECT dataset, dataset_version, version_digest, subsets FROM split WHERE digest = ?")
        .param(digest.hex())
        .query((row, index) ->
            new Split(
                digest,
                row.getString("dataset"),
                row.getInt("dataset_version"),
                new Digest(row.getString("version_digest")),
                json.readValue(row.getString("subsets"), SUBSETS)))
        .optional();
  }

  /**
   * Returns the authors of the dataset version that was split; empty where the event of the split
   * is from before they were computed.
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public List<String> authors(Digest split) {
    return sql.sql("SELECT unnest(authors) AS author FROM split WHERE digest = ?")
        .param(split.hex())
        .query((row, number) -> row.getString("author"))
        .list();
  }

  /**
   * @return the admission; empty while nothing has been decided
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public Optional<Admission> admission(Digest versionDigest) {
    return sql.sql(
            """
            SELECT v.kind, a.purposes, a.reasons
            FROM admission a
            LEFT JOIN dataset_version v
              ON v.workspace_id = a.workspace_id AND v.digest = a.version_digest
            WHERE a.version_digest = ?
            """)
        .param(versionDigest.hex())
        .query((row, index) ->
            new Admission(
                row.getString("kind"),
                Columns.texts(row, "purposes"),
                Columns.texts(row, "reasons")))
        .optional();
  }
}
