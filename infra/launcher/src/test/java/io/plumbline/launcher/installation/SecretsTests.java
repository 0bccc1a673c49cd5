package io.plumbline.launcher.installation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretsTests {

  @TempDir Path directory;

  @Test
  void are_generated_once_and_kept() {
    Path file = directory.resolve("secrets.json");
    String drawn = Secrets.at(file).client("gateway");
    assertThat(Secrets.at(file).client("gateway")).isEqualTo(drawn).hasSize(24);
  }

  @Test
  void are_the_same_for_two_commands_that_begin_together() {
    Path file = directory.resolve("secrets.json");
    Secrets up = Secrets.at(file);
    Secrets people = Secrets.at(file);
    String shown = people.person("ada");
    up.person("ben");

    assertThat(up.person("ada")).isEqualTo(shown);
    assertThat(Secrets.at(file).person("ada")).isEqualTo(shown);
    assertThat(people.person("ben")).isEqualTo(up.person("ben"));
  }

  @Test
  void differ_from_each_other() {
    Secrets secrets = Secrets.at(directory.resolve("secrets.json"));
    assertThat(secrets.person("ada")).isNotEqualTo(secrets.person("ben"));
  }

  @Test
  void the_two_keys_of_an_application_belong_together() throws Exception {
    Path file = directory.resolve("secrets.json");
    byte[] message = {1, 2, 3};
    Signature signature = Signature.getInstance("Ed25519");
    KeyFactory keys = KeyFactory.getInstance("Ed25519");
    signature.initSign(
        keys.generatePrivate(
            new PKCS8EncodedKeySpec(decode(Secrets.at(file).eventSigningKey("strategy")))));
    signature.update(message);
    byte[] signed = signature.sign();

    signature.initVerify(
        keys.generatePublic(
            new X509EncodedKeySpec(decode(Secrets.at(file).eventVerificationKey("strategy")))));
    signature.update(message);
    assertThat(signature.verify(signed)).isTrue();
  }

  private static byte[] decode(String text) {
    return Base64.getDecoder().decode(text);
  }

  @Test
  void are_readable_by_their_owner_only() throws Exception {
    Path file = directory.resolve("secrets.json");
    Secrets.at(file).person("ada");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  /** Checks the characters of secrets, which are put into DDL and shell variables. */
  @Test
  void need_no_quoting_anywhere() {
    assertThat(Secrets.at(directory.resolve("secrets.json")).database("strategy_app"))
        .matches("[A-Za-z0-9_-]+");
  }
}
