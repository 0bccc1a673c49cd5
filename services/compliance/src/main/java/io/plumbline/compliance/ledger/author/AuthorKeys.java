package io.plumbline.compliance.ledger.author;

import io.plumbline.platform.signature.VerificationKeys;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The public keys that events were ever verified with, on one connection. They are a record:
 * somebody who may write into the database could add one, so nothing is verified with them.
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

  /** Returns each registered key that is not configured, in words: its id and its service. */
  public List<String> unlisted(VerificationKeys configured) throws SQLException {
    Set<String> listed =
        configured.all().stream()
            .map(each -> inWords(each.keyId(), each.service()))
            .collect(Collectors.toSet());
    List<String> unlisted = new ArrayList<>();
    try (PreparedStatement select =
            connection.prepareStatement(
                "SELECT service, key_id FROM ledger_author_key ORDER BY service, key_id");
        ResultSet row = select.executeQuery()) {
      while (row.next()) {
        String key = inWords(row.getString("key_id"), row.getString("service"));
        if (!listed.contains(key)) {
          unlisted.add(key);
        }
      }
    }
    return unlisted;
  }

  private static String inWords(String keyId, String service) {
    return keyId + " of " + service;
  }
}
