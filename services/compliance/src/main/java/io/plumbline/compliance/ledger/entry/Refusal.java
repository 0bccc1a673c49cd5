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
 * The reason for which a message is recorded as refused: it is not, or cannot be shown to be, the
 * event of the service that it names. The refusal is a header of the entry, so that the tree covers
 * it. The message itself is kept as it was received, a large one in part. Its position identifies
 * it, never the source and id that it claims.
 *
 * @param reason an {@link Authenticity#tag()}, or {@link #REPEATED_ID}
 * @param at the time at which the message was received, by the ledger's clock, because the time
 *     that the message itself states may be false
 * @param whole digest and size of the whole message if only a part of it is kept
 */
public record Refusal(String reason, Instant at, @Nullable Whole whole) {

  /**
   * The digest and size of a message as it was received.
   *
   * @param digest the {@link EntryContent#digest()} of the message, without headers that have the
   *     ledger's own names
   * @param size the size of its headers and its value, in bytes
   */
  public record Whole(Digest digest, long size) {}

  /** The name of the header; a message that was sent with it is not an event either. */
  public static final String HEADER = "plumbline_refused";

  /** The reason for a message whose source and id another message has. */
  public static final String REPEATED_ID = "repeated-id";

  private static final String UNREADABLE = "unreadable";

  public Refusal(String reason, Instant at) {
    this(reason, at, null);
  }

  Refusal withWhole(Whole received) {
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
   * Reads the refusal of an entry; empty for an event that was verified when it was received.
   *
   * @throws IllegalStateException if the stored bytes are not a valid encoding, which means that
   *     somebody changed them
   */
  public static Optional<Refusal> readFrom(EntryContent content) {
    // The ledger appends its header last, after any header of that name that the message had.
    return content.decodeHeaders().stream()
        .filter(header -> header.name().equals(HEADER))
        .reduce((first, last) -> last)
        .map(Refusal::parse);
  }

  private static Refusal parse(EntryHeader header) {
    String[] parts =
        new String(Objects.requireNonNullElse(header.value(), new byte[0]), StandardCharsets.UTF_8)
            .split(" ", -1);
    try {
      return switch (parts.length) {
        case 2 -> new Refusal(parts[0], Instant.parse(parts[1]));
        case 4 ->
            new Refusal(
                parts[0],
                Instant.parse(parts[1]),
                new Whole(new Digest(parts[2]), Long.parseLong(parts[3])));
        default -> new Refusal(UNREADABLE, Instant.EPOCH);
      };
    } catch (DateTimeException | IllegalArgumentException e) {
      return new Refusal(UNREADABLE, Instant.EPOCH);
    }
  }

  /** Returns the reason as a sentence that contains nothing from the message itself. */
  public String explanation() {
    if (reason.equals(REPEATED_ID)) {
      return "Another message has its source and id";
    }
    return Arrays.stream(Authenticity.values())
        .filter(each -> each.tag().equals(reason))
        .map(Authenticity::explanation)
        .findFirst()
        .orElse("It is not the event that it claims to be");
  }
}
