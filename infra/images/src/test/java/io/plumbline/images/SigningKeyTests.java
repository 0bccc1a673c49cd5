package io.plumbline.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.launcher.installation.LauncherException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SigningKeyTests {

  @TempDir Path folder;

  @Test
  void the_private_key_is_readable_by_its_owner_alone() throws IOException {
    SigningKey.make(folder);
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(folder.resolve(SigningKey.PRIVATE_FILE))))
        .isEqualTo("rw-------");
  }

  @Test
  void a_key_is_not_replaced() throws IOException {
    SigningKey.make(folder);
    String key = Files.readString(folder.resolve(SigningKey.PRIVATE_FILE));
    assertThatThrownBy(() -> SigningKey.make(folder))
        .isInstanceOf(LauncherException.class)
        .hasMessage(
            folder.resolve(SigningKey.PRIVATE_FILE)
                + " exists, and what it signed could not be verified with another key. Name"
                + " another folder.");
    assertThat(folder.resolve(SigningKey.PRIVATE_FILE)).hasContent(key);
  }

  @Test
  void a_key_on_another_curve_is_refused() throws IOException, GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp384r1"));
    Path file = folder.resolve("other.key");
    Files.writeString(
        file,
        "-----BEGIN PRIVATE KEY-----\n%s\n-----END PRIVATE KEY-----\n"
            .formatted(
                Base64.getEncoder()
                    .encodeToString(generator.generateKeyPair().getPrivate().getEncoded())));
    assertThatThrownBy(() -> SigningKey.read(file))
        .isInstanceOf(LauncherException.class)
        .hasMessage(file + " is not a key on the curve P-256.");
  }

  @Test
  void a_file_that_is_not_a_key_is_refused() throws IOException {
    Path file = Files.writeString(folder.resolve("some.key"), "secret");
    assertThatThrownBy(() -> SigningKey.read(file))
        .isInstanceOf(LauncherException.class)
        .hasMessage(
            file
                + " is not a private key in the form of PKCS#8 without a password."
                + " `./plumbline images --make-key DIR` makes one.");
  }
}
