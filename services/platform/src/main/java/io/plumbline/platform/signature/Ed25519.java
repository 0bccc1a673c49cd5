package io.plumbline.platform.signature;

import io.plumbline.contracts.Digest;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;

/**
 * Signs and verifies with Ed25519 (RFC 8032) as the JDK implements it, with keys in the encodings
 * of RFC 8410.
 */
public final class Ed25519 {

  private static final String ALGORITHM = "Ed25519";

  private Ed25519() {}

  /**
   * Reads a private key.
   *
   * @param text PKCS #8 in Base64
   * @throws IllegalArgumentException when the text is not such a key
   */
  public static PrivateKey privateKey(String text) {
    try {
      return KeyFactory.getInstance(ALGORITHM)
          .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(text.strip())));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      // The exception carries neither the text nor the cause, because both may show the key.
      throw new IllegalArgumentException("is not an Ed25519 private key in PKCS #8, Base64");
    }
  }

  /**
   * Reads a public key.
   *
   * @param text X.509 SubjectPublicKeyInfo in Base64
   * @throws IllegalArgumentException when the text is not such a key
   */
  public static PublicKey publicKey(String text) {
    try {
      return KeyFactory.getInstance(ALGORITHM)
          .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(text.strip())));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new IllegalArgumentException("is not an Ed25519 public key in X.509 form, Base64", e);
    }
  }

  /**
   * Returns the id of a key: the first 16 hexadecimal digits of the SHA-256 of the key in X.509
   * form.
   */
  public static String id(PublicKey key) {
    return Digest.of(key.getEncoded()).hex().substring(0, 16);
  }

  public static byte[] sign(PrivateKey key, byte[] content) {
    try {
      Signature signature = Signature.getInstance(ALGORITHM);
      signature.initSign(key);
      signature.update(content);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("The content cannot be signed", e);
    }
  }

  public static boolean verify(PublicKey key, byte[] content, byte[] signed) {
    try {
      Signature signature = Signature.getInstance(ALGORITHM);
      signature.initVerify(key);
      signature.update(content);
      return signature.verify(signed);
    } catch (GeneralSecurityException e) {
      // The bytes have a length or form that no signature has.
      return false;
    }
  }
}
