package io.plumbline.launcher.installation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LayoutTests {

  @TempDir Path root;

  @Test
  void the_state_folder_is_its_owners_only() throws IOException {
    Layout layout = new Layout(root);
    layout.create();
    layout.create();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(layout.home())))
        .isEqualTo("rwx------");
    assertThat(layout.logs()).isDirectory();
  }

  @Test
  void the_executable_jar_is_neither_that_of_the_tests_nor_of_the_sources() throws IOException {
    Path target = Files.createDirectories(root.resolve("services/compliance/target"));
    Files.createFile(target.resolve("compliance-0.1.0-tests.jar"));
    Files.createFile(target.resolve("compliance-0.1.0-sources.jar"));
    Layout layout = new Layout(root);
    assertThat(layout.jar(Application.COMPLIANCE)).isEmpty();
    Path jar = Files.createFile(target.resolve("compliance-0.1.0.jar"));
    assertThat(layout.jar(Application.COMPLIANCE)).contains(jar);
  }

  @Test
  void a_missing_distribution_names_the_build_that_downloads_it() {
    assertThatThrownBy(() -> new Layout(root).distribution("keycloak-"))
        .isInstanceOf(LauncherException.class)
        .hasMessageContainingAll(
            "infra/launcher/target/dist", "keycloak-", "./mvnw -pl infra/launcher");
  }
}
