package io.plumbline.platform.ledger;

import io.plumbline.contracts.ComplianceEvent.HeadSigned;
import io.plumbline.contracts.Digest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The settings for following the ledger.
 *
 * @param maxLag the lag of the ledger beyond which governed writes stop
 * @param publicKeys the public keys that are trusted for heads, X.509 in Base64
 * @param origin the origin that heads must name; absent to keep that of the first head
 * @param firstHead the head that the first one must continue, as {@code SIZE:ROOT}; absent to
 *     believe the first one
 * @param acceptSmallerLog whether to forget at the start which heads were received; for the first
 *     start after a loss that is on record
 */
@ConfigurationProperties("plumbline.ledger")
public record LedgerSettings(
    @DefaultValue("15m") Duration maxLag,
    @DefaultValue List<String> publicKeys,
    @Nullable String origin,
    @Nullable String firstHead,
    @DefaultValue("false") boolean acceptSmallerLog) {

  public LedgerSettings {
    if (!maxLag.isPositive()) {
      throw new IllegalArgumentException("plumbline.ledger.max-lag must be positive");
    }
    publicKeys = List.copyOf(publicKeys);
    origin = textOrAbsent(origin);
    firstHead = textOrAbsent(firstHead);
    if (origin != null) {
      HeadSignature.requireOrigin(origin);
    }
    if (firstHead != null) {
      parseHead(firstHead, origin);
    }
  }

  /** Returns the pinned first head, which carries no signature of its own. */
  Optional<HeadSigned> pinnedHead() {
    return Optional.ofNullable(firstHead).map(text -> parseHead(text, origin));
  }

  /** Returns the text with which a head is pinned. */
  static String pin(HeadSigned head) {
    return head.treeSize() + ":" + head.root().hex();
  }

  private static HeadSigned parseHead(String text, @Nullable String origin) {
    String[] parts = text.split(":", -1);
    if (parts.length != 2
        || !parts[0].matches("[0-9]{1,18}")
        || !parts[1].matches("[0-9a-f]{64}")) {
      throw new IllegalArgumentException(
          "plumbline.ledger.first-head must have the form SIZE:ROOT, with the root in 64"
              + " hexadecimal digits");
    }
    return new HeadSigned(
        Long.parseLong(parts[0]), new Digest(parts[1]), Instant.EPOCH, "", "", origin, null, null);
  }

  private static @Nullable String textOrAbsent(@Nullable String text) {
    return text == null || text.isBlank() ? null : text;
  }
}
