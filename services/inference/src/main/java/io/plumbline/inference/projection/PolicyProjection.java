package io.plumbline.inference.projection;

import io.plumbline.contracts.ComplianceEvent.PolicyActivated;
import io.plumbline.platform.event.Projection;
import io.plumbline.platform.identity.Caller;
import io.plumbline.policy.PolicyTarget;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads the source texts of the policies in force. */
@Component
public class PolicyProjection {

  private final JdbcClient sql;

  PolicyProjection(JdbcClient sql) {
    this.sql = sql;
  }

  @Bean
  static Projection<PolicyActivated> policyActivated() {
    return Projection.of(PolicyActivated.class, "policy_projection")
        .columns("policy", "target", "source", "version")
        .newestPer("policy");
  }

  /** Returns the sources, ordered by the policies' names. */
  public List<String> sources(PolicyTarget target) {
    return sql.sql(
            """
            SELECT source FROM policy_projection WHERE workspace_id = ? AND target = ? ORDER BY policy
            """)
        .params(Caller.current().workspace(), target.slug())
        .query((row, number) -> row.getString("source"))
        .list();
  }
}
