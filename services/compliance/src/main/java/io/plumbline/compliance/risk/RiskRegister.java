package io.plumbline.compliance.risk;

import io.plumbline.contracts.ComplianceEvent.RiskChanged;
import io.plumbline.platform.data.Columns;
import io.plumbline.platform.event.Outbox;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.problem.Problem;
import io.plumbline.platform.web.IfMatch;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The risks of a workspace. */
@Service
public class RiskRegister {

  private static final String SELECT =
      """
      SELECT name, title, description, approaches, inherent_likelihood, inherent_impact, residual_likelihood,
        residual_impact, mitigation,
        signals, evidence, version, changed_by, changed_at
      FROM risk WHERE workspace_id = ?
      """;

  private final JdbcClient sql;
  private final Outbox outbox;
  private final JsonMapper json;
  private final Clock clock;

  RiskRegister(JdbcClient sql, Outbox outbox, JsonMapper json, Clock clock) {
    this.sql = sql;
    this.outbox = outbox;
    this.json = json;
    this.clock = clock;
  }

  /** Returns all risks, highest residual score first. */
  @Transactional(readOnly = true)
  public List<RiskView> list() {
    return sql.sql(SELECT + " ORDER BY residual_likelihood * residual_impact DESC, name")
        .params(Caller.current().workspace())
        .query((row, index) -> view(row))
        .list();
  }

  @Transactional(readOnly = true)
  public RiskView get(String name) {
    return sql.sql(SELECT + " AND name = ?")
        .params(Caller.current().workspace(), name)
        .query((row, index) -> view(row))
        .optional()
        .orElseThrow(Problem::notFound);
  }

  @Transactional
  public RiskView update(String name, RiskChange change, IfMatch ifMatch) {
    Caller caller = Caller.current();
    RiskView former =
        sql.sql(SELECT + " AND name = ? FOR UPDATE")
            .params(caller.workspace(), name)
            .query((row, index) -> view(row))
            .optional()
            .orElseThrow(Problem::notFound);
    ifMatch.require(former.version());
    RiskLevel residual = change.residualAfter(former.residual().level());
    List<String> evidence = change.evidenceAfter(former.evidence());
    sql.sql(
            """
            UPDATE risk SET residual_likelihood = ?, residual_impact = ?, mitigation = ?, evidence = ?::jsonb,
              version = version + 1,
              changed_by = ?, changed_at = ?
            WHERE workspace_id = ? AND name = ?
            """)
        .params(
            residual.likelihood(),
            residual.impact(),
            change.mitigationAfter(former.mitigation()),
            json.writeValueAsString(evidence),
            caller.actor(),
            clock.instant().atOffset(ZoneOffset.UTC),
            caller.workspace(),
            name)
        .update();
    outbox.append(
        new RiskChanged(name, null, residual.likelihood(), residual.impact(), evidence),
        name,
        former.version() + 1);
    return get(name);
  }

  /** Adds a risk that the register does not have yet. */
  @Transactional
  void addPreset(RiskPreset risk) {
    sql.sql(
            """
            INSERT INTO risk (workspace_id, name, version, title, description, approaches, inherent_likelihood,
              inherent_impact,
              residual_likelihood, residual_impact, mitigation, signals, evidence, changed_by, changed_at)
            VALUES (?, ?, 1, ?, ?, ?::jsonb, ?, ?, ?, ?, ?, ?::jsonb, '[]', ?, ?) ON CONFLICT DO NOTHING
            """)
        .params(
            Caller.current().workspace(),
            risk.name(),
            risk.title(),
            risk.description(),
            json.writeValueAsString(risk.approaches()),
            risk.inherentLikelihood(),
            risk.inherentImpact(),
            risk.residualLikelihood(),
            risk.residualImpact(),
            risk.mitigation(),
            json.writeValueAsString(risk.signals()),
            Caller.current().actor(),
            clock.instant().atOffset(ZoneOffset.UTC))
        .update();
  }

  private RiskView view(ResultSet row) throws SQLException {
    return new RiskView(
        row.getString("name"),
        row.getString("title"),
        row.getString("description"),
        strings(row.getString("approaches")),
        RiskView.Assessed.of(
            new RiskLevel(row.getInt("inherent_likelihood"), row.getInt("inherent_impact"))),
        RiskView.Assessed.of(
            new RiskLevel(row.getInt("residual_likelihood"), row.getInt("residual_impact"))),
        row.getString("mitigation"),
        strings(row.getString("signals")),
        strings(row.getString("evidence")),
        row.getLong("version"),
        row.getString("changed_by"),
        Columns.instant(row, "changed_at"));
  }

  private List<String> strings(String array) {
    return json.readValue(array, new TypeReference<List<String>>() {});
  }
}
