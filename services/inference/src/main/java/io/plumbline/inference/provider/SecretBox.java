package io.plumbline.inference.provider;

import com.google.crypto.tink.AccessesPartialKey;
import com.google.crypto.tink.Aead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.AesGcmKey;
import com.google.crypto.tink.aead.AesGcmParameters;
import com.google.crypto.tink.util.SecretBytes;
import io.plumbline.contracts.Digest;
import io.plumbline.platform.problem.CommonProblem;
import io.plumbline.platform.problem.Problem;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Encrypts secrets at rest with a Tink keyset of AES-256-GCM keys (NIST SP 800-38D), bound to the
 * row that they belong to. A key is rotated by putting a new one before it: the first key encrypts,
 * and each ciphertext names the key that decrypts it.
 */
@Component
class SecretBox {

  private static final int KEY_BYTES = 32;

  private final @Nullable Aead aead;

  SecretBox(ProviderSettings settings) {
    this.aead = settings.secretKeys().isEmpty() ? null : aead(settings.secretKeys());
  }

  @AccessesPartialKey
  private static Aead aead(List<String> encodedKeys) {
    try {
      AeadConfig.register();
      AesGcmParameters parameters =
          AesGcmParameters.builder()
              .setKeySizeBytes(KEY_BYTES)
              .setIvSizeBytes(12)
              .setTagSizeBytes(16)
              .setVariant(AesGcmParameters.Variant.TINK)
              .build();
      KeysetHandle.Builder keyset = KeysetHandle.newBuilder();
      for (String encoded : encodedKeys) {
        byte[] key = decode(encoded);
        int id = id(key);
        KeysetHandle.Builder.Entry entry =
            KeysetHandle.importKey(
                    AesGcmKey.builder()
                        .setParameters(parameters)
                        .setKeyBytes(SecretBytes.copyFrom(key, InsecureSecretKeyAccess.get()))
                        .setIdRequirement(id)
                        .build())
                .withFixedId(id);
        keyset.addEntry(keyset.size() == 0 ? entry.makePrimary() : entry);
      }
      return keyset.build().getPrimitive(RegistryConfiguration.get(), Aead.class);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(
          "plumbline.providers.secret-keys cannot be used as a keyset; each key must occur once",
          e);
    }
  }

  private static byte[] decode(String encoded) {
    byte[] key;
    try {
      key = Base64.getDecoder().decode(encoded.strip());
    } catch (IllegalArgumentException e) {
      key = new byte[0];
    }
    if (key.length != KEY_BYTES) {
      throw new IllegalStateException(
          "Each key of plumbline.providers.secret-keys must be 32 bytes in Base64");
    }
    return key;
  }

  /**
   * The same for the same key after every start, so that the key of a ciphertext is found again.
   */
  private static int id(byte[] key) {
    return ByteBuffer.wrap(Digest.sha256().digest(key)).getInt();
  }

  /**
   * @param owner the name of the row in its workspace; decrypting needs the same
   */
  byte[] encrypt(String secret, UUID workspace, String owner) {
    try {
      return configured()
          .encrypt(secret.getBytes(StandardCharsets.UTF_8), associatedData(workspace, owner));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("The secret of " + owner + " cannot be encrypted", e);
    }
  }

  String decrypt(byte[] ciphertext, UUID workspace, String owner) {
    try {
      return new String(
          configured().decrypt(ciphertext, associatedData(workspace, owner)),
          StandardCharsets.UTF_8);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(
          "The stored secret of "
              + owner
              + " cannot be decrypted with any key of plumbline.providers.secret-keys",
          e);
    }
  }

  private Aead configured() {
    if (aead == null) {
      throw new Problem(
          CommonProblem.UNPROCESSABLE,
          "This installation cannot store secrets. Ask its operator to configure"
              + " plumbline.providers.secret-keys, or omit apiKey.");
    }
    return aead;
  }

  private static byte[] associatedData(UUID workspace, String owner) {
    return (workspace + "/" + owner).getBytes(StandardCharsets.UTF_8);
  }
}
