package io.plumbline.evaluation.projection;

import io.plumbline.contracts.Phase;
import io.plumbline.contracts.StrategyEvent.ApplicationRegistered;
import io.plumbline.contracts.StrategyEvent.PhaseChanged;
import io.plumbline.platform.data.Columns;
import io.plumbline.platform.event.Projection;
import java.util.List;
import java.util.Optional;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The applications that strategy published, with the states of their phases. */
@Component
public class ApplicationProjection {

  private final JdbcClient sql;

  ApplicationProjection(JdbcClient sql) {
    this.sql = sql;
  }

  @Bean
  static Projection<ApplicationRegistered> applicationRegistered() {
    return Projection.of(ApplicationRegistered.class, "application").column("name", "application");
  }

  @Bean
  static Projection<PhaseChanged> phaseChanged() {
    return Projection.of(PhaseChanged.class, "phase")
        .columns("application", "phase", "state")
        .json("missing_evidence")
        .aggregateVersion("version")
        .newestPer("application", "phase");
  }

  /**
   * Returns what a locked phase of an application waits for.
   *
   * @return empty where the phase is open, and for an application of an earlier version of
   *     Plumbline whose phases have not changed since
   */
  public Optional<List<String>> missingEvidence(String application, Phase phase) {
    return sql.sql(
            """
            SELECT ARRAY(SELECT jsonb_array_elements_text(missing_evidence)) AS missing FROM phase
            WHERE application = ? AND phase = ? AND state = 'LOCKED'
            """)
        .params(application, phase.name())
        .query((row, number) -> Columns.texts(row, "missing"))
        .optional();
  }

  public boolean hasApplication(String name) {
    return sql.sql("SELECT EXISTS (SELECT 1 FROM application WHERE name = ?)")
        .param(name)
        .query(Boolean.class)
        .single();
  }
}
