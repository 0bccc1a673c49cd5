package io.plumbline.compliance.ledger.author;

import io.plumbline.platform.signature.VerificationKeys;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The public keys that events were ever verified with, on one connection. A retired key that is no
 * longer configured still verifies the entries that were signed with it.
 */
public final class AuthorKeys {

  private final Connection connection;

  public AuthorKeys(Connection connection) {
    this.connection = connection;
  }

  /** Stores the configured keys permanently. */
  public void register(VerificationKeys configured) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO ledger_author_key (service, key_id, public_key) VALUES (?, ?, ?) ON"
                + " CONFLICT DO NOTHING")) {
      for (VerificationKeys.ServiceKey each : configured.all()) {
        insert.setString(1, each.service());
        insert.setString(2, each.keyId());
        insert.setString(3, Base64.getEncoder().encodeToString(each.key().getEncoded()));
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  /** Returns every key that was ever registered. */
  public VerificationKeys all() throws SQLException {
    Map<String, List<String>> keys = new HashMap<>();
    try (PreparedStatement select =
            connection.prepareStatement("SELECT service, public_key FROM ledger_author_key");
        ResultSet row = select.executeQuery()) {
      while (row.next()) {
        keys.computeIfAbsent(row.getString("service"), service -> new ArrayList<>())
            .add(row.getString("public_key"));
      }
    }
    return VerificationKeys.of(keys);
  }
}
