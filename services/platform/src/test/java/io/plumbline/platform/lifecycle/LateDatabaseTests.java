package io.plumbline.platform.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.plumbline.platform.data.Migration;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("servers")
class LateDatabaseTests {

  private final List<String> lines = new CopyOnWriteArrayList<>();

  @Test
  void a_migration_that_is_started_before_its_database_waits_for_it(@TempDir Path data)
      throws IOException {
    if (Boolean.getBoolean("plumbline.unit")) {
      throw new IllegalStateException("This test starts a server, so it is no unit test.");
    }
    int port = freePort();
    String url = "jdbc:postgresql://localhost:" + port + "/postgres";
    CompletableFuture<Void> migrated =
        CompletableFuture.runAsync(() ->
            ServiceProcess.migrate(
                new Migration(url, "postgres", "postgres", "postgres"), lines::add));
    String refused = "Waiting for the database at localhost:" + port + ": connection refused";
    await().untilAsserted(() -> assertThat(lines).containsExactly(refused));

    try (EmbeddedPostgres server = start(port, data)) {
      await().atMost(Duration.ofSeconds(90)).until(migrated::isDone);

      migrated.join();
      assertThat(server.getPort()).isEqualTo(port);
      assertThat(lines).startsWith(refused).contains("The wait is over, the start goes on.");
      assertThat(lines.getLast()).startsWith("Applied ");
    }
  }

  @Test
  void a_migration_whose_database_goes_away_between_two_connections_waits_for_it(@TempDir Path data)
      throws IOException {
    try (EmbeddedPostgres server = start(freePort(), data);
        FirstConnectionOnly relay = new FirstConnectionOnly(server.getPort())) {
      String url = "jdbc:postgresql://localhost:" + relay.port() + "/postgres";
      CompletableFuture<Void> migrated =
          CompletableFuture.runAsync(() ->
              ServiceProcess.migrate(
                  new Migration(url, "postgres", "postgres", "postgres"), lines::add));
      await().atMost(Duration.ofSeconds(60)).until(() -> !lines.isEmpty());
      assertThat(lines.getFirst())
          .startsWith("Waiting for the database at localhost:" + relay.port() + ": ");
      assertThat(relay.refused()).as("connections after the first").isPositive();

      relay.open();

      await().atMost(Duration.ofSeconds(90)).until(migrated::isDone);
      migrated.join();
      assertThat(lines.getLast()).startsWith("Applied ");
    }
  }

  private static EmbeddedPostgres start(int port, Path data) throws IOException {
    return EmbeddedPostgres.builder()
        .setOverrideWorkingDirectory(
            Files.createTempDirectory("plumbline-platform-postgres").toFile())
        .setDataDirectory(data)
        .setPort(port)
        .setServerConfig("fsync", "off")
        .start();
  }

  private static int freePort() throws IOException {
    try (ServerSocket any = new ServerSocket(0)) {
      return any.getLocalPort();
    }
  }
}
