package io.plumbline.platform.data;

import io.plumbline.platform.identity.Caller;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Takes PostgreSQL's locks on names, for rules about rows that do not exist yet. Taking a lock
 * waits until it is free, and the lock ends with the transaction.
 */
public final class AdvisoryLocks {

  private AdvisoryLocks() {}

  /**
   * Locks a name within the caller's workspace.
   *
   * @param kind keeps equal names of different things apart
   */
  public static void lock(JdbcClient sql, long kind, String name) {
    sql.sql("SELECT pg_advisory_xact_lock(hashtextextended(?, ?))")
        .params(Caller.current().workspace() + name, kind)
        .query((row, number) -> true)
        .single();
  }
}
