package io.plumbline.compliance.ledger;

import io.plumbline.compliance.ledger.tree.TreeHasher;
import java.security.MessageDigest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A row of the ledger as it is now, able to say whether it agrees with itself. */
final class StoredEntry {

  static final String SELECT =
      "SELECT idx, source, event_id, type, subject, workspace, content_digest, leaf_hash, headers,"
          + " value FROM ledger_entry ";

  final long index;
  final byte[] leafHash;
  final byte[] contentDigest;
  final EntryContent content;
  final String type;
  final String subject;
  private final String source;
  private final String eventId;
  private final @Nullable UUID workspace;

  StoredEntry(ResultSet row) throws SQLException {
    index = row.getLong(1);
    source = row.getString(2);
    eventId = row.getString(3);
    type = row.getString(4);
    subject = row.getString(5);
    workspace = row.getObject(6, UUID.class);
    contentDigest = row.getBytes(7);
    leafHash = row.getBytes(8);
    content = new EntryContent(row.getBytes(9), row.getBytes(10));
  }

  /** What is wrong within this row alone. */
  Optional<String> disagreement(TreeHasher hasher, MessageDigest sha256) {
    byte[] digest = content.digest(sha256);
    if (!Arrays.equals(digest, contentDigest)) {
      return Optional.of(
          "its headers or value were changed: they no longer have the digest that was recorded");
    }
    if (!isInPlace(hasher)) {
      return Optional.of(
          "its content was not recorded at this place: it was exchanged, moved, or given another"
              + " hash");
    }
    return sameIdentity()
        ? Optional.empty()
        : Optional.of("a column for look-ups was changed: it no longer says what the headers say");
  }

  /** Whether the stored leaf is that of this content at this place. */
  boolean isInPlace(TreeHasher hasher) {
    return wasSignedAt(hasher, 0);
  }

  /** Whether the row was signed {@code distance} places from where it is now. */
  boolean wasSignedAt(TreeHasher hasher, long distance) {
    return index + distance >= 0 && Arrays.equals(leaf(hasher, index + distance), leafHash);
  }

  private byte[] leaf(TreeHasher hasher, long place) {
    return hasher.leaf(EntryContent.leafInput(place, contentDigest));
  }

  private boolean sameIdentity() {
    try {
      return EntryIdentity.of(content.decodeHeaders())
          .equals(new EntryIdentity(source, eventId, type, subject, workspace));
    } catch (IllegalStateException | IllegalArgumentException e) {
      return false;
    }
  }

  Finding finding(String what) {
    return new Finding(index, type, subject, what);
  }
}
