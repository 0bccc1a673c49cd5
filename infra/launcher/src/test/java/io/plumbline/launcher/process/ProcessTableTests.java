package io.plumbline.launcher.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessTableTests {

  @TempDir Path directory;

  @Test
  void finds_a_running_process() {
    ProcessTable table = new ProcessTable(directory);
    table.record("self", ProcessHandle.current().pid());
    assertThat(table.find("self")).contains(ProcessHandle.current());
  }

  @Test
  void does_not_find_a_reused_pid() throws Exception {
    ProcessTable table = new ProcessTable(directory);
    Files.writeString(
        directory.resolve("old.pid"), ProcessHandle.current().pid() + " another-boot/1\n");
    assertThat(table.find("old")).isEmpty();
    assertThat(table.isRecorded("old")).isTrue();
  }

  @Test
  void a_process_that_has_ended_is_not_found() throws Exception {
    Process process = new ProcessBuilder("sleep", "60").start();
    ProcessTable table = new ProcessTable(directory);
    table.record("sleep", process.pid());
    process.destroyForcibly().waitFor();
    assertThat(table.find("sleep")).isEmpty();
  }

  @Test
  void a_half_written_record_finds_no_process() throws Exception {
    Files.writeString(directory.resolve("torn.pid"), "12");
    assertThat(new ProcessTable(directory).find("torn")).isEmpty();
  }

  @Test
  void forgets_a_process() {
    ProcessTable table = new ProcessTable(directory);
    table.record("self", ProcessHandle.current().pid());
    table.forget("self");
    assertThat(table.isRecorded("self")).isFalse();
  }

  /** The command name may hold spaces and brackets: proc_pid_stat(5). */
  @Test
  void reads_the_start_after_a_command_name_with_brackets() {
    String stat = "42 (a) b (c)) S 1 42 42 0 -1 4194560 1 0 0 0 0 0 0 0 20 0 1 0 987654 1000 10";
    assertThat(ProcessIdentity.startTicks(stat)).isEqualTo("987654");
  }

  @Test
  void refuses_a_record_without_a_start() {
    assertThatThrownBy(() -> ProcessIdentity.parse("12"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
