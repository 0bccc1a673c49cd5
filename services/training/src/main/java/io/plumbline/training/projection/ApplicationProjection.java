package io.plumbline.training.projection;

import io.plumbline.contracts.Phase;
import io.plumbline.contracts.StrategyEvent.ApplicationRegistered;
import io.plumbline.contracts.StrategyEvent.PhaseChanged;
import io.plumbline.contracts.state.PhaseState;
import io.plumbline.platform.data.Columns;
import io.plumbline.platform.event.Projection;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** The projection of the workspace's applications and their phases. */
@Component
public class ApplicationProjection {

  /** The status of a phase: its state, and the evidence that it still needs. */
  public record PhaseStatus(Phase phase, PhaseState state, List<String> missing) {}

  private final JdbcClient sql;

  ApplicationProjection(JdbcClient sql) {
    this.sql = sql;
  }

  @Bean
  static Projection<ApplicationRegistered> applicationRegistered() {
    return Projection.of(ApplicationRegistered.class, "application").column("name", "application");
  }

  /**
   * The application of a phase, whose event may arrive first, because there is no order between
   * topics.
   */
  @Bean
  static Projection<PhaseChanged> applicationOfPhase() {
    return Projection.of(PhaseChanged.class, "application").column("name", "application");
  }

  @Bean
  static Projection<PhaseChanged> phaseChanged() {
    return Projection.of(PhaseChanged.class, "phase")
        .columns("application", "phase", "state")
        .column("missing", "missingEvidence")
        .aggregateVersion("version")
        .newestPer("application", "phase");
  }

  @Transactional(propagation = Propagation.MANDATORY)
  public boolean exists(String application) {
    return sql.sql("SELECT EXISTS (SELECT 1 FROM application WHERE name = ?)")
        .param(application)
        .query(Boolean.class)
        .single();
  }

  @Transactional(propagation = Propagation.MANDATORY)
  public List<PhaseStatus> phases(String application) {
    return sql.sql("SELECT phase, state, missing FROM phase WHERE application = ?")
        .param(application)
        .query((row, index) ->
            new PhaseStatus(
                Phase.valueOf(row.getString("phase")),
                PhaseState.valueOf(row.getString("state")),
                Columns.texts(row, "missing")))
        .list();
  }
}
