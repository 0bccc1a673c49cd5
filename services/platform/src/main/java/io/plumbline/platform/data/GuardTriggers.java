package io.plumbline.platform.data;

import io.plumbline.contracts.Digest;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The triggers of a database, by which tables refuse changes. A trigger that has the name of
 * another one but does something else is seen by its digest.
 */
public final class GuardTriggers {

  /** The value of a trigger that is disabled. */
  public static final String DISABLED = "disabled";

  /** Partitions have the triggers of their table, and get their names as they are created. */
  private static final String SELECT =
      """
      SELECT c.relname || '/' || t.tgname AS name, t.tgenabled IN ('O', 'A') AS enabled,
        replace(replace(pg_get_triggerdef(t.oid), current_schema() || '.', ''), 'public.', '')
          || chr(10) || pg_get_functiondef(t.tgfoid) AS definition
      FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
      WHERE c.relnamespace = current_schema()::regnamespace AND NOT t.tgisinternal AND NOT c.relispartition
      UNION ALL SELECT c.relname || '/' || r.rulename, true, pg_get_ruledef(r.oid)
      FROM pg_rewrite r JOIN pg_class c ON c.oid = r.ev_class
      WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p')
      """;

  private GuardTriggers() {}

  /**
   * Returns the digest of the definition of each trigger and rule, and of its function, by table
   * and name: {@code verdict/append_only}.
   */
  public static SortedMap<String, String> read(Connection connection) throws SQLException {
    SortedMap<String, String> triggers = new TreeMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(SELECT)) {
      while (row.next()) {
        triggers.put(
            row.getString("name"),
            row.getBoolean("enabled")
                ? Digest.ofText(row.getString("definition")).hex()
                : DISABLED);
      }
    }
    return triggers;
  }
}
