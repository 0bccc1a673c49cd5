package io.plumbline.launcher.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogsTests {

  @TempDir Path directory;

  @Test
  void shows_the_last_lines_of_a_long_log_and_its_path() throws Exception {
    Path log = directory.resolve("kafka.log");
    Files.writeString(
        log,
        IntStream.rangeClosed(1, 50_000)
            .mapToObj(i -> "line " + i)
            .collect(Collectors.joining("\n")));
    assertThat(Logs.tail(log, 2)).containsExactly("line 49999", "line 50000");
    assertThat(Logs.lastLines(log))
        .contains(log.toString(), "line 49981", "line 50000")
        .doesNotContain("line 49980");
  }

  @Test
  void an_absent_log_has_no_lines() {
    assertThat(Logs.tail(directory.resolve("none.log"), 20)).isEmpty();
  }
}
