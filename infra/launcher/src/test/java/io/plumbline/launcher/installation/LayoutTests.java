package io.plumbline.launcher.installation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
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
  void the_tests_share_with_the_main_installation_only_what_builds_are_unpacked_to() {
    Layout main = new Layout(root);
    Layout tests = new Layout(root, Installation.TESTS);
    tests.create();

    assertThat(tests.home()).isEqualTo(root.resolve(".plumbline/tests")).isDirectory();
    assertThat(
            Stream.of(
                tests.secrets(),
                tests.accessFile(),
                tests.lock(),
                tests.processFolder(),
                tests.logs(),
                tests.data("postgresql"),
                tests.replicaCount().file(),
                tests.operatorEnvironment().file()))
        .allMatch(path -> path.startsWith(tests.home()));
    assertThat(tests.applicationBuilds("strategy")).isEqualTo(main.applicationBuilds("strategy"));
    assertThat(tests.serverFolder("keycloak")).isEqualTo(main.serverFolder("keycloak"));
    assertThat(tests.main()).isEqualTo(main);
  }

  @Test
  void an_installation_that_does_not_exist_is_refused() {
    assertThat(Installation.named("")).isEqualTo(Installation.MAIN);
    assertThat(Installation.named("tests")).isEqualTo(Installation.TESTS);
    assertThatThrownBy(() -> Installation.named("test"))
        .isInstanceOf(LauncherException.class)
        .hasMessage(
            "PLUMBLINE_INSTALLATION is 'test': set it to 'tests' for the installation of the"
                + " end-to-end tests, or unset it.");
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
