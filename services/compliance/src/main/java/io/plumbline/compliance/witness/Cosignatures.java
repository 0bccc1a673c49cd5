package io.plumbline.compliance.witness;

import io.plumbline.compliance.ledger.head.SignedHead;
import io.plumbline.compliance.ledger.head.SignedHeads;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The stored cosignatures, on one connection; the caller owns the transaction. */
public final class Cosignatures {

  /**
   * A cosignature that was verified with a pinned key.
   *
   * @param treeSize the number of entries under the cosigned head
   */
  public record Verified(String witness, long treeSize) {}

  private final Connection connection;

  public Cosignatures(Connection connection) {
    this.connection = connection;
  }

  /** Stores a cosignature unless one over a larger head is stored. */
  void store(NoteKey witness, long treeSize, SignedNote.Signature cosignature) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            """
            INSERT INTO ledger_cosignature (witness, tree_size, line) VALUES (?, ?, ?)
            ON CONFLICT (witness) DO UPDATE SET tree_size = excluded.tree_size, line = excluded.line,
              received_at = clock_timestamp()
            WHERE ledger_cosignature.tree_size <= excluded.tree_size
            """)) {
      insert.setString(1, witness.text());
      insert.setLong(2, treeSize);
      insert.setString(3, cosignature.line());
      insert.executeUpdate();
    }
  }

  /** Returns the cosignatures of kept heads that these witnesses made. */
  public List<Verified> verify(List<NoteKey> witnesses) throws SQLException {
    List<Verified> verified = new ArrayList<>();
    for (NoteKey witness : witnesses) {
      find(witness).ifPresent(verified::add);
    }
    return List.copyOf(verified);
  }

  /**
   * Returns the stored cosignature of a witness; empty if there is none that the witness made over
   * a kept head. Its size is believed only with the line.
   */
  Optional<Verified> find(NoteKey witness) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT tree_size, line FROM ledger_cosignature WHERE witness = ?")) {
      select.setString(1, witness.text());
      try (ResultSet row = select.executeQuery()) {
        if (!row.next()) {
          return Optional.empty();
        }
        long size = row.getLong("tree_size");
        String line = row.getString("line");
        return new SignedHeads(connection)
            .kept(size)
            .filter(head -> isCosigned(head, witness, line))
            .map(head -> new Verified(witness.name(), size));
      }
    }
  }

  private static boolean isCosigned(SignedHead head, NoteKey witness, String line) {
    try {
      SignedNote.Signature signature = SignedNote.Signature.parse(line.strip());
      return witness.isNamedBy(signature)
          && witness.verifies(
              new String(head.checkpointBytes(), StandardCharsets.UTF_8), signature);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
