package io.plumbline.inference.apikey;

import com.google.crypto.tink.Mac;
import io.plumbline.inference.keyset.ConfiguredKeys;
import io.plumbline.platform.problem.CommonProblem;
import io.plumbline.platform.problem.Problem;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Makes and checks the texts of API keys. A text is {@code plk_}, the id of the key, by which lists
 * and logs name it, and, in Base64, 256 random bits with a check. Both the check and the stored
 * value are HMAC-SHA-256 (RFC 2104) over the id and the random bits under a configured key. The
 * check refuses texts that this installation did not issue without a query of the database, however
 * many are tried. The stored value refuses a text that was made up by somebody who knows the
 * configured key.
 */
@Component
class KeySecrets {

  /** The prefix that distinguishes an API key from a token of the realm. */
  static final String PREFIX = "plk_";

  private static final int RANDOM_BYTES = 32;
  private static final int CHECK_BYTES = 10;
  private static final int STORED_BYTES = 32;

  /** The random bits, Tink's prefix, which names the configured key, and the check. */
  private static final int REST_BYTES = RANDOM_BYTES + 5 + CHECK_BYTES;

  private static final Pattern TEXT =
      Pattern.compile(
          PREFIX
              + "(?<id>[0-9a-f]{32})_(?<rest>[A-Za-z0-9_-]{"
              + Math.ceilDiv(REST_BYTES * 4, 3)
              + "})");

  private static final SecureRandom RANDOM = new SecureRandom();

  private final @Nullable Mac check;
  private final @Nullable Mac stored;

  KeySecrets(ApiKeySettings settings) {
    boolean configured = !settings.macKeys().isEmpty();
    this.check = configured ? createMac(settings, CHECK_BYTES) : null;
    this.stored = configured ? createMac(settings, STORED_BYTES) : null;
  }

  /**
   * A new key.
   *
   * @param text the key itself, shown once and stored nowhere
   * @param mac the value that is stored
   */
  record Issued(String text, byte[] mac) {

    /** Returns a text without the key, so that no log holds it. */
    @Override
    public String toString() {
      return "Issued";
    }
  }

  /**
   * The id and the random bits of an API key that a caller sent, whose check is right: this
   * installation issued the key, unless somebody else knows a configured key.
   */
  record Presented(UUID id, byte[] random) {

    /** Returns a text without the random bits, so that no log holds them. */
    @Override
    public String toString() {
      return "Presented[" + id + "]";
    }
  }

  /**
   * Makes the text of a new key.
   *
   * @throws Problem when no key is configured
   */
  Issued issue(UUID id) {
    if (check == null || stored == null) {
      throw new Problem(
          CommonProblem.UNPROCESSABLE,
          "This installation cannot create API keys. Ask its operator to configure"
              + " plumbline.api-keys.mac-keys.");
    }
    byte[] random = new byte[RANDOM_BYTES];
    RANDOM.nextBytes(random);
    try {
      byte[] tag = check.computeMac(macInput("check", id, random));
      String rest =
          Base64.getUrlEncoder()
              .withoutPadding()
              .encodeToString(ByteBuffer.allocate(REST_BYTES).put(random).put(tag).array());
      return new Issued(
          publicStart(id) + "_" + rest, stored.computeMac(macInput("stored", id, random)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("An API key cannot be authenticated", e);
    }
  }

  /** Reads the text of a key; empty for every text that this installation did not issue. */
  Optional<Presented> parse(String text) {
    Matcher parts = TEXT.matcher(text);
    if (check == null || !parts.matches()) {
      return Optional.empty();
    }
    try {
      byte[] rest = Base64.getUrlDecoder().decode(parts.group("rest"));
      ByteBuffer id = ByteBuffer.wrap(HexFormat.of().parseHex(parts.group("id")));
      Presented presented =
          new Presented(new UUID(id.getLong(), id.getLong()), Arrays.copyOf(rest, RANDOM_BYTES));
      check.verifyMac(
          Arrays.copyOfRange(rest, RANDOM_BYTES, rest.length),
          macInput("check", presented.id, presented.random));
      return Optional.of(presented);
    } catch (GeneralSecurityException | IllegalArgumentException notOurs) {
      return Optional.empty();
    }
  }

  /**
   * Returns whether a text is the key that was issued under its id.
   *
   * @param mac the MAC that is stored for the key of the same id
   */
  boolean matches(Presented presented, byte[] mac) {
    try {
      if (stored == null) {
        return false;
      }
      stored.verifyMac(mac, macInput("stored", presented.id, presented.random));
      return true;
    } catch (GeneralSecurityException another) {
      return false;
    }
  }

  /** Returns the beginning of a key's text, which is not secret. */
  static String publicStart(UUID id) {
    return PREFIX + id.toString().replace("-", "");
  }

  /** Returns the bytes to authenticate. They begin with the use, so no check is a stored value. */
  private static byte[] macInput(String use, UUID id, byte[] random) {
    byte[] label = ("plumbline api key " + use + "\n").getBytes(StandardCharsets.US_ASCII);
    return ByteBuffer.allocate(label.length + 16 + random.length)
        .put(label)
        .putLong(id.getMostSignificantBits())
        .putLong(id.getLeastSignificantBits())
        .put(random)
        .array();
  }

  private static Mac createMac(ApiKeySettings settings, int bytes) {
    return new ConfiguredKeys("plumbline.api-keys.mac-keys", settings.macKeys()).mac(bytes);
  }
}
