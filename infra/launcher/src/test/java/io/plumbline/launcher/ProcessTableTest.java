package io.plumbline.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessTableTest {

  @TempDir Path directory;

  @Test
  void knowsARunningProcessAgain() {
    ProcessTable table = new ProcessTable(directory);
    table.record("self", ProcessHandle.current().pid());
    assertThat(table.find("self")).contains(ProcessHandle.current());
  }

  @Test
  void takesAReusedPidForNobody() throws Exception {
    ProcessTable table = new ProcessTable(directory);
    Files.writeString(
        directory.resolve("old.pid"), ProcessHandle.current().pid() + " another-boot/1\n");
    assertThat(table.find("old")).isEmpty();
    assertThat(table.recorded("old")).isTrue();
  }

  @Test
  void aProcessThatHasEndedIsNotFound() throws Exception {
    Process process = new ProcessBuilder("sleep", "60").start();
    ProcessTable table = new ProcessTable(directory);
    table.record("sleep", process.pid());
    process.destroyForcibly().waitFor();
    assertThat(table.find("sleep")).isEmpty();
  }

  @Test
  void aHalfWrittenRecordIsNobody() throws Exception {
    Files.writeString(directory.resolve("torn.pid"), "12");
    assertThat(new ProcessTable(directory).find("torn")).isEmpty();
  }

  @Test
  void forgetsWhatIsOver() {
    ProcessTable table = new ProcessTable(directory);
    table.record("self", ProcessHandle.current().pid());
    table.forget("self");
    assertThat(table.recorded("self")).isFalse();
  }

  /** The command name may hold spaces and brackets: proc_pid_stat(5). */
  @Test
  void readsTheStartBehindAHostileCommandName() {
    String stat = "42 (a) b (c)) S 1 42 42 0 -1 4194560 1 0 0 0 0 0 0 0 20 0 1 0 987654 1000 10";
    assertThat(ProcessIdentity.ticks(stat)).isEqualTo("987654");
  }

  @Test
  void refusesARecordWithoutAStart() {
    assertThatThrownBy(() -> ProcessIdentity.parse("12"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
