package io.plumbline.platform.test.isolation;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Finds the tables of a database that hold rows of workspaces, and whether each shows the rows of
 * one workspace at a time.
 */
public final class WorkspaceTables {

  /**
   * The tables of the platform that are shared by all workspaces, with the reason for each. Only
   * the platform's own code touches them.
   */
  public static final Map<String, String> SHARED =
      Map.of(
          "dead_letter",
          "the consumer bounds and cleans up messages of all topics, and a refused one has no"
              + " workspace that can be believed; what people see is asked for by workspace",
          "idempotency",
          "answers are deleted by their age; each is read by the key of a caller, whose workspace"
              + " is its first part",
          "job",
          "workers take the next job of any workspace, and then act within its own",
          "known_workspace",
          "a service works in every workspace at its start; a request asks for the state of its own"
              + " alone");

  /**
   * The query for the tables and their isolation. Without FORCE a policy does not hold for the
   * owner, and functions that run with the owner's rights would bypass it; the owner may have a
   * policy of its own, and the auditor reads the evidence of all workspaces.
   */
  private static final String TABLES =
      """
      WITH policy AS (
        SELECT polrelid AS id, polroles = ARRAY[relowner] AS of_owner,
          polcmd = 'r' AND polroles = ARRAY[to_regrole('ledger_auditor')::oid] AS of_auditor,
          polcmd = '*' AND polroles = '{0}' AND polqual IS NOT NULL AS of_all,
          coalesce(pg_get_expr(polqual, polrelid), own) = own
            AND coalesce(pg_get_expr(polwithcheck, polrelid), own) = own AS bound
        FROM pg_policy JOIN pg_class ON pg_class.oid = polrelid, (VALUES ('(workspace_id = (NULLIF('
          'current_setting(''plumbline.workspace''::text, true), ''''::text))::uuid)')) AS rows (own)
        WHERE polpermissive)
      SELECT oid::regclass::text AS name, relrowsecurity AND relforcerowsecurity
        AND EXISTS (SELECT FROM policy WHERE id = oid AND of_all AND bound)
        AND NOT EXISTS (SELECT FROM policy WHERE id = oid AND NOT bound AND NOT of_owner AND of_auditor IS NOT TRUE)
          AS isolated
      FROM pg_class WHERE relkind IN ('r', 'p', 'f', 'm', 'v') AND (
        oid IN (SELECT attrelid FROM pg_attribute WHERE attname = 'workspace_id' AND NOT attisdropped)
        OR oid IN (SELECT polrelid FROM pg_policy))
      """;

  private WorkspaceTables() {}

  /**
   * Returns each table by name, and whether nobody sees the rows of another workspace in it. A view
   * has no policy and is never isolated.
   */
  public static SortedMap<String, Boolean> isolationByTable(Connection superuser)
      throws SQLException {
    SortedMap<String, Boolean> isolated = new TreeMap<>();
    try (Statement statement = superuser.createStatement();
        ResultSet tables = statement.executeQuery(TABLES)) {
      while (tables.next()) {
        isolated.put(tables.getString("name"), tables.getBoolean("isolated"));
      }
    }
    return isolated;
  }
}
