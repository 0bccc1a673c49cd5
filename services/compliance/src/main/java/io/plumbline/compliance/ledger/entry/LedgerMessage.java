package io.plumbline.compliance.ledger.entry;

import io.plumbline.contracts.Digest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A message on its way into the ledger: what is kept of it, and what it is found by. */
public final class LedgerMessage {

  /**
   * How many bytes are kept of the headers and of the value of a message that is refused: anybody
   * may send one, so they must not fill the ledger. What is cut is named by digest and size.
   */
  static final int KEPT_OF_REFUSED = 4_096;

  private final EntryContent content;
  private final EntryIdentity identity;
  private final Position position;

  private LedgerMessage(EntryContent content, Position position) {
    this.content = content;
    this.identity = EntryIdentity.of(content.decodeHeaders());
    this.position = position;
  }

  /** An event whose author is proved. */
  public static LedgerMessage of(
      List<EntryHeader> headers, byte @Nullable [] value, Position position) {
    EntryContent content = EntryContent.of(headers, value);
    return new LedgerMessage(
        EntryIdentity.usable(headers) ? content : content.with(header(position.toString())),
        position);
  }

  /**
   * A message that is not the event of the service that it names: identified by where it was
   * received, so that it takes no event's place, and marked. A large one is kept in part.
   */
  public static LedgerMessage refused(
      List<EntryHeader> headers, byte @Nullable [] value, Position position, Refusal refusal) {
    EntryContent whole = EntryContent.of(headers, value);
    boolean large =
        whole.headers().length > KEPT_OF_REFUSED
            || (value != null && value.length > KEPT_OF_REFUSED);
    EntryContent kept = large ? EntryContent.of(beginning(headers), beginning(value)) : whole;
    Refusal why =
        large
            ? refusal.of(new Refusal.Whole(Digest.ofRaw(withoutOwn(whole).digest()), whole.size()))
            : refusal;
    return new LedgerMessage(kept.with(header(position.toString())).with(why.header()), position);
  }

  /** Those that fit, whole. */
  private static List<EntryHeader> beginning(List<EntryHeader> headers) {
    List<EntryHeader> kept = new ArrayList<>();
    for (EntryHeader header : headers) {
      kept.add(header);
      if (EntryContent.of(kept, null).size() > KEPT_OF_REFUSED) {
        kept.removeLast();
        return kept;
      }
    }
    return kept;
  }

  private static byte @Nullable [] beginning(byte @Nullable [] value) {
    return value == null ? null : Arrays.copyOf(value, Math.min(value.length, KEPT_OF_REFUSED));
  }

  /**
   * The same message, identified by where it was received and marked: another message with other
   * content has its source and id.
   *
   * @param distinction makes the position unique when a topic was created anew, or somebody sent a
   *     message that claims this very position
   * @param at when it was received
   */
  public LedgerMessage byPosition(String distinction, Instant at) {
    EntryContent distinct = content.with(header(position + "#" + distinction));
    return new LedgerMessage(
        refusal().isPresent()
            ? distinct
            : distinct.with(new Refusal(Refusal.REPEATED_ID, at).header()),
        position);
  }

  /** Why it is no fact of the service that it names; empty for an event whose author is proved. */
  public Optional<Refusal> refusal() {
    return Refusal.in(content);
  }

  /**
   * Whether a stored content is this message, under whatever identity it was recorded, and whatever
   * keys were known then.
   */
  public boolean isRecordedAs(EntryContent stored) {
    return received(content).equals(received(stored));
  }

  private static Digest received(EntryContent content) {
    Refusal.Whole whole = Refusal.in(content).map(Refusal::whole).orElse(null);
    return whole == null ? Digest.ofRaw(withoutOwn(content).digest()) : whole.digest();
  }

  private static EntryContent withoutOwn(EntryContent content) {
    return content.without(EntryIdentity.POSITION).without(Refusal.HEADER);
  }

  public Position position() {
    return position;
  }

  private static EntryHeader header(String label) {
    return new EntryHeader(EntryIdentity.POSITION, label.getBytes(StandardCharsets.UTF_8));
  }

  public EntryContent content() {
    return content;
  }

  public EntryIdentity identity() {
    return identity;
  }
}
