package io.plumbline.platform.test.table;

import io.plumbline.platform.test.EmbeddedServers;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads from the database what a service may do to its tables besides reading them. A test that
 * compares the whole list forces a decision for every new table whether its rows are evidence.
 */
public final class TableRights {

  /** The rights on the tables of the platform's mechanisms, which every service has. */
  public static final List<String> PLATFORM =
      List.of(
          "applied_position: DELETE, INSERT, UPDATE",
          "dead_letter: DELETE, INSERT, UPDATE",
          "filled_table: INSERT",
          "flyway_schema_history: nothing",
          "idempotency: DELETE, INSERT, UPDATE",
          "inbox: DELETE, INSERT, UPDATE",
          // Only the owner knows since when the inbox remembers.
          "inbox_beginning: nothing",
          "job: DELETE, INSERT, UPDATE",
          // A trigger lets a row change with a higher version only.
          "known_workspace: INSERT, UPDATE",
          "outbox: DELETE, INSERT, UPDATE",
          // A trigger prevents a head from being replaced by one that covers fewer entries.
          "received_head: INSERT, UPDATE",
          // Only the owner knows which upgrades were completed.
          "schema_upgrade: nothing");

  private TableRights() {}

  /**
   * Returns a line for each table of the service's database: {@code table: RIGHT, RIGHT (column,
   * column)}, with rights and columns in alphabetical order, and {@code table: nothing} for a table
   * that may only be read.
   */
  public static List<String> of(String service) {
    try (Connection connection = EmbeddedServers.connectAsSuperuser(service);
        PreparedStatement select =
            connection.prepareStatement(
                """
                SELECT t.relname || ': '
                  || coalesce(string_agg(held.privilege, ', ' ORDER BY held.privilege), 'nothing') AS line
                FROM pg_class t CROSS JOIN (SELECT ?::name AS name) role LEFT JOIN LATERAL (
                  SELECT p AS privilege FROM unnest('{DELETE,INSERT,TRUNCATE,UPDATE}'::text[]) p
                  WHERE has_table_privilege(role.name, t.oid, p)
                  UNION ALL
                  SELECT p || ' (' || string_agg(attname, ', ' ORDER BY attname) || ')'
                  FROM unnest('{INSERT,UPDATE}'::text[]) p
                    JOIN pg_attribute ON attrelid = t.oid AND attnum > 0 AND NOT attisdropped
                  WHERE NOT has_table_privilege(role.name, t.oid, p)
                    AND has_column_privilege(role.name, t.oid, attnum, p)
                  GROUP BY p) held ON true
                WHERE t.relnamespace = 'public'::regnamespace AND t.relkind IN ('r', 'p')
                GROUP BY t.relname
                """)) {
      select.setString(1, EmbeddedServers.runtimeRole(service));
      List<String> lines = new ArrayList<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          lines.add(row.getString("line"));
        }
      }
      return lines;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
