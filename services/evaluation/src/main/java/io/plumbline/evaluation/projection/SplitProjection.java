package io.plumbline.evaluation.projection;

import io.plumbline.contracts.DatasetRegistryEvent.AdmissionDecided;
import io.plumbline.contracts.DatasetRegistryEvent.SplitDefined;
import io.plumbline.contracts.DatasetRegistryEvent.Subset;
import io.plumbline.contracts.Digest;
import io.plumbline.contracts.state.Outcome;
import io.plumbline.platform.data.Columns;
import io.plumbline.platform.event.Projection;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The splits and admissions that the dataset registry published. */
@Component
public class SplitProjection {

  /** A split and the dataset version that it divides. */
  public record Split(
      Digest digest,
      String dataset,
      int version,
      Digest versionDigest,
      Map<String, Subset> subsets) {}

  /** The decision of the admission gate on a dataset version. */
  public record Admission(Outcome outcome, List<String> purposes, List<String> reasons) {

    public boolean allowsEvaluation() {
      return outcome == Outcome.PASS && purposes.contains("EVALUATE");
    }
  }

  private static final TypeReference<Map<String, Subset>> SUBSETS = new TypeReference<>() {};

  private final JdbcClient sql;
  private final JsonMapper json;

  SplitProjection(JdbcClient sql, JsonMapper json) {
    this.sql = sql;
    this.json = json;
  }

  @Bean
  static Projection<SplitDefined> splitDefined() {
    return Projection.of(SplitDefined.class, "split")
        .columns("split_digest", "version_digest", "dataset")
        .column("dataset_version", "version")
        .json("subsets");
  }

  @Bean
  static Projection<AdmissionDecided> admissionDecided() {
    return Projection.of(AdmissionDecided.class, "admission")
        .columns("version_digest", "outcome", "purposes", "reasons")
        .aggregateVersion("version")
        .newestPer("version_digest");
  }

  public Optional<Split> find(Digest digest) {
    return Optional.ofNullable(findAll(List.of(digest)).get(digest));
  }

  /** Returns the splits of these digests, read in one query; unknown ones are absent. */
  public Map<Digest, Split> findAll(Collection<Digest> digests) {
    return sql
        .sql(
            "SELECT split_digest, version_digest, dataset, dataset_version, subsets FROM split"
                + " WHERE split_digest = ANY (?)")
        .param(digests.stream().map(Digest::hex).toArray(String[]::new))
        .query((row, number) ->
            new Split(
                new Digest(row.getString("split_digest")),
                row.getString("dataset"),
                row.getInt("dataset_version"),
                new Digest(row.getString("version_digest")),
                json.readValue(row.getString("subsets"), SUBSETS)))
        .stream()
        .collect(Collectors.toMap(Split::digest, split -> split));
  }

  public Optional<Admission> findAdmission(Digest version) {
    return sql.sql("SELECT outcome, purposes, reasons FROM admission WHERE version_digest = ?")
        .param(version.hex())
        .query((row, number) ->
            new Admission(
                Outcome.valueOf(row.getString("outcome")),
                Columns.texts(row, "purposes"),
                Columns.texts(row, "reasons")))
        .optional();
  }
}
