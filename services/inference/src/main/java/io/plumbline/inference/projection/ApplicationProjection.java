package io.plumbline.inference.projection;

import io.plumbline.contracts.CriteriaPurpose;
import io.plumbline.contracts.Digest;
import io.plumbline.contracts.StrategyEvent;
import io.plumbline.platform.event.EventMetadata;
import io.plumbline.platform.event.OnEvent;
import io.plumbline.platform.identity.Caller;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The applications, and for each purpose their criteria in force. */
@Component
public class ApplicationProjection {

  private final JdbcClient sql;

  ApplicationProjection(JdbcClient sql) {
    this.sql = sql;
  }

  @OnEvent
  public void on(StrategyEvent.ApplicationRegistered event, EventMetadata meta) {
    sql.sql(
            """
            INSERT INTO application_projection AS existing (workspace_id, application, criticality, version)
            VALUES (?, ?, ?, ?)
            ON CONFLICT (workspace_id, application)
            DO UPDATE SET criticality = excluded.criticality, version = excluded.version
            WHERE existing.version < excluded.version
            """)
        .params(
            meta.workspace(),
            event.application(),
            event.criticality().name(),
            meta.aggregateVersion())
        .update();
  }

  @OnEvent
  public void on(StrategyEvent.CriteriaRegistered event, EventMetadata meta) {
    sql.sql(
            """
            INSERT INTO criteria_projection AS existing
              (workspace_id, application, purpose, version, criteria_digest)
            VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (workspace_id, application, purpose)
            DO UPDATE SET version = excluded.version, criteria_digest = excluded.criteria_digest
            WHERE existing.version < excluded.version
            """)
        .params(
            meta.workspace(),
            event.application(),
            CriteriaPurpose.of(event.purpose()).name(),
            event.version(),
            event.criteriaDigest().hex())
        .update();
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
