package io.plumbline.platform.evidence;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Hashes the keys of rows with a random key of its own, so that nobody can prepare two rows with
 * the same hash. One thread at a time may use it.
 */
final class RowKeys {

  private static final String ALGORITHM = "HmacSHA256";
  private static final int KEY_BYTES = 32;

  /** A hash of a key. */
  record Hash(long high, long low) {}

  private final Mac mac;

  RowKeys() {
    byte[] key = new byte[KEY_BYTES];
    new SecureRandom().nextBytes(key);
    try {
      mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key, ALGORITHM));
    } catch (GeneralSecurityException e) {
      throw new AssertionError("every JDK has " + ALGORITHM, e);
    }
  }

  Hash hash(List<String> key) {
    for (String part : key) {
      byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
      // With its length before it, a part cannot pass for the end of another one.
      mac.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
      mac.update(bytes);
    }
    ByteBuffer hash = ByteBuffer.wrap(mac.doFinal());
    return new Hash(hash.getLong(), hash.getLong());
  }
}
