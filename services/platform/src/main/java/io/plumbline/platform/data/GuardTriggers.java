package io.plumbline.platform.data;

import io.plumbline.contracts.Digest;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The triggers of a database, by which tables refuse changes, and the policies that decide which
 * rows are seen. One that has the name of another but does something else is seen by its digest.
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
      UNION ALL SELECT c.relname || '/policy ' || p.polname, true,
        concat_ws(chr(10), p.polcmd, p.polpermissive,
          ARRAY(SELECT CASE role WHEN 0 THEN 'PUBLIC' WHEN c.relowner THEN 'OWNER' ELSE pg_get_userbyid(role)::text END
            FROM unnest(p.polroles) AS role ORDER BY 1)::text,
          'USING ' || pg_get_expr(p.polqual, p.polrelid), 'CHECK ' || pg_get_expr(p.polwithcheck, p.polrelid))
      FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid
      WHERE c.relnamespace = current_schema()::regnamespace AND NOT c.relispartition
      UNION ALL SELECT c.relname || '/row security', true,
        concat_ws(' ', c.relkind, c.relrowsecurity, c.relforcerowsecurity)
      FROM pg_class c
      WHERE c.relnamespace = current_schema()::regnamespace AND NOT c.relispartition
        AND (c.relrowsecurity OR EXISTS (SELECT FROM pg_policy WHERE polrelid = c.oid))
      """;

  private GuardTriggers() {}

  /**
   * Returns the digest of the definition of each trigger and rule, and of its function, by table
   * and name: {@code verdict/append_only}. Those of policies and of a table's row-level security
   * are {@code verdict/policy workspace} and {@code verdict/row security}.
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
