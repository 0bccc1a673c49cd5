package io.plumbline.inference.projection;

import io.plumbline.contracts.DatasetRegistryEvent.AdmissionDecided;
import io.plumbline.contracts.DatasetRegistryEvent.SplitDefined;
import io.plumbline.contracts.DatasetRegistryEvent.Subset;
import io.plumbline.contracts.Digest;
import io.plumbline.contracts.state.Outcome;
import io.plumbline.inference.cache.JsonColumn;
import io.plumbline.platform.event.Projection;
import io.plumbline.platform.identity.Caller;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;

/** Splits of datasets, and the purposes that their dataset versions are admitted to. */
@Component
public class SplitProjection {

  private static final TypeReference<Map<String, Subset>> SUBSETS = new TypeReference<>() {};

  private final JdbcClient sql;
  private final JsonColumn json;

  SplitProjection(JdbcClient sql, JsonColumn json) {
    this.sql = sql;
    this.json = json;
  }

  @Bean
  static Projection<SplitDefined> splitDefined() {
    return Projection.of(SplitDefined.class, "split_projection")
        .columns("split_digest", "dataset", "version_digest", "authors")
        .column("dataset_version", "version")
        .json("subsets");
  }

  @Bean
  static Projection<AdmissionDecided> admissionDecided() {
    return Projection.of(AdmissionDecided.class, "admission_projection")
        .columns("version_digest", "outcome")
        .json("purposes", "reasons")
        .aggregateVersion("version")
        .newestPer("version_digest");
  }

  /**
   * Returns the authors of the dataset version that was split; empty where the event of the split
   * is from before they were computed.
   */
  public List<String> authors(Digest split) {
    return sql.sql(
            """
            SELECT unnest(authors) AS author FROM split_projection WHERE workspace_id = ? AND split_digest = ?
            """)
        .params(Caller.current().workspace(), split.hex())
        .query((row, number) -> row.getString("author"))
        .list();
  }

  public Optional<Split> findSplit(Digest digest) {
    return sql.sql(
            """
            SELECT s.dataset, s.subsets, coalesce(a.purposes, '[]'::jsonb) AS purposes,
              coalesce(a.reasons, '[]'::jsonb) AS reasons, coalesce(a.outcome, '') AS outcome, s.dataset_version
            FROM split_projection s
            LEFT JOIN admission_projection a
              ON a.workspace_id = s.workspace_id AND a.version_digest = s.version_digest
            WHERE s.workspace_id = ? AND s.split_digest = ?
            """)
        .params(Caller.current().workspace(), digest.hex())
        .query((row, index) -> {
          boolean admitted = row.getString("outcome").equals(Outcome.PASS.name());
          return new Split(
              digest,
              row.getString("dataset"),
              row.getInt("dataset_version"),
              json.read(row.getString("subsets"), SUBSETS),
              admitted ? json.readStrings(row.getString("purposes")) : List.of(),
              json.readStrings(row.getString("reasons")));
        })
        .optional();
  }
}
