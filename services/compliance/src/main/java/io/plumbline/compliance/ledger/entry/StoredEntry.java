package io.plumbline.compliance.ledger.entry;

import io.plumbline.platform.digest.TreeHasher;
import java.security.MessageDigest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A row of the ledger as it is now, which can check whether its own columns agree.
 *
 * @param topic the topic on which the message was received; empty if that is no longer known
 */
public record StoredEntry(
    long index,
    String topic,
    String source,
    String eventId,
    String type,
    String subject,
    @Nullable UUID workspace,
    byte[] contentDigest,
    byte[] leafHash,
    EntryContent content) {

  public static final String SELECT =
      "SELECT e.idx, m.source, m.event_id, m.type, m.subject, m.workspace, m.content_digest,"
          + " e.leaf_hash, m.headers, m.value, p.topic"
          + " FROM ledger_entry e LEFT JOIN ledger_message m USING (position)"
          + " LEFT JOIN ledger_partition p ON p.id = m.position >> 40 ";

  private static final byte[] NOTHING = {};

  /** Reads the entry in a row of {@link #SELECT}. */
  public static StoredEntry read(ResultSet row) throws SQLException {
    if (row.getBytes("headers") == null) {
      return new StoredEntry(
          row.getLong("idx"),
          "",
          "",
          "",
          "",
          "",
          null,
          NOTHING,
          row.getBytes("leaf_hash"),
          new EntryContent(NOTHING, null));
    }
    return new StoredEntry(
        row.getLong("idx"),
        Objects.requireNonNullElse(row.getString("topic"), ""),
        row.getString("source"),
        row.getString("event_id"),
        row.getString("type"),
        row.getString("subject"),
        row.getObject("workspace", UUID.class),
        row.getBytes("content_digest"),
        row.getBytes("leaf_hash"),
        new EntryContent(row.getBytes("headers"), row.getBytes("value")));
  }

  /** Returns whether the message of this entry is still there. */
  public boolean hasContent() {
    return content.headers().length > 0;
  }

  /**
   * Returns whether the message was received as the event of the service that it names, and not
   * refused.
   */
  public boolean isEvent() {
    return !source.equals(EntryIdentity.BY_POSITION);
  }

  /**
   * Returns what is wrong within this row alone, as a clause about the entry; empty if nothing is.
   *
   * @param inPlace the result of {@link #isInPlace}, a parameter because computing it needs a hash
   */
  public Optional<String> rowFault(boolean inPlace, MessageDigest sha256) {
    if (!hasContent()) {
      return Optional.of("its content was deleted");
    }
    byte[] digest = content.digest(sha256);
    if (!Arrays.equals(digest, contentDigest)) {
      return Optional.of(
          "its headers or value were changed: they no longer have the digest that was recorded");
    }
    if (!inPlace) {
      return Optional.of(
          "its content was not recorded at this place: it was exchanged, moved, or given another"
              + " hash");
    }
    if (!hasIdentityOfHeaders()) {
      return Optional.of("a column for look-ups was changed: it no longer agrees with the headers");
    }
    return Optional.empty();
  }

  /** Returns whether the stored leaf is that of this content at this place. */
  public boolean isInPlace(TreeHasher hasher) {
    return matchesLeafAtOffset(hasher, 0);
  }

  /** Returns whether the row was signed {@code distance} places from its place now. */
  public boolean matchesLeafAtOffset(TreeHasher hasher, long distance) {
    return index + distance >= 0 && Arrays.equals(leaf(hasher, index + distance), leafHash);
  }

  private byte[] leaf(TreeHasher hasher, long place) {
    return hasher.leaf(EntryContent.leafInput(place, contentDigest));
  }

  private boolean hasIdentityOfHeaders() {
    try {
      return EntryIdentity.of(content.decodeHeaders())
          .equals(new EntryIdentity(source, eventId, type, subject, workspace));
    } catch (IllegalStateException | IllegalArgumentException e) {
      return false;
    }
  }
}
