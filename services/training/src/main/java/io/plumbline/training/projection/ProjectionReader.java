package io.plumbline.training.projection;

import io.plumbline.contracts.DatasetRegistryEvent.Part;
import io.plumbline.contracts.Digest;
import io.plumbline.contracts.Phase;
import io.plumbline.contracts.PhaseState;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * Answers what is known here of other services' truth; always within the transaction of whoever
 * asks.
 */
@Component
@Transactional(propagation = Propagation.MANDATORY)
public class ProjectionReader {

  /** Where a phase of an application stands, and what it waits for. */
  public record PhaseStanding(Phase phase, PhaseState state, List<String> missing) {}

  /** A model of the catalogue. */
  public record BaseModel(String name, Digest digest, boolean tunable) {}

  /** A split of a dataset version. */
  public record Split(
      Digest digest,
      String dataset,
      int datasetVersion,
      Digest versionDigest,
      Map<String, Part> parts) {}

  /** What a dataset version is admitted to, and why to no more. */
  public record Admission(List<String> purposes, List<String> reasons) {}

  private final JdbcClient sql;
  private final JsonMapper json;

  ProjectionReader(JdbcClient sql, JsonMapper json) {
    this.sql = sql;
    this.json = json;
  }

  public boolean application(String name) {
    return sql.sql("SELECT EXISTS (SELECT 1 FROM application WHERE name = ?)")
        .param(name)
        .query(Boolean.class)
        .single();
  }

  public List<PhaseStanding> phases(String application) {
    return sql.sql("SELECT phase, state, missing FROM phase WHERE application = ?")
        .param(application)
        .query((row, index) ->
            new PhaseStanding(
                Phase.valueOf(row.getString(1)),
                PhaseState.valueOf(row.getString(2)),
                texts(row, 3)))
        .list();
  }

  public Optional<BaseModel> baseModel(String name) {
    return sql.sql("SELECT digest, tunable FROM base_model WHERE name = ?")
        .param(name)
        .query((row, index) -> new BaseModel(name, new Digest(row.getString(1)), row.getBoolean(2)))
        .optional();
  }

  public Optional<Split> split(Digest digest) {
    return sql.sql(
            "SELECT dataset, dataset_version, version_digest, parts FROM split WHERE digest = ?")
        .param(digest.hex())
        .query((row, index) ->
            new Split(
                digest,
                row.getString(1),
                row.getInt(2),
                new Digest(row.getString(3)),
                json.readValue(row.getString(4), new TypeReference<Map<String, Part>>() {})))
        .optional();
  }

  /**
   * @return empty while nothing was decided
   */
  public Optional<Admission> admission(Digest versionDigest) {
    return sql.sql("SELECT purposes, reasons FROM admission WHERE version_digest = ?")
        .param(versionDigest.hex())
        .query((row, index) -> new Admission(texts(row, 1), texts(row, 2)))
        .optional();
  }

  private static List<String> texts(ResultSet row, int column) throws SQLException {
    Array array = row.getArray(column);
    return List.of((String[]) array.getArray());
  }
}
