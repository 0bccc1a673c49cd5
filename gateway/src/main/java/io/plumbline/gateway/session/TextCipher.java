package io.plumbline.gateway.session;

import com.google.crypto.tink.AccessesPartialKey;
import com.google.crypto.tink.Aead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.AesGcmKey;
import com.google.crypto.tink.aead.AesGcmParameters;
import com.google.crypto.tink.util.SecretBytes;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.KDF;
import javax.crypto.spec.HKDFParameterSpec;

/**
 * Seals a text so that a browser can keep it but neither read nor change it: AES-256-GCM (NIST SP
 * 800-38D) under a key that is derived from the gateway's own secret (HKDF, RFC 5869). Every
 * replica can open what another has sealed, and none has to store it.
 */
final class TextCipher {

  private static final int KEY_BYTES = 32;

  private final Aead aead;
  private final byte[] purpose;

  /**
   * Derives the key.
   *
   * @param purpose the purpose of the texts; a text sealed for another purpose does not open
   */
  TextCipher(String secret, String purpose) {
    this.purpose = purpose.getBytes(StandardCharsets.UTF_8);
    try {
      this.aead = aead(deriveKey(secret));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("No key can be derived from the gateway's client secret", e);
    }
  }

  private byte[] deriveKey(String secret) throws GeneralSecurityException {
    return KDF.getInstance("HKDF-SHA256")
        .deriveData(
            HKDFParameterSpec.ofExtract()
                .addIKM(secret.getBytes(StandardCharsets.UTF_8))
                .thenExpand(purpose, KEY_BYTES));
  }

  @AccessesPartialKey
  private static Aead aead(byte[] key) throws GeneralSecurityException {
    AeadConfig.register();
    AesGcmParameters parameters =
        AesGcmParameters.builder()
            .setKeySizeBytes(KEY_BYTES)
            .setIvSizeBytes(12)
            .setTagSizeBytes(16)
            .setVariant(AesGcmParameters.Variant.NO_PREFIX)
            .build();
    return KeysetHandle.newBuilder()
        .addEntry(
            KeysetHandle.importKey(
                    AesGcmKey.builder()
                        .setParameters(parameters)
                        .setKeyBytes(SecretBytes.copyFrom(key, InsecureSecretKeyAccess.get()))
                        .build())
                .withRandomId()
                .makePrimary())
        .build()
        .getPrimitive(RegistryConfiguration.get(), Aead.class);
  }

  String seal(String text) {
    try {
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(aead.encrypt(text.getBytes(StandardCharsets.UTF_8), purpose));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("A text for a browser cannot be encrypted", e);
    }
  }

  /**
   * Opens a sealed text.
   *
   * @return empty for a text that was not sealed here, or was altered
   */
  Optional<String> open(String sealed) {
    try {
      return Optional.of(
          new String(
              aead.decrypt(Base64.getUrlDecoder().decode(sealed), purpose),
              StandardCharsets.UTF_8));
    } catch (GeneralSecurityException | IllegalArgumentException foreign) {
      return Optional.empty();
    }
  }
}
