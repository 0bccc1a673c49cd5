package io.plumbline.launcher.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.launcher.installation.InstallationLock;
import io.plumbline.launcher.process.ChildProcess;
import io.plumbline.launcher.process.ProcessTable;
import io.plumbline.launcher.process.RestartRecord;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SupervisorTests {

  private static final Instant NOON = Instant.parse("2026-11-26T12:00:00Z");

  /** A pid that no process has. */
  private static final long DEAD = Long.MAX_VALUE;

  private static final class ManualClock extends Clock {
    private Instant now = NOON;

    void advance(Duration time) {
      now = now.plus(time);
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  @TempDir Path folder;
  private final ManualClock clock = new ManualClock();
  private final ByteArrayOutputStream log = new ByteArrayOutputStream();
  private ProcessTable table;
  private InstallationLock lock;
  private Supervisor supervisor;

  @BeforeEach
  void open() {
    table = new ProcessTable(folder);
    lock = new InstallationLock(folder.resolve("lock"));
    supervisor =
        new Supervisor(
            List.of(
                FakeComponent.of("service", "exec sleep 60", folder, new CopyOnWriteArrayList<>())),
            table,
            lock,
            clock,
            new PrintStream(log, true, StandardCharsets.UTF_8));
  }

  @AfterEach
  void stop() {
    table.find("service").ifPresent(process -> ChildProcess.stop(process, "KILL"));
  }

  @Test
  void what_has_died_is_started_again_after_a_second_and_the_log_says_so() {
    table.record("service", DEAD);
    supervisor.restartDead();
    assertThat(table.find("service")).isEmpty();

    afterASecond();

    assertThat(table.find("service")).isPresent();
    assertThat(table.findRestart("service"))
        .contains(new RestartRecord(1, NOON.plusSeconds(1), "exit code not known"));
    assertThat(log.toString(StandardCharsets.UTF_8))
        .contains("service has died (exit code not known); starts again in 1 s")
        .contains("service started again as process ");
  }

  @Test
  void what_dies_again_and_again_is_started_again_more_and_more_seldom() {
    table.record("service", DEAD);
    for (long wait : new long[] {1, 2, 4, 8, 16, 32, 60, 60}) {
      supervisor.restartDead();
      clock.advance(Duration.ofSeconds(wait).minusMillis(1));
      supervisor.restartDead();
      assertThat(table.find("service")).as("before %d s", wait).isEmpty();
      clock.advance(Duration.ofMillis(1));
      supervisor.restartDead();
      kill();
    }
    assertThat(table.findRestart("service")).map(RestartRecord::times).contains(8);
  }

  @Test
  void what_ran_for_a_minute_is_started_again_after_a_second() {
    table.record("service", DEAD);
    supervisor.restartDead();
    afterASecond();
    clock.advance(Duration.ofMinutes(1));
    supervisor.restartDead();

    kill();
    supervisor.restartDead();
    afterASecond();

    assertThat(table.find("service")).isPresent();
  }

  @Test
  void how_its_own_child_ended_is_known() {
    table.record("service", DEAD);
    supervisor.restartDead();
    afterASecond();

    kill();
    supervisor.restartDead();
    clock.advance(Duration.ofSeconds(2));
    supervisor.restartDead();

    assertThat(table.findRestart("service"))
        .contains(new RestartRecord(2, NOON.plusSeconds(3), "killed by signal 9"));
  }

  @Test
  void what_was_never_started_or_has_been_stopped_stays_down() {
    supervisor.restartDead();
    afterASecond();
    assertThat(table.isRecorded("service")).isFalse();

    table.record("service", DEAD);
    supervisor.restartDead();
    table.forget("service");
    afterASecond();
    assertThat(table.isRecorded("service")).isFalse();
  }

  @Test
  void what_is_being_stopped_stays_down() {
    table.record("service", DEAD);
    table.markEnding("service");
    supervisor.restartDead();
    afterASecond();
    assertThat(table.find("service")).isEmpty();
  }

  @Test
  void another_command_that_starts_things_goes_first() {
    table.record("service", DEAD);
    supervisor.restartDead();
    lock.runLocked(this::afterASecond);
    assertThat(table.find("service")).isEmpty();

    supervisor.restartDead();
    assertThat(table.find("service")).isPresent();
  }

  @Test
  void a_start_by_hand_begins_a_new_count() {
    table.record("service", DEAD);
    supervisor.restartDead();
    afterASecond();
    kill();
    table.record("service", DEAD);
    assertThat(table.findRestart("service")).isEqualTo(Optional.empty());
  }

  private void afterASecond() {
    clock.advance(Duration.ofSeconds(1));
    supervisor.restartDead();
  }

  private void kill() {
    ProcessHandle process = table.find("service").orElseThrow();
    process.destroyForcibly();
    process.onExit().join();
  }
}
