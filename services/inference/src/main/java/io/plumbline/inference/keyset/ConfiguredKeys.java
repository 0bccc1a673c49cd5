package io.plumbline.inference.keyset;

import com.google.crypto.tink.AccessesPartialKey;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.Key;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.Mac;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.mac.HmacKey;
import com.google.crypto.tink.mac.HmacParameters;
import com.google.crypto.tink.mac.MacConfig;
import com.google.crypto.tink.util.SecretBytes;
import io.plumbline.contracts.Digest;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;

/**
 * The 256-bit keys of one property, as a Tink keyset. To rotate a key, put a new one before it: the
 * first key is the one that is used, and everything that a key made names that key.
 */
public final class ConfiguredKeys {

  public static final int KEY_BYTES = 32;

  private final String property;
  private final List<String> encoded;

  /**
   * Creates a keyset.
   *
   * @param property the name of the property, for messages
   * @param encoded the keys in Base64; not empty
   */
  public ConfiguredKeys(String property, List<String> encoded) {
    this.property = property;
    this.encoded = encoded;
  }

  /** Creates the Tink key for a secret, under the given id. */
  public interface Maker {
    Key key(SecretBytes secret, int id) throws GeneralSecurityException;
  }

  /**
   * Returns a primitive over the keys.
   *
   * @throws IllegalStateException when a key does not have 256 bits, or occurs twice
   */
  public <P> P createPrimitive(Class<P> type, Maker maker) {
    try {
      KeysetHandle.Builder keyset = KeysetHandle.newBuilder();
      for (String each : encoded) {
        byte[] secret = decode(each);
        int id = keyId(secret);
        KeysetHandle.Builder.Entry entry =
            KeysetHandle.importKey(
                    maker.key(SecretBytes.copyFrom(secret, InsecureSecretKeyAccess.get()), id))
                .withFixedId(id);
        keyset.addEntry(keyset.size() == 0 ? entry.makePrimary() : entry);
      }
      return keyset.build().getPrimitive(RegistryConfiguration.get(), type);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(
          property + " cannot be used as a keyset; each key must occur once", e);
    }
  }

  /** Returns HMAC-SHA-256 (RFC 2104) under these keys, with tags of the given length. */
  public Mac mac(int tagBytes) {
    return createPrimitive(Mac.class, (secret, id) -> hmacKey(secret, id, tagBytes));
  }

  @AccessesPartialKey
  private static HmacKey hmacKey(SecretBytes secret, int id, int tagBytes)
      throws GeneralSecurityException {
    MacConfig.register();
    return HmacKey.builder()
        .setParameters(
            HmacParameters.builder()
                .setKeySizeBytes(KEY_BYTES)
                .setTagSizeBytes(tagBytes)
                .setHashType(HmacParameters.HashType.SHA256)
                .setVariant(HmacParameters.Variant.TINK)
                .build())
        .setKeyBytes(secret)
        .setIdRequirement(id)
        .build();
  }

  private byte[] decode(String text) {
    byte[] secret;
    try {
      secret = Base64.getDecoder().decode(text.strip());
    } catch (IllegalArgumentException e) {
      secret = new byte[0];
    }
    if (secret.length != KEY_BYTES) {
      throw new IllegalStateException("Each key of " + property + " must be 32 bytes in Base64");
    }
    return secret;
  }

  /** Returns the id of a key. It is the same after every start, so that a tag's key is found. */
  private static int keyId(byte[] secret) {
    return ByteBuffer.wrap(Digest.sha256().digest(secret)).getInt();
  }
}
