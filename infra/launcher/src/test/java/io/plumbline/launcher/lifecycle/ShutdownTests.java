package io.plumbline.launcher.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.launcher.component.Platform;
import io.plumbline.launcher.installation.Layout;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShutdownTests {

  @TempDir Path root;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  @Test
  void stops_what_runs_and_forgets_it() throws IOException {
    Platform platform = Platform.at(new Layout(root));
    Process process = new ProcessBuilder("sleep", "60").start();
    platform.table().record("kafka", process.pid());
    platform.table().record("gateway", Long.MAX_VALUE);

    int stopped =
        new Shutdown(platform, new PrintStream(bytes, true, StandardCharsets.UTF_8))
            .stop(List.of("kafka", "gateway"));

    assertThat(stopped).isEqualTo(1);
    assertThat(process.isAlive()).isFalse();
    assertThat(platform.table().isRecorded("kafka")).isFalse();
    assertThat(platform.table().isRecorded("gateway")).isFalse();
    assertThat(bytes.toString(StandardCharsets.UTF_8)).isEqualTo("  kafka              stopped\n");
  }

  /**
   * Checks that the mark comes first. Otherwise the supervisor, which sees the process dead and
   * still recorded, would start it again.
   */
  @Test
  void what_is_being_stopped_is_marked_before_it_ends() throws IOException {
    Platform platform = Platform.at(new Layout(root));
    Path mark = platform.layout().processFolder().resolve("kafka.ending");
    Process process =
        new ProcessBuilder(
                "sh",
                "-c",
                "trap 'test -e %s; exit $?' TERM; echo listening; while :; do sleep 0.05; done"
                    .formatted(mark))
            .start();
    process.getInputStream().read();
    platform.table().record("kafka", process.pid());

    new Shutdown(platform, new PrintStream(bytes)).stop(List.of("kafka"));

    assertThat(process.onExit().join().exitValue()).isZero();
    assertThat(mark).doesNotExist();
  }

  /**
   * Checks that the processes which the supervisor restarted outlive it. Otherwise they would be
   * killed at once, with all their work.
   */
  @Test
  void what_the_supervisor_started_again_goes_on_without_it() throws IOException {
    Platform platform = Platform.at(new Layout(root));
    Process supervisor =
        new ProcessBuilder("sh", "-c", "sleep 60 & echo started; wait")
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    supervisor.getInputStream().read();
    ProcessHandle service = supervisor.children().toList().getFirst();
    platform.table().record(Platform.SUPERVISOR, supervisor.pid());

    new Shutdown(platform, new PrintStream(bytes)).stop(List.of(Platform.SUPERVISOR));

    assertThat(supervisor.isAlive()).isFalse();
    assertThat(service.isAlive()).isTrue();
    service.destroy();
  }

  /** Each of the first two ends only after the other was signalled. */
  @Test
  void kafka_and_keycloak_end_side_by_side_and_the_database_after_them() throws IOException {
    Platform platform = Platform.at(new Layout(root));
    String ends =
        "echo >%1$s.signalled; while ! test -e %2$s.signalled; do sleep 0.05; done; echo %1$s"
            + " >>order";
    Process kafka = runs(platform, "kafka", ends.formatted("kafka", "keycloak"));
    Process keycloak = runs(platform, "keycloak", ends.formatted("keycloak", "kafka"));
    Process database = runs(platform, "postgresql", "echo postgresql >>order");

    assertThat(new Shutdown(platform, new PrintStream(bytes)).stopAll()).isEqualTo(3);

    assertThat(List.of(kafka, keycloak, database)).noneMatch(Process::isAlive);
    assertThat(Files.readAllLines(root.resolve("order")))
        .hasSize(3)
        .contains("kafka", "keycloak")
        .endsWith("postgresql");
  }

  @Test
  void what_yields_to_all_others_is_not_waited_for() throws IOException {
    Platform platform = Platform.at(new Layout(root));
    Process maker = runs(platform, Platform.CACHE_MAKER, "while :; do sleep 0.05; done");

    new Shutdown(platform, new PrintStream(bytes)).stop(List.of(Platform.CACHE_MAKER));

    assertThat(maker.onExit().join().exitValue()).isEqualTo(128 + 9);
  }

  /** Starts a process that does something when it is signalled. */
  private Process runs(Platform platform, String name, String ending) throws IOException {
    Process process =
        new ProcessBuilder(
                "sh",
                "-c",
                "trap '%s; exit' TERM INT; echo listening; while :; do sleep 0.05; done"
                    .formatted(ending))
            .directory(root.toFile())
            .start();
    process.getInputStream().read();
    platform.table().record(name, process.pid());
    return process;
  }

  @Test
  void nothing_runs_so_nothing_is_stopped() {
    assertThat(new Shutdown(Platform.at(new Layout(root)), System.out).stopAll()).isZero();
  }
}
