package io.plumbline.inference.trace;

import io.plumbline.contracts.InferenceEvent;
import io.plumbline.inference.cache.WorkspaceCache;
import io.plumbline.inference.cache.WorkspaceCaches;
import io.plumbline.platform.data.AdvisoryLocks;
import io.plumbline.platform.event.Outbox;
import io.plumbline.platform.identity.Caller;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The policy of each workspace, in memory for the request path. */
@Component
class TracePolicies {

  private static final Logger log = LoggerFactory.getLogger(TracePolicies.class);

  /** The key of the lock on a workspace's policy. */
  private static final long POLICY = 0x706c756d_74726163L;

  private final JdbcClient sql;
  private final Outbox outbox;
  private final WorkspaceCaches caches;
  private final WorkspaceCache<TracePolicy> policies;
  private final Clock clock;

  TracePolicies(JdbcClient sql, Outbox outbox, WorkspaceCaches caches, Clock clock) {
    this.sql = sql;
    this.outbox = outbox;
    this.caches = caches;
    this.policies = caches.create("trace-policies", Set.of("trace_policy"), this::read);
    this.clock = clock;
  }

  /** Returns the policy that applies now; NONE while the policy cannot be read. */
  ContentPolicy contentsPolicy(UUID workspace) {
    try {
      return policies.get(workspace).contents();
    } catch (RuntimeException e) {
      log.warn(
          "The trace policy of workspace {} cannot be read. No contents of its calls are kept until"
              + " it can: {}",
          workspace,
          e.toString());
      return ContentPolicy.NONE;
    }
  }

  @Transactional(readOnly = true)
  public TracePolicy getPolicy() {
    return read();
  }

  /** Changes the policy. The new retention also applies to contents that are kept already. */
  @Transactional
  public TracePolicy changePolicy(TracePolicy policy) {
    Caller caller = Caller.current();
    AdvisoryLocks.lock(sql, POLICY, "");
    TracePolicy former = read();
    if (former.equals(policy)) {
      return policy;
    }
    long version =
        sql.sql(
                """
                INSERT INTO trace_policy AS former
                  (workspace_id, contents, retention_days, version, changed_by, changed_at)
                VALUES (?, ?, ?, 1, ?, ?)
                ON CONFLICT (workspace_id) DO UPDATE
                SET contents = excluded.contents, retention_days = excluded.retention_days,
                  version = former.version + 1, changed_by = excluded.changed_by,
                  changed_at = excluded.changed_at
                RETURNING version
                """)
            .params(
                caller.workspace(),
                policy.contents().name(),
                policy.retentionDays(),
                caller.actor(),
                clock.instant().atOffset(ZoneOffset.UTC))
            .query(Long.class)
            .single();
    outbox.append(
        new InferenceEvent.TracePolicyChanged(
            policy.contents().name(),
            policy.retentionDays(),
            former.contents().name(),
            former.retentionDays(),
            caller.actor()),
        "trace-policy",
        version);
    caches.invalidateAfterCommit("trace_policy");
    return policy;
  }

  private TracePolicy read() {
    return sql.sql("SELECT contents, retention_days FROM trace_policy WHERE workspace_id = ?")
        .param(Caller.current().workspace())
        .query((row, index) ->
            new TracePolicy(
                ContentPolicy.valueOf(row.getString("contents")), row.getInt("retention_days")))
        .optional()
        .orElse(TracePolicy.DEFAULT);
  }
}
