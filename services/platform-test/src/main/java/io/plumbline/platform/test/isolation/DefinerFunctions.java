package io.plumbline.platform.test.isolation;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Finds the functions of a database that run as their owner for every caller. */
public final class DefinerFunctions {

  /**
   * The path that such a function has to have. PostgreSQL looks for tables and types in the
   * caller's temporary schema first, unless the path names it, so that with an empty path a
   * caller's type of the name {@code uuid} would be used with the owner's rights.
   */
  public static final String SAFE_PATH = "search_path=pg_catalog, pg_temp";

  /** The default rights of a function that has no entry of its own: EXECUTE for PUBLIC. */
  private static final String UNSAFE =
      """
      SELECT pg_proc.oid::regprocedure::text AS name
      FROM pg_proc JOIN pg_namespace ON pg_namespace.oid = pronamespace
      WHERE prosecdef AND nspname NOT IN ('pg_catalog', 'information_schema') AND (
        NOT coalesce(proconfig @> ARRAY['%s'], false)
        OR EXISTS (
          SELECT FROM aclexplode(coalesce(proacl, acldefault('f', proowner))) WHERE grantee = 0))
      ORDER BY name
      """
          .formatted(SAFE_PATH);

  private DefinerFunctions() {}

  /** Returns the functions that may use a name that a caller made, or that everybody may call. */
  public static List<String> unsafe(Connection connection) throws SQLException {
    List<String> unsafe = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet functions = statement.executeQuery(UNSAFE)) {
      while (functions.next()) {
        unsafe.add(functions.getString("name"));
      }
    }
    return unsafe;
  }

  /** Returns whether a role may make temporary tables, types and functions. */
  public static boolean mayCreateTemporary(Connection connection, String role) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT has_database_privilege('%s', current_database(), 'TEMPORARY') AS may"
                    .formatted(role))) {
      row.next();
      return row.getBoolean("may");
    }
  }
}
