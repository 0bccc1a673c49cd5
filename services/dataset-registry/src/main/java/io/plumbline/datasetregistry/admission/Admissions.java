package io.plumbline.datasetregistry.admission;

import io.plumbline.contracts.Digest;
import io.plumbline.contracts.state.Outcome;
import io.plumbline.platform.data.Columns;
import io.plumbline.platform.identity.Caller;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * The admissions of the caller's workspace. All decisions are kept; unless a method says otherwise,
 * reads return the newest one of each version.
 */
@Repository
class Admissions {

  private static final TypeReference<List<String>> STRINGS = new TypeReference<>() {};
  private static final String NEWEST =
      "SELECT DISTINCT ON (dataset, number) * FROM admission %s ORDER BY dataset, number, revision"
          + " DESC";

  private final JdbcClient sql;
  private final JsonMapper json;

  Admissions(JdbcClient sql, JsonMapper json) {
    this.sql = sql;
    this.json = json;
  }

  /**
   * @throws OptimisticLockingFailureException when another decision of the same revision came first
   */
  void add(Admission admission) {
    Digest policies = admission.policyDigest();
    int added =
        sql.sql(
                """
                INSERT INTO admission (workspace_id, dataset, number, revision, outcome, requested, purposes,
                  reasons, policy_digest, decided_by, decided_at)
                VALUES (:workspace, :dataset, :number, :revision, :outcome, :requested::jsonb,
                  :purposes::jsonb, :reasons::jsonb, :policies, :by, :at)
                ON CONFLICT DO NOTHING
                """)
            .param("workspace", Caller.current().workspace())
            .param("dataset", admission.dataset())
            .param("number", admission.number())
            .param("revision", admission.revision())
            .param("outcome", admission.outcome().name())
            .param("requested", json.writeValueAsString(admission.requested()))
            .param("purposes", json.writeValueAsString(admission.purposes()))
            .param("reasons", json.writeValueAsString(admission.reasons()))
            .param("policies", policies == null ? null : policies.hex())
            .param("by", admission.decidedBy())
            .param("at", admission.decidedAt().atOffset(ZoneOffset.UTC))
            .update();
    if (added == 0) {
      throw new OptimisticLockingFailureException(
          "Another transaction decided the admission of version %d of dataset %s at the same time"
              .formatted(admission.number(), admission.dataset()));
    }
  }

  Optional<Admission> newest(String dataset, int number) {
    return sql.sql(NEWEST.formatted("WHERE dataset = ? AND number = ?"))
        .params(dataset, number)
        .query(this::readAdmission)
        .optional();
  }

  /** Returns the latest decisions about a version, newest first. */
  List<Admission> history(String dataset, int number, int most) {
    return sql.sql(
            "SELECT * FROM admission WHERE dataset = ? AND number = ? ORDER BY revision DESC"
                + " LIMIT ?")
        .params(dataset, number, most)
        .query(this::readAdmission)
        .list();
  }

  List<Admission> newest(String dataset) {
    return sql.sql(NEWEST.formatted("WHERE dataset = ?"))
        .param(dataset)
        .query(this::readAdmission)
        .list();
  }

  /**
   * Returns the admissions that follow a version in the order of datasets and numbers. The version
   * itself need not have an admission.
   */
  List<Admission> newestAdmissionsPage(String dataset, int number, int most) {
    return sql.sql(NEWEST.formatted("WHERE (dataset, number) > (?, ?)") + " LIMIT ?")
        .params(dataset, number, most)
        .query(this::readAdmission)
        .list();
  }

  private Admission readAdmission(ResultSet row, int index) throws SQLException {
    return new Admission(
        row.getString("dataset"),
        row.getInt("number"),
        row.getInt("revision"),
        Outcome.valueOf(row.getString("outcome")),
        json.readValue(row.getString("requested"), STRINGS),
        json.readValue(row.getString("purposes"), STRINGS),
        json.readValue(row.getString("reasons"), STRINGS),
        Columns.digestOrNull(row, "policy_digest"),
        row.getString("decided_by"),
        Columns.instant(row, "decided_at"));
  }
}
