package io.plumbline.compliance.ledger;

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
   * The same message, told apart by where it was received: another one of other content has its
   * source and id.
   */
  LedgerMessage byPosition() {
    return new LedgerMessage(content.with(header(position)), position);
  }

  /** Topic, partition and offset. */
  String position() {
    return position;
  }

  static EntryHeader header(String position) {
    return new EntryHeader(EntryIdentity.POSITION, position.getBytes(StandardCharsets.UTF_8));
  }

  EntryContent content() {
    return content;
  }

  EntryIdentity identity() {
    return identity;
  }
}
