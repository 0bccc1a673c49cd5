package io.plumbline.strategy.plan;

import io.plumbline.contracts.Digest;
import io.plumbline.contracts.Phase;
import io.plumbline.contracts.state.Outcome;
import io.plumbline.platform.data.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads what decides the state of an application's phases. */
@Component
class PlanEvidenceReader {

  private final JdbcClient sql;

  PlanEvidenceReader(JdbcClient sql) {
    this.sql = sql;
  }

  PlanEvidence of(String application) {
    List<Digest> criteria =
        sql
            .sql("SELECT digest FROM criteria WHERE application = ? ORDER BY version DESC")
            .param(application)
            .query(String.class)
            .list()
            .stream()
            .filter(Objects::nonNull)
            .map(Digest::new)
            .distinct()
            .toList();
    List<PlanEvidence.PhaseVerdict> verdicts =
        sql.sql(
                """
                SELECT * FROM verdict
                WHERE application = ? AND kind = 'PHASE' AND phase IS NOT NULL AND criteria_digest IS NOT NULL
                  ORDER BY issued_at DESC, id DESC
                """)
            .param(application)
            .query(PlanEvidenceReader::verdict)
            .list();
    Set<Phase> baselines = new HashSet<>();
    sql.sql("SELECT phase FROM baseline WHERE application = ?")
        .param(application)
        .query(String.class)
        .list()
        .forEach(phase -> baselines.add(Phase.valueOf(String.valueOf(phase))));
    Map<Phase, UUID> waivers = new EnumMap<>(Phase.class);
    sql.sql("SELECT phase, id FROM waiver WHERE application = ? AND state = 'APPROVED' ORDER BY id")
        .param(application)
        .query(row -> {
          waivers.put(Phase.valueOf(row.getString("phase")), row.getObject("id", UUID.class));
        });
    return new PlanEvidence(criteria, verdicts, baselines, waivers);
  }

  private static PlanEvidence.PhaseVerdict verdict(ResultSet row, int number) throws SQLException {
    return new PlanEvidence.PhaseVerdict(
        row.getObject("id", UUID.class),
        Phase.valueOf(row.getString("phase")),
        new Digest(row.getString("criteria_digest")),
        Outcome.valueOf(row.getString("outcome")),
        Columns.texts(row, "reasons"));
  }
}
