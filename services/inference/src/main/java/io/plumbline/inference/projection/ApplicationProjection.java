package io.plumbline.inference.projection;

import io.plumbline.contracts.CriteriaPurpose;
import io.plumbline.contracts.Digest;
import io.plumbline.contracts.StrategyEvent.ApplicationRegistered;
import io.plumbline.contracts.StrategyEvent.CriteriaRegistered;
import io.plumbline.platform.event.Projection;
import io.plumbline.platform.identity.Caller;
import java.util.Optional;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The applications, and for each purpose their criteria in force. */
@Component
public class ApplicationProjection {

  private final JdbcClient sql;

  ApplicationProjection(JdbcClient sql) {
    this.sql = sql;
  }

  @Bean
  static Projection<ApplicationRegistered> applicationRegistered() {
    return Projection.of(ApplicationRegistered.class, "application_projection")
        .columns("application", "criticality")
        .aggregateVersion("version")
        .newestPer("application");
  }

  @Bean
  static Projection<CriteriaRegistered> criteriaRegistered() {
    return Projection.of(CriteriaRegistered.class, "criteria_projection")
        .columns("application", "version", "criteria_digest")
        .column("purpose", "purpose", CriteriaPurpose.RELEASE)
        .newestPer("application", "purpose");
  }

  /**
   * Returns the criticality of an application.
   *
   * @return empty while the application's registration has not arrived
   */
  public Optional<String> criticality(String application) {
    return sql.sql(
            """
            SELECT criticality FROM application_projection WHERE workspace_id = ? AND application = ?
            """)
        .params(Caller.current().workspace(), application)
        .query(String.class)
        .optional();
  }

  /** Returns the criteria in force that decide about phases and releases. */
  public Optional<Digest> activeCriteria(String application) {
    return activeCriteria(application, CriteriaPurpose.RELEASE);
  }

  public Optional<Digest> activeCriteria(String application, CriteriaPurpose purpose) {
    return sql.sql(
            """
            SELECT criteria_digest FROM criteria_projection
            WHERE workspace_id = ? AND application = ? AND purpose = ?
            """)
        .params(Caller.current().workspace(), application, purpose.name())
        .query(String.class)
        .optional()
        .map(Digest::new);
  }
}
