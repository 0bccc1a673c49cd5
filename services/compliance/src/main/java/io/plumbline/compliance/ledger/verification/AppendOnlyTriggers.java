package io.plumbline.compliance.ledger.verification;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The triggers that keep the tables with evidence append-only. */
public final class AppendOnlyTriggers {

  /** The tables whose rows must never be changed. */
  public static final List<String> TABLES =
      List.of(
          "ledger_partition",
          "ledger_message",
          "ledger_skip",
          "ledger_entry",
          "ledger_tile",
          "ledger_head",
          "ledger_key",
          "ledger_author_key",
          "audit_entry",
          "audit_application",
          "policy_version");

  private AppendOnlyTriggers() {}

  /** Returns the tables whose trigger is missing or disabled. */
  static List<String> tablesWithoutTrigger(Connection connection) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            """
            SELECT name FROM unnest(?::text[]) AS guarded (name)
            WHERE NOT EXISTS (SELECT 1 FROM pg_trigger
                              WHERE tgrelid = to_regclass(name) AND tgname = 'append_only' AND tgenabled IN
                                ('O', 'A'))
            """)) {
      select.setArray(1, connection.createArrayOf("text", TABLES.toArray()));
      List<String> tables = new ArrayList<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          tables.add(row.getString("name"));
        }
      }
      return tables;
    }
  }
}
