package io.plumbline.inference.enduser;

import com.google.crypto.tink.Mac;
import io.plumbline.inference.keyset.ConfiguredKeys;
import io.plumbline.inference.keyset.ResponseKeySettings;
import io.plumbline.platform.body.StorableText;
import io.plumbline.sensitivedata.Masking;
import io.plumbline.sensitivedata.SensitiveDataSettings;
import io.plumbline.sensitivedata.SensitiveScanners;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Hashes the user of a call and masks its session, before either reaches the journal. A hash is
 * HMAC-SHA-256 (RFC 2104), truncated, under a key of the installation and with the workspace: it
 * distinguishes the calls of one user from others, and nobody without the key finds the user by
 * trying names.
 */
@Component
public class EndUserPseudonymizer {

  /** The most characters of a session that are stored, with the hash at its end. */
  static final int MAX_CHARACTERS = 100;

  /**
   * The most characters of a session that are read and masked. The hash at the end distinguishes
   * sessions that differ only after them.
   */
  private static final int MAX_READ = 1_000;

  private static final int USER_BYTES = 16;
  private static final int SESSION_BYTES = 4;

  /**
   * The length of the prefix that Tink writes before each HMAC to name the key. A hash begins after
   * this prefix.
   */
  private static final int PREFIX_BYTES = 5;

  private static final Pattern HASH = Pattern.compile("[0-9a-f]{" + 2 * USER_BYTES + "}");

  /** The first key hashes calls; a search tries the hashes under all keys. */
  private final List<Mac> keys;

  private final SensitiveScanners scanners;

  EndUserPseudonymizer(ResponseKeySettings keys, SensitiveDataSettings settings) {
    this.keys =
        (keys.keys().isEmpty() ? Stream.of(randomKey()) : keys.keys().stream())
            .map(
                key -> new ConfiguredKeys("plumbline.responses.keys", List.of(key)).mac(USER_BYTES))
            .toList();
    this.scanners = new SensitiveScanners(settings);
  }

  /**
   * Returns the end user of a call.
   *
   * @param call a request of the OpenAI API, as the caller sent it
   */
  public EndUser pseudonymize(UUID workspace, ObjectNode call) {
    String user =
        Stream.of("user", "safety_identifier")
            .map(call::path)
            .filter(JsonNode::isString)
            .map(JsonNode::asString)
            .filter(each -> !each.isBlank())
            .findFirst()
            .map(each -> keyedHash(keys.getFirst(), "user", workspace, each, USER_BYTES))
            .orElse(null);
    String session =
        SessionField.findSession(call.path("metadata"))
            .map(each -> toStoredSessionId(keys.getFirst(), workspace, each))
            .orElse(null);
    return user == null && session == null ? EndUser.UNKNOWN : new EndUser(user, session);
  }

  /**
   * Returns the hashes that traces of a user may have.
   *
   * @param user as calls name the user, or the hash itself
   */
  public List<String> userHashes(UUID workspace, String user) {
    Stream<String> hashed =
        keys.stream().map(key -> keyedHash(key, "user", workspace, user, USER_BYTES));
    if (HASH.matcher(user).matches()) {
      return Stream.concat(Stream.of(user), hashed).toList();
    }
    return hashed.toList();
  }

  /**
   * Returns the ids that traces of a session may have.
   *
   * @param session as calls name the session, or as traces show it
   */
  public List<String> storedSessionIds(UUID workspace, String session) {
    // The text itself is tried too: a scan of a text that a trace shows may find more to mask in
    // it, since it was cut.
    return Stream.concat(
            Stream.of(session).filter(each -> each.length() <= MAX_CHARACTERS),
            keys.stream().map(key -> toStoredSessionId(key, workspace, session)))
        .distinct()
        .toList();
  }

  /**
   * Returns a session as it is stored. One that was masked or cut ends with a hash, so that
   * sessions stay distinct.
   */
  private String toStoredSessionId(Mac key, UUID workspace, String session) {
    String read =
        StorableText.truncate(session, MAX_READ).replaceAll("[\\p{Cc}\\p{Cs}]", "?").strip();
    String masked = Masking.UNNUMBERED.mask(read, scanners.of(workspace).scan(read));
    if (masked.equals(session.strip()) && masked.length() <= MAX_CHARACTERS) {
      return masked;
    }
    return StorableText.truncate(masked, MAX_CHARACTERS - 1 - 2 * SESSION_BYTES)
        + "~"
        + keyedHash(key, "session", workspace, session, SESSION_BYTES);
  }

  /** Hashes a text together with its use, so that hashes for different uses never coincide. */
  private static String keyedHash(Mac key, String use, UUID workspace, String text, int bytes) {
    byte[] label = ("plumbline trace " + use + "\n").getBytes(StandardCharsets.US_ASCII);
    byte[] content = text.getBytes(StandardCharsets.UTF_8);
    try {
      byte[] tag =
          key.computeMac(
              ByteBuffer.allocate(label.length + 16 + content.length)
                  .put(label)
                  .putLong(workspace.getMostSignificantBits())
                  .putLong(workspace.getLeastSignificantBits())
                  .put(content)
                  .array());
      return HexFormat.of().formatHex(Arrays.copyOfRange(tag, PREFIX_BYTES, PREFIX_BYTES + bytes));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("The " + use + " of a call cannot be hashed", e);
    }
  }

  private static String randomKey() {
    byte[] key = new byte[ConfiguredKeys.KEY_BYTES];
    new SecureRandom().nextBytes(key);
    return Base64.getEncoder().encodeToString(key);
  }
}
