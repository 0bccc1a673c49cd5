package io.plumbline.images;

import io.plumbline.launcher.installation.LauncherException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;

/** A private key on the curve P-256, with which images are signed (ECDSA over SHA-256). */
record SigningKey(PrivateKey key) {

  static final String PRIVATE_FILE = "images.key";
  static final String PUBLIC_FILE = "images.pub";

  private static final int P256_BITS = 256;

  /**
   * Makes a pair of keys in a folder: {@value #PRIVATE_FILE}, readable by its owner alone, and
   * {@value #PUBLIC_FILE}. A key that is there is not replaced.
   */
  static void make(Path folder) throws IOException {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      KeyPair pair = generator.generateKeyPair();
      Files.createDirectories(folder);
      Path file =
          Files.createFile(
              folder.resolve(PRIVATE_FILE),
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(
          file,
          pem("PRIVATE KEY", pair.getPrivate().getEncoded()),
          StandardOpenOption.TRUNCATE_EXISTING);
      Files.writeString(
          folder.resolve(PUBLIC_FILE), pem("PUBLIC KEY", pair.getPublic().getEncoded()));
    } catch (FileAlreadyExistsException e) {
      throw new LauncherException(
          e.getFile()
              + " exists, and what it signed could not be verified with another key. Name another"
              + " folder.",
          e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has P-256", e);
    }
  }

  /** Reads a private key in the PEM form of PKCS#8, which is not encrypted. */
  static SigningKey read(Path file) {
    try {
      String text = Files.readString(file);
      if (!text.contains("-----BEGIN PRIVATE KEY-----")) {
        throw new LauncherException(
            file
                + " is not a private key in the form of PKCS#8 without a password."
                + " `./plumbline images --make-key DIR` makes one.");
      }
      byte[] encoded =
          Base64.getMimeDecoder().decode(text.replaceAll("-----(BEGIN|END) PRIVATE KEY-----", ""));
      PrivateKey key =
          KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(encoded));
      if (!(key instanceof ECPrivateKey curve)
          || curve.getParams().getOrder().bitLength() != P256_BITS) {
        throw new LauncherException(file + " is not a key on the curve P-256.");
      }
      return new SigningKey(key);
    } catch (IOException e) {
      throw new LauncherException("Cannot read the signing key " + file + ".", e);
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new LauncherException(file + " is not a private key on the curve P-256.", e);
    }
  }

  /** Returns the signature in ASN.1 (DER), in Base64, as cosign has it. */
  String sign(byte[] message) {
    try {
      Signature signature = Signature.getInstance("SHA256withECDSA");
      signature.initSign(key);
      signature.update(message);
      return Base64.getEncoder().encodeToString(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the key was checked when it was read", e);
    }
  }

  private static String pem(String type, byte[] encoded) {
    String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(encoded);
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(type, body, type);
  }
}
