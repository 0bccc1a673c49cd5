package io.plumbline.compliance.ledger.entry;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A message on its way into the ledger: what is kept of it, and what it is found by. */
public final class LedgerMessage {

  private final EntryContent content;
  private final EntryIdentity identity;
  private final String position;

  private LedgerMessage(EntryContent content, String position) {
    this.content = content;
    this.identity = EntryIdentity.of(content.decodeHeaders());
    this.position = position;
  }

  /**
   * @param position topic, partition and offset
   */
  public static LedgerMessage of(
      List<EntryHeader> headers, byte @Nullable [] value, String position) {
    EntryContent content = EntryContent.of(headers, value);
    return new LedgerMessage(
        EntryIdentity.usable(headers) ? content : content.with(header(position)), position);
  }

  /**
   * The same message, identified by where it was received: another message with other content has
   * its source and id.
   */
  public LedgerMessage byPosition() {
    return new LedgerMessage(content.with(header(position)), position);
  }

  /** Topic, partition and offset. */
  public String position() {
    return position;
  }

  public static EntryHeader header(String position) {
    return new EntryHeader(EntryIdentity.POSITION, position.getBytes(StandardCharsets.UTF_8));
  }

  public EntryContent content() {
    return content;
  }

  public EntryIdentity identity() {
    return identity;
  }
}
