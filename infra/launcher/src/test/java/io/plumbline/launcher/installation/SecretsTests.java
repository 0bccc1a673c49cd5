package io.plumbline.launcher.installation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
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
  void differ_from_each_other() {
    Secrets secrets = Secrets.at(directory.resolve("secrets.json"));
    assertThat(secrets.person("ada")).isNotEqualTo(secrets.person("ben"));
  }

  @Test
  void are_readable_by_their_owner_only() throws Exception {
    Path file = directory.resolve("secrets.json");
    Secrets.at(file).person("ada");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  /** They are put into DDL and shell variables. */
  @Test
  void need_no_quoting_anywhere() {
    assertThat(Secrets.at(directory.resolve("secrets.json")).database("strategy_app"))
        .matches("[A-Za-z0-9_-]+");
  }
}
