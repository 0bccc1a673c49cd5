package io.plumbline.inference.provider;

import io.plumbline.platform.problem.CommonProblem;
import io.plumbline.platform.problem.Problem;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.UUID;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Secrets at rest: AES-256 in GCM (NIST SP 800-38D), a random nonce before the text, bound to the
 * row it belongs to.
 */
@Component
class SecretBox {

  private static final int NONCE = 12;
  private static final int TAG_BITS = 128;
  private static final int KEY_BYTES = 32;

  private final @Nullable SecretKey key;
  private final SecureRandom random = new SecureRandom();

  SecretBox(ProviderSettings settings) {
    this.key = key(settings.secretKey());
  }

  private static @Nullable SecretKey key(@Nullable String encoded) {
    if (encoded == null || encoded.isBlank()) {
      return null;
    }
    byte[] bytes = Base64.getDecoder().decode(encoded);
    if (bytes.length != KEY_BYTES) {
      throw new IllegalStateException("plumbline.providers.secret-key must be 32 bytes in Base64");
    }
    return new SecretKeySpec(bytes, "AES");
  }

  byte[] seal(String secret, UUID workspace, String owner) {
    byte[] nonce = new byte[NONCE];
    random.nextBytes(nonce);
    byte[] sealed =
        cipher(
            Cipher.ENCRYPT_MODE, nonce, workspace, owner, secret.getBytes(StandardCharsets.UTF_8));
    return ByteBuffer.allocate(NONCE + sealed.length).put(nonce).put(sealed).array();
  }

  String open(byte[] box, UUID workspace, String owner) {
    byte[] nonce = Arrays.copyOf(box, NONCE);
    byte[] sealed = Arrays.copyOfRange(box, NONCE, box.length);
    return new String(
        cipher(Cipher.DECRYPT_MODE, nonce, workspace, owner, sealed), StandardCharsets.UTF_8);
  }

  private byte[] cipher(int mode, byte[] nonce, UUID workspace, String owner, byte[] input) {
    if (key == null) {
      throw new Problem(
          CommonProblem.UNPROCESSABLE,
          "This installation keeps no secrets: ask its operator to configure"
              + " plumbline.providers.secret-key, or leave apiKey out.");
    }
    try {
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
      cipher.updateAAD((workspace + "/" + owner).getBytes(StandardCharsets.UTF_8));
      return cipher.doFinal(input);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(
          "The stored secret of " + owner + " cannot be read with the configured key", e);
    }
  }
}
