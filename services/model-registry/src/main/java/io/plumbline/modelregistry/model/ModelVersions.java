package io.plumbline.modelregistry.model;

import io.plumbline.platform.data.Columns;
import io.plumbline.platform.identity.Caller;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** The rows of versions: inserted and read, never updated. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class ModelVersions {

  private static final String SELECT =
      """
      SELECT m.name, v.version, v.description, v.author, v.authors, v.registered_by, v.registered_at, v.lineage
      FROM model_version v JOIN model m ON m.id = v.model_id
      """;

  private final JdbcClient sql;
  private final JsonMapper json;

  ModelVersions(JdbcClient sql, JsonMapper json) {
    this.sql = sql;
    this.json = json;
  }

  void add(UUID modelId, ModelVersion version) {
    sql.sql(
            """
            INSERT INTO model_version (workspace_id, model_id, version, job_id, artifact_digest,
              author, authors, registered_by, registered_at, description, lineage)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb)
            """)
        .params(
            Caller.current().workspace(),
            modelId,
            version.version(),
            version.lineage().jobId(),
            version.lineage().artifactDigest().hex(),
            version.author(),
            version.authors().toArray(String[]::new),
            version.registeredBy(),
            version.registeredAt().atOffset(ZoneOffset.UTC),
            version.description(),
            json.writeValueAsString(version.lineage()))
        .update();
  }

  Optional<ModelVersion> find(UUID modelId, int version) {
    return sql.sql(SELECT + "WHERE v.model_id = ? AND v.version = ?")
        .params(modelId, version)
        .query(this::readVersion)
        .optional();
  }

  Optional<ModelVersion> findByJob(UUID modelId, UUID jobId) {
    return sql.sql(SELECT + "WHERE v.model_id = ? AND v.job_id = ?")
        .params(modelId, jobId)
        .query(this::readVersion)
        .optional();
  }

  /** Returns the versions below a number, newest first. */
  List<ModelVersion> versionsBelow(UUID modelId, int number, int limit) {
    return sql.sql(
            SELECT + "WHERE v.model_id = ? AND v.version < ? ORDER BY v.version DESC LIMIT ?")
        .params(modelId, number, limit)
        .query(this::readVersion)
        .list();
  }

  /** Reads the authors of a version. A version from before they were kept has its author alone. */
  private static List<String> readAuthors(ResultSet row) throws SQLException {
    return row.getArray("authors") == null
        ? List.of(row.getString("author"))
        : Columns.texts(row, "authors");
  }

  private ModelVersion readVersion(ResultSet row, int index) throws SQLException {
    return new ModelVersion(
        row.getString("name"),
        row.getInt("version"),
        row.getString("description"),
        row.getString("author"),
        readAuthors(row),
        row.getString("registered_by"),
        Columns.instant(row, "registered_at"),
        json.readValue(row.getString("lineage"), Lineage.class));
  }
}
