package io.plumbline.launcher.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.launcher.component.Platform;
import io.plumbline.launcher.installation.Layout;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
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
    assertThat(platform.table().recorded("kafka")).isFalse();
    assertThat(platform.table().recorded("gateway")).isFalse();
    assertThat(bytes.toString(StandardCharsets.UTF_8)).isEqualTo("  kafka              stopped\n");
  }

  /** Else the supervisor, which sees it dead and still recorded, would start it again. */
  @Test
  void what_is_being_stopped_is_marked_before_it_ends() throws IOException {
    Platform platform = Platform.at(new Layout(root));
    Path mark = platform.layout().processes().resolve("kafka.ending");
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

  /** Else they would be killed at once, whatever they have under way. */
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

  @Test
  void nothing_runs_so_nothing_is_stopped() {
    assertThat(new Shutdown(Platform.at(new Layout(root)), System.out).all()).isZero();
  }
}
