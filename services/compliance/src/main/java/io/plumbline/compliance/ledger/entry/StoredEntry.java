package io.plumbline.compliance.ledger.entry;

import io.plumbline.compliance.ledger.tree.TreeHasher;
import java.security.MessageDigest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A row of the ledger as it is now, able to say whether it agrees with itself. */
public record StoredEntry(
    long index,
    String source,
    String eventId,
    String type,
    String subject,
    @Nullable UUID workspace,
    byte[] contentDigest,
    byte[] leafHash,
    EntryContent content) {

  public static final String SELECT =
      "SELECT idx, source, event_id, type, subject, workspace, content_digest, leaf_hash, headers,"
          + " value FROM ledger_entry ";

  /** The entry in a row of {@link #SELECT}. */
  public static StoredEntry read(ResultSet row) throws SQLException {
    return new StoredEntry(
        row.getLong(1),
        row.getString(2),
        row.getString(3),
        row.getString(4),
        row.getString(5),
        row.getObject(6, UUID.class),
        row.getBytes(7),
        row.getBytes(8),
        new EntryContent(row.getBytes(9), row.getBytes(10)));
  }

  /** What is wrong within this row alone. */
  public Optional<String> disagreement(TreeHasher hasher, MessageDigest sha256) {
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
        : Optional.of("a column for look-ups was changed: it no longer agrees with the headers");
  }

  /** Whether the stored leaf is that of this content at this place. */
  public boolean isInPlace(TreeHasher hasher) {
    return wasSignedAt(hasher, 0);
  }

  /** Whether the row was signed {@code distance} places from where it is now. */
  public boolean wasSignedAt(TreeHasher hasher, long distance) {
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
}
