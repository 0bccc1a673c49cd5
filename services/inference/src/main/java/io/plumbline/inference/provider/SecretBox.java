package io.plumbline.inference.provider;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.google.crypto.tink.AccessesPartialKey;
import com.google.crypto.tink.Aead;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.AesGcmKey;
import com.google.crypto.tink.aead.AesGcmParameters;
import com.google.crypto.tink.util.SecretBytes;
import io.plumbline.inference.keyset.ConfiguredKeys;
import io.plumbline.platform.problem.CommonProblem;
import io.plumbline.platform.problem.Problem;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Encrypts secrets at rest with a Tink keyset of AES-256-GCM keys (NIST SP 800-38D), bound to the
 * row that they belong to. The first key encrypts, and each ciphertext names the key that decrypts
 * it.
 */
@Component
class SecretBox {

  /**
   * The maximum number of decrypted secrets in memory, each for {@link #REMEMBERED} after a use.
   */
  static final int MAX_REMEMBERED = 1_000;

  static final Duration REMEMBERED = Duration.ofMinutes(1);

  /** The key of a remembered secret. Another ciphertext or another row makes another key. */
  private record Stored(ByteBuffer ciphertext, UUID workspace, String owner) {}

  private final @Nullable Aead aead;
  private final Cache<Stored, String> secrets =
      Caffeine.newBuilder().maximumSize(MAX_REMEMBERED).expireAfterAccess(REMEMBERED).build();

  SecretBox(ProviderSettings settings) {
    this.aead = settings.secretKeys().isEmpty() ? null : aead(settings.secretKeys());
  }

  private static Aead aead(List<String> keys) {
    return new ConfiguredKeys("plumbline.providers.secret-keys", keys)
        .createPrimitive(Aead.class, SecretBox::aesKey);
  }

  @AccessesPartialKey
  private static AesGcmKey aesKey(SecretBytes secret, int id) throws GeneralSecurityException {
    AeadConfig.register();
    return AesGcmKey.builder()
        .setParameters(
            AesGcmParameters.builder()
                .setKeySizeBytes(ConfiguredKeys.KEY_BYTES)
                .setIvSizeBytes(12)
                .setTagSizeBytes(16)
                .setVariant(AesGcmParameters.Variant.TINK)
                .build())
        .setKeyBytes(secret)
        .setIdRequirement(id)
        .build();
  }

  /**
   * Encrypts a secret.
   *
   * @param owner the name of the row in its workspace; decryption needs the same name
   */
  byte[] encrypt(String secret, UUID workspace, String owner) {
    try {
      return requireAead()
          .encrypt(secret.getBytes(StandardCharsets.UTF_8), associatedData(workspace, owner));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("The secret of " + owner + " cannot be encrypted", e);
    }
  }

  /** Decrypts a secret. The secret of a provider that is called all the time stays in memory. */
  String decrypt(byte[] ciphertext, UUID workspace, String owner) {
    return secrets.get(
        new Stored(ByteBuffer.wrap(ciphertext.clone()), workspace, owner),
        stored -> decryptUncached(ciphertext, workspace, owner));
  }

  private String decryptUncached(byte[] ciphertext, UUID workspace, String owner) {
    try {
      return new String(
          requireAead().decrypt(ciphertext, associatedData(workspace, owner)),
          StandardCharsets.UTF_8);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(
          "The stored secret of "
              + owner
              + " cannot be decrypted with any key of plumbline.providers.secret-keys",
          e);
    }
  }

  private Aead requireAead() {
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
