package io.plumbline.launcher.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.launcher.installation.LauncherException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildProcessTests {

  @TempDir Path directory;

  @Test
  void a_failure_shows_the_output_of_the_process() {
    assertThatThrownBy(() -> shell("echo disk is full; exit 3").run(Duration.ofSeconds(10)))
        .isInstanceOf(LauncherException.class)
        .hasMessageContainingAll(
            "failed with exit code 3", "disk is full", directory.resolve("child.log").toString());
  }

  @Test
  void a_process_that_hangs_is_killed_and_reported() {
    assertThatThrownBy(() -> shell("sleep 60").run(Duration.ofSeconds(1)))
        .isInstanceOf(LauncherException.class)
        .hasMessageContaining("within 1 s");
  }

  @Test
  void stopping_ends_the_process_and_what_it_started() throws Exception {
    Process child = shell("sleep 60 & echo started; wait").start();
    while (Logs.tail(directory.resolve("child.log"), 1).isEmpty()) {
      Thread.onSpinWait();
    }
    List<ProcessHandle> offspring = child.descendants().toList();
    ChildProcess.stop(child.toHandle(), "TERM");
    assertThat(child.waitFor()).isNotZero();
    assertThat(offspring)
        .isNotEmpty()
        .allSatisfy(process -> assertThat(process.onExit()).succeedsWithin(Duration.ofSeconds(5)));
  }

  @Test
  void one_that_yields_does_so_with_its_whole_session() {
    shell("nice; cat /proc/self/autogroup || true").withLowPriority().run(Duration.ofSeconds(10));
    List<String> lines = Logs.tail(directory.resolve("child.log"), 2);
    assertThat(lines.getFirst()).isEqualTo("19");
    if (Files.exists(Path.of("/proc/self/autogroup"))) {
      assertThat(lines.getLast()).endsWith(" nice 19");
    }
  }

  @Test
  void the_key_of_a_model_that_the_demo_takes_is_not_inherited() {
    Map<String, String> inherited =
        new HashMap<>(
            Map.of("PATH", "/bin", "PLUMBLINE_DEMO_MODEL_KEY", "secret", "PLUMBLINE_PEOPLE", "1"));
    ChildProcess.removeDemoVariables(inherited);
    assertThat(inherited).containsOnlyKeys("PATH", "PLUMBLINE_PEOPLE");
  }

  private ChildProcess shell(String script) {
    return new ChildProcess(
        "child", List.of("sh", "-c", script), Map.of(), directory, directory.resolve("child.log"));
  }
}
