package io.plumbline.compliance.ledger.entry;

import io.plumbline.contracts.Digest;
import io.plumbline.platform.signature.Authenticity;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Why a message is recorded as refused: it is not, or cannot be shown to be, the event of the
 * service that it names. It stands in a header of the entry, so the tree covers it; the message
 * itself is kept as it was received, a large one in part, and is identified by its position, never
 * by what it says of itself.
 *
 * @param reason as {@link Authenticity#tag()}, or {@link #REPEATED_ID}
 * @param at when it was received, by the ledger's clock: the message may say what it likes
 * @param whole what was received, where only a part of it is kept
 */
public record Refusal(String reason, Instant at, @Nullable Whole whole) {

  /**
   * A message as it was received.
   *
   * @param digest as {@link EntryContent#digest()} of it, without headers of the ledger's names
   * @param size of its headers and its value, in bytes
   */
  public record Whole(Digest digest, long size) {}

  /** The header; messages that carry it themselves are no events either. */
  public static final String HEADER = "plumbline_refused";

  /** Another message has its source and id. */
  public static final String REPEATED_ID = "repeated-id";

  private static final String UNREADABLE = "unreadable";

  public Refusal(String reason, Instant at) {
    this(reason, at, null);
  }

  Refusal of(Whole received) {
    return new Refusal(reason, at, received);
  }

  public static Refusal of(Authenticity authenticity, Instant at) {
    return new Refusal(authenticity.tag(), at);
  }

  EntryHeader header() {
    String kept = whole == null ? "" : " " + whole.digest.hex() + " " + whole.size;
    return new EntryHeader(HEADER, (reason + " " + at + kept).getBytes(StandardCharsets.UTF_8));
  }

  /**
   * What stands in an entry; empty for an event that was verified when it was received.
   *
   * @throws IllegalStateException when the stored bytes are no encoding: somebody changed them
   */
  public static Optional<Refusal> in(EntryContent content) {
    // The ledger's own is the last one: what the message brought along stands before it.
    return content.decodeHeaders().stream()
        .filter(header -> header.name().equals(HEADER))
        .reduce((first, last) -> last)
        .map(Refusal::read);
  }

  private static Refusal read(EntryHeader header) {
    String[] parts =
        new String(Objects.requireNonNullElse(header.value(), new byte[0]), StandardCharsets.UTF_8)
            .split(" ", -1);
    try {
      Instant at = Instant.parse(parts.length == 2 || parts.length == 4 ? parts[1] : "");
      return parts.length == 2
          ? new Refusal(parts[0], at)
          : new Refusal(parts[0], at, new Whole(new Digest(parts[2]), Long.parseLong(parts[3])));
    } catch (DateTimeException | IllegalArgumentException e) {
      return new Refusal(UNREADABLE, Instant.EPOCH);
    }
  }

  /** One sentence, without anything from the message. */
  public String explanation() {
    if (reason.equals(REPEATED_ID)) {
      return "Another message has its source and id";
    }
    return Arrays.stream(Authenticity.values())
        .filter(each -> each.tag().equals(reason))
        .map(Authenticity::explanation)
        .findFirst()
        .orElse("It is not the event that it says");
  }
}
