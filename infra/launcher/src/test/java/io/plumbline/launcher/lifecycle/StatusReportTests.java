package io.plumbline.launcher.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.launcher.component.Platform;
import io.plumbline.launcher.installation.Layout;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatusReportTests {

  @TempDir Path root;

  @Test
  void reads_memory_and_formats_ages() {
    assertThat(StatusReport.kilobytes(List.of("Rss:   2048 kB", "Pss:    512 kB"), "Pss:"))
        .isEqualTo(512);
    assertThat(StatusReport.age(Duration.ofSeconds(3725))).isEqualTo("1 h 2 min");
    assertThat(StatusReport.age(Duration.ofSeconds(-1))).isEqualTo("0 s");
  }

  @Test
  void says_how_often_a_process_was_started_again_and_why_last() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Platform platform = Platform.at(new Layout(root));
    platform.table().recordRestart("kafka", Long.MAX_VALUE, Instant.now(), "exit code 1");
    platform.table().recordRestart("kafka", Long.MAX_VALUE, Instant.now(), "killed by signal 9");
    new StatusReport(platform, new PrintStream(bytes, true, StandardCharsets.UTF_8)).print();
    assertThat(bytes.toString(StandardCharsets.UTF_8))
        .containsPattern("kafka +died .*started again 2 times, last .* ago: killed by signal 9")
        .contains("a process that dies is not restarted");
  }

  @Test
  void nothing_runs_in_a_new_installation() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Platform platform = Platform.at(new Layout(root));
    boolean ready =
        new StatusReport(platform, new PrintStream(bytes, true, StandardCharsets.UTF_8)).print();
    assertThat(ready).isFalse();
    assertThat(bytes.toString(StandardCharsets.UTF_8))
        .contains("postgresql         stopped", "not built: inference, evaluation, compliance");
  }
}
