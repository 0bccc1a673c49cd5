package io.plumbline.compliance.ledger.verification;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The triggers that keep the ledger's tables append-only. */
final class AppendOnlyTriggers {

  private AppendOnlyTriggers() {}

  /** The tables whose trigger is missing or disabled. */
  static List<String> missing(Connection connection) throws SQLException {
    try (PreparedStatement select =
            connection.prepareStatement(
                """
                SELECT name FROM unnest(ARRAY['ledger_entry', 'ledger_tile', 'ledger_head',
                  'ledger_key']) AS guarded (name)
                WHERE NOT EXISTS (SELECT 1 FROM pg_trigger
                                  WHERE tgrelid = to_regclass(name) AND tgname = 'append_only' AND tgenabled IN
                                    ('O', 'A'))
                """);
        ResultSet row = select.executeQuery()) {
      List<String> tables = new ArrayList<>();
      while (row.next()) {
        tables.add(row.getString(1));
      }
      return tables;
    }
  }
}
