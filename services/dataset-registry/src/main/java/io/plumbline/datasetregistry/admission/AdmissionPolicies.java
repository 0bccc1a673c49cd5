package io.plumbline.datasetregistry.admission;

import io.plumbline.contracts.ComplianceEvent;
import io.plumbline.contracts.Digest;
import io.plumbline.platform.event.OnEvent;
import io.plumbline.platform.identity.Caller;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The workspace's active admission policies, as compliance has told of them. */
@Component
class AdmissionPolicies {

  private static final String TARGET = "dataset-admission";
  private static final TypeReference<List<PolicyRule>> RULES = new TypeReference<>() {};

  private final JdbcClient sql;
  private final JsonMapper json;

  AdmissionPolicies(JdbcClient sql, JsonMapper json) {
    this.sql = sql;
    this.json = json;
  }

  /** A policy in force. */
  record Active(String policy, Digest digest, List<PolicyRule> rules) {}

  @OnEvent
  public void on(ComplianceEvent.PolicyActivated event) {
    if (!event.target().equals(TARGET)) {
      return;
    }
    sql.sql(
            """
            INSERT INTO admission_policy (workspace_id, policy, version, source, policy_digest) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (workspace_id, policy) DO UPDATE SET version = excluded.version, source = excluded.source,
                policy_digest = excluded.policy_digest
            WHERE admission_policy.version < excluded.version
            """)
        .params(
            Caller.current().workspace(),
            event.policy(),
            event.version(),
            event.source(),
            event.policyDigest().hex())
        .update();
  }

  @Transactional(readOnly = true)
  List<Active> active() {
    return sql.sql("SELECT policy, policy_digest, source FROM admission_policy ORDER BY policy")
        .query((row, index) ->
            new Active(
                row.getString(1),
                new Digest(row.getString(2)),
                json.readValue(row.getString(3), RULES)))
        .list();
  }
}
