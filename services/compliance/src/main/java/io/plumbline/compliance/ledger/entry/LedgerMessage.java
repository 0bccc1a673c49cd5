package io.plumbline.compliance.ledger.entry;

import io.plumbline.contracts.Digest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A message on its way into the ledger: the content that is kept and the identity it is found by.
 */
public final class LedgerMessage {

  /**
   * The maximum number of bytes that are kept of the headers of a refused message, and again of its
   * value. Headers that do not fit are left out whole, whereas the value is cut. Anybody may send
   * such messages, so they must not fill the ledger. If anything is left out, digest and size of
   * the whole message are recorded.
   */
  static final int KEPT_OF_REFUSED = 4_096;

  private final EntryContent content;
  private final EntryIdentity identity;
  private final KafkaPosition kafkaPosition;

  private LedgerMessage(EntryContent content, KafkaPosition kafkaPosition) {
    this.content = content;
    this.identity = EntryIdentity.of(content.decodeHeaders());
    this.kafkaPosition = kafkaPosition;
  }

  /** Returns an event whose author is proved. */
  public static LedgerMessage ofEvent(
      List<EntryHeader> headers, byte @Nullable [] value, KafkaPosition kafkaPosition) {
    EntryContent content = EntryContent.of(headers, value);
    if (!EntryIdentity.hasSourceAndId(headers)) {
      return new LedgerMessage(
          content.withHeader(positionHeader(kafkaPosition.toString())), kafkaPosition);
    }
    return new LedgerMessage(content, kafkaPosition);
  }

  /**
   * Returns a message that is not the event of the service that it names, marked as refused. Its
   * position identifies it, so that it does not take the place of an event. A large one is kept in
   * part.
   */
  public static LedgerMessage ofRefused(
      List<EntryHeader> headers,
      byte @Nullable [] value,
      KafkaPosition kafkaPosition,
      Refusal refusal) {
    EntryContent whole = EntryContent.of(headers, value);
    boolean large =
        whole.headers().length > KEPT_OF_REFUSED
            || (value != null && value.length > KEPT_OF_REFUSED);
    if (!large) {
      return withRefusal(whole, refusal, kafkaPosition);
    }
    EntryContent kept = EntryContent.of(firstHeaders(headers), firstBytes(value));
    Digest digest = Digest.ofRaw(withoutLedgerHeaders(whole).digest());
    return withRefusal(
        kept, refusal.withWhole(new Refusal.Whole(digest, whole.size())), kafkaPosition);
  }

  private static LedgerMessage withRefusal(
      EntryContent kept, Refusal refusal, KafkaPosition kafkaPosition) {
    EntryContent identified = kept.withHeader(positionHeader(kafkaPosition.toString()));
    return new LedgerMessage(identified.withHeader(refusal.header()), kafkaPosition);
  }

  /** Returns the first headers, as many as fit into the limit; none of them is cut. */
  private static List<EntryHeader> firstHeaders(List<EntryHeader> headers) {
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

  private static byte @Nullable [] firstBytes(byte @Nullable [] value) {
    return value == null ? null : Arrays.copyOf(value, Math.min(value.length, KEPT_OF_REFUSED));
  }

  /**
   * Returns the same message identified by its position and marked as refused, because another
   * message with a different content has its source and id.
   *
   * @param distinction a text that makes the position unique if a topic was created anew or
   *     somebody sent a message that claims this very position
   * @param at the time at which the message was received
   */
  public LedgerMessage withPositionIdentity(String distinction, Instant at) {
    EntryContent distinct = content.withHeader(positionHeader(kafkaPosition + "#" + distinction));
    if (refusal().isPresent()) {
      return new LedgerMessage(distinct, kafkaPosition);
    }
    return new LedgerMessage(
        distinct.withHeader(new Refusal(Refusal.REPEATED_ID, at).header()), kafkaPosition);
  }

  /** Returns why the message was refused; empty for an event whose author is proved. */
  public Optional<Refusal> refusal() {
    return Refusal.readFrom(content);
  }

  /**
   * Returns whether a stored content is this message, no matter under which identity it was
   * recorded and which keys were known then.
   */
  public boolean hasSameContentAs(EntryContent stored) {
    return digestAsReceived(content).equals(digestAsReceived(stored));
  }

  private static Digest digestAsReceived(EntryContent content) {
    Refusal.Whole whole = Refusal.readFrom(content).map(Refusal::whole).orElse(null);
    if (whole != null) {
      return whole.digest();
    }
    return Digest.ofRaw(withoutLedgerHeaders(content).digest());
  }

  private static EntryContent withoutLedgerHeaders(EntryContent content) {
    return content.withoutHeaders(EntryIdentity.POSITION).withoutHeaders(Refusal.HEADER);
  }

  public KafkaPosition position() {
    return kafkaPosition;
  }

  private static EntryHeader positionHeader(String label) {
    return new EntryHeader(EntryIdentity.POSITION, label.getBytes(StandardCharsets.UTF_8));
  }

  public EntryContent content() {
    return content;
  }

  public EntryIdentity identity() {
    return identity;
  }
}
