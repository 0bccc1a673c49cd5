package io.plumbline.compliance.ledger.head;

import io.plumbline.contracts.ComplianceEvent.KeySuccession;
import io.plumbline.contracts.ComplianceEvent.LedgerKeyReplaced;
import io.plumbline.contracts.Digest;
import io.plumbline.platform.data.Columns;
import io.plumbline.platform.ledger.HeadSignature;
import java.security.PublicKey;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The stored heads and keys, on one connection; the caller owns the transaction. */
public final class SignedHeads {

  private static final String COLUMNS =
      "SELECT tree_size, root, signed_at, signature, key_id, origin FROM ";

  /** The query for the newest head of all, which is signed again while nothing happens. */
  public static final String SELECT_FRESH = COLUMNS + "ledger_fresh_head";

  /** The query for the kept heads over more than a number of entries, smallest first. */
  public static final String SELECT_BEHIND =
      COLUMNS + "ledger_head WHERE tree_size > ? ORDER BY tree_size";

  private final Connection connection;

  public SignedHeads(Connection connection) {
    this.connection = connection;
  }

  /** Returns the newest head that is kept permanently, which is the largest of these. */
  public Optional<SignedHead> newestKept() throws SQLException {
    return queryFirst(COLUMNS + "ledger_head ORDER BY tree_size DESC LIMIT 1");
  }

  /** Returns the head over a number of entries that is kept permanently, if there is one. */
  public Optional<SignedHead> kept(long treeSize) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(COLUMNS + "ledger_head WHERE tree_size = ?")) {
      select.setLong(1, treeSize);
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? Optional.of(read(row)) : Optional.empty();
      }
    }
  }

  /** Returns whether a head of this size with this root is kept permanently. */
  public boolean isKept(SignedHead head) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement("SELECT 1 FROM ledger_head WHERE tree_size = ? AND root = ?")) {
      select.setLong(1, head.treeSize());
      select.setBytes(2, head.root().bytes());
      try (ResultSet row = select.executeQuery()) {
        return row.next();
      }
    }
  }

  /** Returns the newest head of all; empty until the first is signed. */
  public Optional<SignedHead> newest() throws SQLException {
    return queryFirst(SELECT_FRESH);
  }

  private Optional<SignedHead> queryFirst(String sql) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(sql);
        ResultSet row = select.executeQuery()) {
      return row.next() ? Optional.of(read(row)) : Optional.empty();
    }
  }

  /**
   * Reads the head in a row of {@link #SELECT_BEHIND} or {@link #SELECT_FRESH}. If its root is of
   * another length than a digest, the head has the digest of that, which no tree has.
   */
  public static SignedHead read(ResultSet row) throws SQLException {
    byte[] root = row.getBytes("root");
    return new SignedHead(
        row.getLong("tree_size"),
        root.length == 32 ? Digest.ofRaw(root) : Digest.of(root),
        Columns.instant(row, "signed_at"),
        row.getString("signature"),
        row.getString("key_id"),
        row.getString("origin"));
  }

  /** Stores a head permanently. */
  public void storeKept(SignedHead head) throws SQLException {
    insert(
        "INSERT INTO ledger_head (tree_size, root, signed_at, signature, key_id, origin) VALUES (?,"
            + " ?, ?, ?, ?, ?)",
        head);
  }

  /** Replaces the newest head of all, which is not kept permanently by this. */
  public void replaceNewest(SignedHead head) throws SQLException {
    insert(
        """
        INSERT INTO ledger_fresh_head (tree_size, root, signed_at, signature, key_id, origin)
        VALUES (?, ?, ?, ?, ?, ?)
        ON CONFLICT (one) DO UPDATE SET tree_size = excluded.tree_size, root = excluded.root,
          signed_at = excluded.signed_at, signature = excluded.signature, key_id = excluded.key_id,
          origin = excluded.origin
        """,
        head);
  }

  private void insert(String sql, SignedHead head) throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      insert.setLong(1, head.treeSize());
      insert.setBytes(2, head.root().bytes());
      insert.setObject(3, head.signedAt().atOffset(ZoneOffset.UTC));
      insert.setString(4, head.signature());
      insert.setString(5, head.keyId());
      insert.setString(6, head.origin());
      insert.executeUpdate();
    }
  }

  /** Records the public half of a key that signs from now on. */
  public void registerKey(LedgerKey key) throws SQLException {
    registerKey(key.id(), key.publicKeyText());
  }

  /** Records the public half of a key that signs from now on. */
  public void registerKey(String keyId, String publicKey) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO ledger_key (key_id, public_key) VALUES (?, ?) ON CONFLICT DO NOTHING")) {
      insert.setString(1, keyId);
      insert.setString(2, publicKey);
      insert.executeUpdate();
    }
  }

  /** Records the public half of a key that signs from now on, and which key it replaces. */
  public void registerReplacement(LedgerKeyReplaced replaced) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO ledger_key (key_id, public_key, former_key_id, signature, statement)"
                + " VALUES (?, ?, ?, ?, ?)")) {
      insert.setString(1, replaced.keyId());
      insert.setString(2, replaced.publicKey());
      insert.setString(3, replaced.formerKeyId());
      insert.setString(4, replaced.signature());
      insert.setString(5, replaced.statement());
      insert.executeUpdate();
    }
  }

  /** Returns the keys that replaced others, oldest first. */
  public List<LedgerKeyReplaced> replacements() throws SQLException {
    List<LedgerKeyReplaced> replacements = new ArrayList<>();
    try (PreparedStatement select =
            connection.prepareStatement(
                "SELECT key_id, public_key, former_key_id, signature, statement FROM ledger_key"
                    + " WHERE former_key_id IS NOT NULL ORDER BY since");
        ResultSet row = select.executeQuery()) {
      while (row.next()) {
        replacements.add(
            new LedgerKeyReplaced(
                row.getString("key_id"),
                row.getString("public_key"),
                row.getString("former_key_id"),
                row.getString("signature"),
                row.getString("statement")));
      }
    }
    return replacements;
  }

  /** Returns whether a key was registered as the one that replaces another. */
  public boolean isReplacement(String keyId, String formerKeyId) throws SQLException {
    return replacements().stream()
        .anyMatch(each -> each.keyId().equals(keyId) && each.formerKeyId().equals(formerKeyId));
  }

  /** Returns the successions that lead to a key, oldest first; only the newest of many. */
  public List<KeySuccession> successionsTo(String keyId) throws SQLException {
    Map<String, LedgerKeyReplaced> byKey = new HashMap<>();
    replacements().forEach(each -> byKey.put(each.keyId(), each));
    Deque<KeySuccession> successions = new ArrayDeque<>();
    LedgerKeyReplaced next = byKey.remove(keyId);
    while (next != null
        && next.signature() != null
        && successions.size() < HeadSignature.MAX_SUCCESSIONS) {
      successions.addFirst(
          new KeySuccession(next.formerKeyId(), next.publicKey(), next.signature()));
      next = byKey.remove(next.formerKeyId());
    }
    return List.copyOf(successions);
  }

  /** Returns every key that was ever registered, by its id. */
  public Map<String, PublicKey> keys() throws SQLException {
    Map<String, PublicKey> keys = new HashMap<>();
    try (PreparedStatement select =
            connection.prepareStatement("SELECT public_key FROM ledger_key");
        ResultSet row = select.executeQuery()) {
      while (row.next()) {
        PublicKey key = LedgerKey.publicKey(row.getString("public_key"));
        keys.put(LedgerKey.id(key), key);
      }
    }
    return keys;
  }
}
