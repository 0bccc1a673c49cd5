package io.plumbline.platform.data;

import io.plumbline.platform.identity.Caller;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * PostgreSQL's locks on names, for rules over rows that do not exist yet. A lock is waited for, and
 * ends with the transaction.
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
