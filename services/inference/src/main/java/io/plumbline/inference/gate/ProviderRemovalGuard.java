package io.plumbline.inference.gate;

import io.plumbline.contracts.Digest;
import io.plumbline.inference.InferenceProblem;
import io.plumbline.inference.provider.ProviderRemoval;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.problem.Problem;
import java.util.List;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Keeps providers from being removed while releases depend on them. */
@Component
class ProviderRemovalGuard {

  private final JdbcClient sql;

  ProviderRemovalGuard(JdbcClient sql) {
    this.sql = sql;
  }

  /**
   * Refuses a removal while a release needs one of the connections: a release that serves, may come
   * to serve, or would serve after a rollback of a serving one. A second rollback is not
   * considered.
   */
  @EventListener
  void refuseRemoval(ProviderRemoval removal) {
    String[] connections = removal.connections().stream().map(Digest::hex).toArray(String[]::new);
    List<String> served =
        sql.sql(
                """
                SELECT r.state || ' release ' || r.release_id || ' of ' || r.application || ' in ' || r.environment
                  AS text
                FROM release r
                JOIN variant v ON v.workspace_id = r.workspace_id AND v.variant_digest = r.variant_digest
                WHERE r.workspace_id = ?
                  AND (v.connection_digest = ANY (?)
                    OR EXISTS (SELECT 1 FROM jsonb_array_elements(v.fallback) f
                      WHERE f ->> 'connection' = ANY (?))
                    OR EXISTS (SELECT 1 FROM index_version i WHERE i.workspace_id = v.workspace_id
                      AND i.index_digest = v.index_digest AND i.connection_digest = ANY (?)))
                  AND (r.state IN ('REQUESTED', 'APPROVED', 'CANARY', 'ACTIVE')
                    OR EXISTS (SELECT 1 FROM release s WHERE s.workspace_id = r.workspace_id
                      AND s.previous_release_id = r.release_id AND s.state IN ('CANARY', 'ACTIVE')))
                ORDER BY r.release_id
                """)
            .param(Caller.current().workspace())
            .param(connections)
            .param(connections)
            .param(connections)
            .query((row, number) -> row.getString("text"))
            .list();
    if (!served.isEmpty()) {
      throw new Problem(
          InferenceProblem.PROVIDER_IN_USE,
          "Provider '%s' answers or embeds for the %s. Release other variants there first."
              .formatted(removal.provider(), String.join(", the ", served)));
    }
  }
}
