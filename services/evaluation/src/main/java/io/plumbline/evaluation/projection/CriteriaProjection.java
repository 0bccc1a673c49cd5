package io.plumbline.evaluation.projection;

import io.plumbline.contracts.CriteriaPurpose;
import io.plumbline.contracts.Criterion;
import io.plumbline.contracts.Digest;
import io.plumbline.contracts.StrategyEvent.CriteriaRegistered;
import io.plumbline.platform.data.Columns;
import io.plumbline.platform.event.EventMetadata;
import io.plumbline.platform.event.Projection;
import io.plumbline.statistics.VerdictPlan;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The success criteria that strategy published, with the time of their registration. */
@Component
public class CriteriaProjection {

  private static final TypeReference<List<Criterion>> LIST = new TypeReference<>() {};

  private final JdbcClient sql;
  private final JsonMapper json;

  CriteriaProjection(JdbcClient sql, JsonMapper json) {
    this.sql = sql;
    this.json = json;
  }

  @Bean
  static Projection<CriteriaRegistered> criteriaRegistered() {
    return Projection.of(CriteriaRegistered.class, "criteria")
        .columns("application", "version", "criteria_digest", "suite_digest", "planned_verdicts")
        .json("criteria")
        .metadata("registered_at", EventMetadata::time)
        .column("purpose", event -> CriteriaPurpose.of(event.purpose()));
  }

  public Optional<Criteria> find(String application, Digest digest) {
    return sql.sql("SELECT * FROM criteria WHERE application = ? AND criteria_digest = ?")
        .params(application, digest.hex())
        .query(this::readCriteria)
        .optional();
  }

  /**
   * Returns the criteria of an application that are in force and name a suite. For each purpose the
   * newest criteria that have arrived here are in force.
   */
  public Optional<Criteria> inForce(String application, Digest suite) {
    return sql
        .sql(
            """
            SELECT DISTINCT ON (purpose) * FROM criteria WHERE application = ?
            ORDER BY purpose, version DESC
            """)
        .param(application)
        .query(this::readCriteria)
        .list()
        .stream()
        .filter(each -> each.suite().equals(suite))
        .findFirst();
  }

  public Optional<Criteria> findVersion(String application, int version) {
    return sql.sql("SELECT * FROM criteria WHERE application = ? AND version = ?")
        .params(application, version)
        .query(this::readCriteria)
        .optional();
  }

  private Criteria readCriteria(ResultSet row, int number) throws SQLException {
    return new Criteria(
        row.getString("application"),
        row.getInt("version"),
        new Digest(row.getString("criteria_digest")),
        new Digest(row.getString("suite_digest")),
        new VerdictPlan(row.getInt("planned_verdicts")),
        json.readValue(row.getString("criteria"), LIST),
        Columns.instant(row, "registered_at"),
        CriteriaPurpose.valueOf(row.getString("purpose")));
  }
}
