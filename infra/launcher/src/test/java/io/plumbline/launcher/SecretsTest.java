package io.plumbline.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretsTest {

  @TempDir Path directory;

  @Test
  void areDrawnOnceAndKept() {
    Path file = directory.resolve("secrets.json");
    String drawn = Secrets.at(file).client("gateway");
    assertThat(Secrets.at(file).client("gateway")).isEqualTo(drawn).hasSize(24);
  }

  @Test
  void differFromEachOther() {
    Secrets secrets = Secrets.at(directory.resolve("secrets.json"));
    assertThat(secrets.person("ada")).isNotEqualTo(secrets.person("ben"));
  }

  @Test
  void areReadableByTheirOwnerOnly() throws Exception {
    Path file = directory.resolve("secrets.json");
    Secrets.at(file).person("ada");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  /** They are put into DDL and shell variables. */
  @Test
  void needNoQuotingAnywhere() {
    assertThat(Secrets.at(directory.resolve("secrets.json")).database("strategy_app"))
        .matches("[A-Za-z0-9_-]+");
  }
}
