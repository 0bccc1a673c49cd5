package io.plumbline.inference.release;

import com.google.crypto.tink.Mac;
import io.plumbline.contracts.Digest;
import io.plumbline.inference.keyset.ConfiguredKeys;
import io.plumbline.inference.keyset.ResponseKeySettings;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Issues and reads the ids of responses. An id names the origin of its response, so that any
 * replica can attribute feedback at any time. It carries a truncated HMAC-SHA-256 (RFC 2104) over
 * its content and the workspace, with the id of the key: an id that this installation did not issue
 * to the caller's workspace is rejected.
 */
@Component
public class ResponseIds {

  private static final Logger log = LoggerFactory.getLogger(ResponseIds.class);
  private static final String PREFIX = "chatcmpl-";
  private static final int TAG_BYTES = 16;

  /** The size of Tink's prefix, which names the key, and the tag. */
  private static final int MAC_BYTES = 5 + TAG_BYTES;

  /** The names of the arms. The first byte of an id is the index of its arm in this list. */
  private static final List<String> ARMS = List.of("active", "control", "canary");

  private static final byte BARE = 16;
  private static final byte VARIANT = 17;

  /**
   * The origin of a response: the release, variant or bare model that answered.
   *
   * @param releaseId the release that the answer counts for; absent unless an application was
   *     called
   * @param arm the arm of the release; absent unless an application was called
   * @param variant the variant; absent unless one was called by its digest
   * @param answeredOn the day (UTC) of the request, read from the UUID in the id
   */
  record Origin(
      @Nullable UUID releaseId,
      @Nullable String arm,
      @Nullable Digest variant,
      LocalDate answeredOn) {}

  private final Mac mac;

  ResponseIds(ResponseKeySettings settings) {
    if (settings.keys().isEmpty()) {
      log.warn(
          "plumbline.responses.keys is not set, so this process uses a key of its own. Feedback on"
              + " its answers is accepted by no other process, and not after a restart");
    }
    this.mac = createMac(settings.keys().isEmpty() ? List.of(randomKey()) : settings.keys());
  }

  /**
   * Issues the id of a response.
   *
   * @param response a UUID of version 7; every holder of the id can read it
   */
  public String issue(UUID workspace, UUID response, @Nullable Arm arm, @Nullable Digest variant) {
    ByteBuffer content = ByteBuffer.allocate(1 + 16 + 32);
    if (arm != null) {
      putUuid(content.put((byte) ARMS.indexOf(arm.name())), response);
      putUuid(content, arm.releaseId());
    } else if (variant != null) {
      putUuid(content.put(VARIANT), response).put(HexFormat.of().parseHex(variant.hex()));
    } else {
      putUuid(content.put(BARE), response);
    }
    byte[] bytes = Arrays.copyOf(content.array(), content.position());
    try {
      byte[] tag = mac.computeMac(macInput(workspace, bytes));
      return encode(ByteBuffer.allocate(bytes.length + tag.length).put(bytes).put(tag).array());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("The id of a response cannot be authenticated", e);
    }
  }

  /**
   * Reads the origin from an id. It is empty for every id that was not issued to this workspace,
   * and for another spelling of an issued id, with which the same response could be judged twice.
   */
  Optional<Origin> readOrigin(UUID workspace, String id) {
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(id.substring(PREFIX.length()));
      byte[] content = Arrays.copyOf(bytes, bytes.length - MAC_BYTES);
      mac.verifyMac(
          Arrays.copyOfRange(bytes, content.length, bytes.length), macInput(workspace, content));
      if (!id.equals(encode(bytes))) {
        return Optional.empty();
      }
      return Optional.of(decodeOrigin(ByteBuffer.wrap(content)));
    } catch (IllegalArgumentException
        | IndexOutOfBoundsException
        | NegativeArraySizeException
        | GeneralSecurityException forged) {
      return Optional.empty();
    }
  }

  private static String encode(byte[] bytes) {
    return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static Origin decodeOrigin(ByteBuffer content) {
    byte kind = content.get();
    LocalDate day = dayOf(readUuid(content));
    return switch (kind) {
      case BARE -> new Origin(null, null, null, day);
      case VARIANT -> {
        byte[] digest = new byte[32];
        content.get(digest);
        yield new Origin(null, null, Digest.ofRaw(digest), day);
      }
      default -> new Origin(readUuid(content), ARMS.get(kind), null, day);
    };
  }

  /**
   * Returns the day of a UUID of version 7: its first 48 bits are milliseconds since 1970 (RFC
   * 9562, section 5.7).
   */
  private static LocalDate dayOf(UUID response) {
    Instant at = Instant.ofEpochMilli(response.getMostSignificantBits() >>> 16);
    return LocalDate.ofInstant(at, ZoneOffset.UTC);
  }

  private static byte[] macInput(UUID workspace, byte[] content) {
    return putUuid(ByteBuffer.allocate(16 + content.length), workspace).put(content).array();
  }

  private static ByteBuffer putUuid(ByteBuffer target, UUID id) {
    return target.putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits());
  }

  /** Returns the 16 bytes of a UUID. */
  static byte[] bytesOf(UUID id) {
    return putUuid(ByteBuffer.allocate(16), id).array();
  }

  private static UUID readUuid(ByteBuffer source) {
    return new UUID(source.getLong(), source.getLong());
  }

  private static String randomKey() {
    byte[] key = new byte[ConfiguredKeys.KEY_BYTES];
    new SecureRandom().nextBytes(key);
    return Base64.getEncoder().encodeToString(key);
  }

  private static Mac createMac(List<String> keys) {
    return new ConfiguredKeys("plumbline.responses.keys", keys).mac(TAG_BYTES);
  }
}
