package io.plumbline.evaluation.projection;

import io.plumbline.contracts.CriteriaPurpose;
import io.plumbline.contracts.Criterion;
import io.plumbline.contracts.Digest;
import io.plumbline.contracts.StrategyEvent.CriteriaRegistered;
import io.plumbline.platform.data.Columns;
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

  private static final String ANSWERED_BEFORE =
      """
      SELECT EXISTS (SELECT FROM suite_overlap o JOIN attempt a ON a.suite_digest = o.other_digest
          JOIN run r ON r.attempt_id = a.id JOIN run_item i ON i.run_id = r.id
        WHERE o.suite_digest = ? AND i.answered_at <
      """;

  private final JdbcClient sql;
  private final JsonMapper json;

  CriteriaProjection(JdbcClient sql, JsonMapper json) {
    this.sql = sql;
    this.json = json;
  }

  @Bean
  static Projection<CriteriaRegistered> criteriaRegistered() {
    return Projection.of(CriteriaRegistered.class, "criteria")
        .columns(
            "application",
            "version",
            "criteria_digest",
            "suite_digest",
            "planned_verdicts",
            "approved")
        .json("criteria")
        .time("registered_at")
        .column("purpose", "purpose", CriteriaPurpose.RELEASE);
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

  /**
   * Returns whether items of the suite of criteria had answers, in any run of the workspace, before
   * the application registered its first criteria over them. The author of criteria may then know
   * what they will show.
   */
  public boolean isFirstAfterData(Criteria criteria) {
    return sql.sql(
            ANSWERED_BEFORE
                + """
                (SELECT min(c.registered_at)
                FROM criteria c JOIN suite_overlap x ON x.suite_digest = ? AND x.other_digest = c.suite_digest
                WHERE c.application = ? AND c.purpose = ?))
                """)
        .params(
            criteria.suite().hex(),
            criteria.suite().hex(),
            criteria.application(),
            criteria.purpose().name())
        .query(Boolean.class)
        .single();
  }

  /**
   * Returns whether items of the suite of criteria had answers, in any run of the workspace, before
   * these criteria were registered. That includes stricter ones after others that came before the
   * data: nobody else approves them, and their author may have chosen them by what runs had shown.
   */
  public boolean isAfterData(Criteria criteria) {
    return sql.sql(
            ANSWERED_BEFORE
                + "(SELECT registered_at FROM criteria WHERE application = ? AND version = ?))")
        .params(criteria.suite().hex(), criteria.application(), criteria.version())
        .query(Boolean.class)
        .single();
  }

  /**
   * Returns whether a second person approved criteria of the application over the items of the
   * given ones, or whether an earlier version of Plumbline registered them, which did not record
   * approvals.
   */
  public boolean isApproved(Criteria criteria) {
    return sql.sql(
            """
            SELECT EXISTS (SELECT FROM criteria c
                JOIN suite_overlap x ON x.suite_digest = ? AND x.other_digest = c.suite_digest
              WHERE c.application = ? AND c.purpose = ? AND c.version <= ? AND c.approved IS NOT FALSE)
            """)
        .params(
            criteria.suite().hex(),
            criteria.application(),
            criteria.purpose().name(),
            criteria.version())
        .query(Boolean.class)
        .single();
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
