package io.plumbline.datasetregistry.projection;

import io.plumbline.contracts.ComplianceEvent.PolicyActivated;
import io.plumbline.platform.event.EventMetadata;
import io.plumbline.platform.event.OnEvent;
import io.plumbline.policy.Policy;
import io.plumbline.policy.PolicyEngine;
import io.plumbline.policy.PolicyTarget;
import java.util.List;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The workspace's active admission policies. */
@Component
public class AdmissionPolicyProjection {

  private final JdbcClient sql;
  private final PolicyEngine engine;
  private final ApplicationEventPublisher applicationEvents;

  AdmissionPolicyProjection(
      JdbcClient sql, PolicyEngine engine, ApplicationEventPublisher applicationEvents) {
    this.sql = sql;
    this.engine = engine;
    this.applicationEvents = applicationEvents;
  }

  @OnEvent
  public void on(PolicyActivated event, EventMetadata metadata) {
    if (!event.target().equals(PolicyTarget.DATASET_ADMISSION.slug())) {
      return;
    }
    int changed =
        sql.sql(
                """
                INSERT INTO admission_policy (workspace_id, policy, version, source) VALUES (?, ?, ?, ?)
                ON CONFLICT (workspace_id, policy) DO UPDATE
                SET version = excluded.version, source = excluded.source
                WHERE admission_policy.version < excluded.version
                """)
            .params(metadata.workspace(), event.policy(), event.version(), event.source())
            .update();
    if (changed > 0) {
      applicationEvents.publishEvent(new AdmissionPoliciesChanged());
    }
  }

  /** Returns the active policies in the order of their names. */
  @Transactional(readOnly = true)
  public List<Policy> activePolicies() {
    return sql.sql("SELECT source FROM admission_policy ORDER BY policy")
        .query((row, index) -> engine.load(PolicyTarget.DATASET_ADMISSION, row.getString("source")))
        .list();
  }
}
