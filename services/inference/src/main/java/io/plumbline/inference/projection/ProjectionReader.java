package io.plumbline.inference.projection;

import io.plumbline.contracts.DatasetRegistryEvent.Part;
import io.plumbline.contracts.Digest;
import io.plumbline.contracts.Outcome;
import io.plumbline.contracts.VerdictKind;
import io.plumbline.inference.cache.JsonColumn;
import io.plumbline.platform.identity.Caller;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;

/**
 * What the gates ask; every method runs in the caller's transaction and sees the caller's
 * workspace.
 */
@Component
public class ProjectionReader {

  private static final TypeReference<Map<String, Part>> PARTS = new TypeReference<>() {};

  private final JdbcClient sql;
  private final JsonColumn json;

  ProjectionReader(JdbcClient sql, JsonColumn json) {
    this.sql = sql;
    this.json = json;
  }

  /**
   * @return the application's criticality; empty when it is not known here (yet)
   */
  public Optional<String> criticality(String application) {
    return sql.sql(
            "SELECT criticality FROM known_application WHERE workspace_id = ? AND application = ?")
        .params(workspace(), application)
        .query(String.class)
        .optional();
  }

  public Optional<Digest> activeCriteria(String application) {
    return sql.sql(
            "SELECT criteria_digest FROM known_criteria WHERE workspace_id = ? AND application = ?")
        .params(workspace(), application)
        .query(String.class)
        .optional()
        .map(Digest::new);
  }

  /**
   * @return everybody who published exactly this content; empty when it is not known here (yet)
   */
  public List<String> promptAuthors(Digest prompt) {
    return sql.sql(
            "SELECT author FROM known_prompt WHERE workspace_id = ? AND prompt_digest = ? ORDER BY"
                + " author")
        .params(workspace(), prompt.hex())
        .query((row, index) -> row.getString(1))
        .list();
  }

  public Optional<Split> split(Digest digest) {
    return sql.sql(
            """
            SELECT s.dataset, s.parts, coalesce(a.purposes, '[]'::jsonb), coalesce(a.reasons, '[]'::jsonb), coalesce(a.outcome, '')
            FROM known_split s LEFT JOIN known_admission a ON a.workspace_id = s.workspace_id AND a.version_digest = s.version_digest
            WHERE s.workspace_id = ? AND s.split_digest = ?
            """)
        .params(workspace(), digest.hex())
        .query((row, index) -> {
          boolean admitted = row.getString(5).equals(Outcome.PASS.name());
          return new Split(
              digest,
              row.getString(1),
              json.read(row.getString(2), PARTS),
              admitted ? json.strings(row.getString(3)) : List.of(),
              json.strings(row.getString(4)));
        })
        .optional();
  }

  public Optional<Verdict> verdict(UUID id) {
    return sql.sql(
            """
            SELECT kind, application, subject_digest, criteria_digest, outcome, reasons FROM known_verdict
            WHERE workspace_id = ? AND verdict_id = ?
            """)
        .params(workspace(), id)
        .query((row, index) -> {
          String criteria = row.getString(4);
          return new Verdict(
              id,
              VerdictKind.valueOf(row.getString(1)),
              row.getString(2),
              new Digest(row.getString(3)),
              criteria == null ? null : new Digest(criteria),
              Outcome.valueOf(row.getString(5)),
              json.strings(row.getString(6)));
        })
        .optional();
  }

  /** The active policies of a gate, by name. */
  public Map<String, String> policies(String target) {
    return sql
        .sql(
            "SELECT policy, source FROM known_policy WHERE workspace_id = ? AND target = ? ORDER BY"
                + " policy")
        .params(workspace(), target)
        .query((row, index) -> Map.entry(row.getString(1), row.getString(2)))
        .list()
        .stream()
        .collect(
            Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (a, b) -> b, TreeMap::new));
  }

  List<ModelVersion> modelVersions() {
    return sql.sql(
            """
            SELECT model, version, model_digest, artifact_digest, base_model, labels, author FROM known_model_version
            WHERE workspace_id = ? ORDER BY model, version
            """)
        .params(workspace())
        .query((row, index) -> modelVersion(row))
        .list();
  }

  List<Map.Entry<String, Price>> prices() {
    return sql.sql(
            "SELECT model, input_per_million, output_per_million, currency FROM known_base_model"
                + " WHERE workspace_id = ?")
        .params(workspace())
        .query((row, index) ->
            Map.entry(
                row.getString(1),
                new Price(row.getBigDecimal(2), row.getBigDecimal(3), row.getString(4))))
        .list();
  }

  private ModelVersion modelVersion(ResultSet row) throws SQLException {
    return new ModelVersion(
        row.getString(1),
        row.getInt(2),
        new Digest(row.getString(3)),
        new Digest(row.getString(4)),
        row.getString(5),
        json.strings(row.getString(6)),
        row.getString(7));
  }

  private static UUID workspace() {
    return Caller.current().workspace();
  }
}
