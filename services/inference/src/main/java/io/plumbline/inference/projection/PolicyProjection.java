package io.plumbline.inference.projection;

import io.plumbline.contracts.ComplianceEvent;
import io.plumbline.platform.event.EventMetadata;
import io.plumbline.platform.event.OnEvent;
import io.plumbline.platform.identity.Caller;
import io.plumbline.policy.PolicyTarget;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The sources of the policies in force. */
@Component
public class PolicyProjection {

  private final JdbcClient sql;

  PolicyProjection(JdbcClient sql) {
    this.sql = sql;
  }

  @OnEvent
  public void on(ComplianceEvent.PolicyActivated event, EventMetadata meta) {
    sql.sql(
            """
            INSERT INTO policy_projection AS existing (workspace_id, policy, target, source, version)
            VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (workspace_id, policy)
            DO UPDATE SET target = excluded.target, source = excluded.source, version = excluded.version
            WHERE existing.version < excluded.version
            """)
        .params(meta.workspace(), event.policy(), event.target(), event.source(), event.version())
        .update();
  }

  /** Returns the sources, ordered by the policies' names. */
  public List<String> sources(PolicyTarget target) {
    return sql.sql(
            """
            SELECT source FROM policy_projection WHERE workspace_id = ? AND target = ? ORDER BY policy
            """)
        .params(Caller.current().workspace(), target.slug())
        .query((row, index) -> row.getString(1))
        .list();
  }
}
