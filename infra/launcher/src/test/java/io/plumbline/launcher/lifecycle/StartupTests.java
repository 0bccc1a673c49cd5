package io.plumbline.launcher.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.launcher.component.Component;
import io.plumbline.launcher.installation.LauncherException;
import io.plumbline.launcher.process.ChildProcess;
import io.plumbline.launcher.process.ProcessTable;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartupTests {

  private static final String RUNS = "exec sleep 60";

  @TempDir Path folder;
  private final List<String> calls = new CopyOnWriteArrayList<>();
  private final ByteArrayOutputStream shown = new ByteArrayOutputStream();
  private List<Component> replicas = List.of();
  private ProcessTable table;

  @BeforeEach
  void open() {
    table = new ProcessTable(folder);
  }

  @AfterEach
  void stop() {
    for (String name : List.of("database", "service", "service-2")) {
      table.find(name).ifPresent(process -> ChildProcess.stop(process, "KILL"));
    }
  }

  @Test
  void a_dependent_starts_after_its_foundation_is_configured() {
    Startup startup = startup(component("database", RUNS), component("service", RUNS));
    startup.run();
    assertThat(startup.startedNames()).containsExactly("database", "service");
    assertThat(calls)
        .containsExactlyInAnyOrder(
            "prepare database", "configure database", "prepare service", "configure service")
        .containsSubsequence("configure database", "configure service");
    assertThat(table.find("database")).isPresent();
    assertThat(shown.toString(StandardCharsets.UTF_8)).contains("database", "service", "ready");
  }

  @Test
  void a_further_replica_starts_after_the_first_is_ready() {
    replicas = List.of(component("service-2", RUNS));
    startup(component("database", RUNS), component("service", RUNS)).run();
    assertThat(calls).containsSubsequence("configure service", "configure service-2");
    assertThat(table.find("service-2")).isPresent();
  }

  @Test
  void what_runs_is_left_running() {
    startup(component("database", RUNS), component("service", RUNS)).run();
    Startup again = startup(component("database", RUNS), component("service", RUNS));
    again.run();
    assertThat(again.startedNames()).isEmpty();
  }

  @Test
  void what_was_about_to_end_is_started_again() throws IOException {
    Process ending = new ProcessBuilder("sleep", "1").start();
    table.record("service", ending.pid());
    Startup startup =
        startup(
            component("database", RUNS),
            component("service", RUNS).readyWhen(() -> !ending.isAlive()));
    startup.run();
    assertThat(startup.startedNames()).containsExactly("database", "service");
  }

  @Test
  void a_process_that_ends_early_is_reported_with_its_log_and_stops_the_start() {
    Startup startup =
        startup(
            component("database", "echo no space left; exit 1").readyWhen(() -> false),
            component("service", RUNS));
    assertThatThrownBy(startup::run)
        .isInstanceOf(LauncherException.class)
        .hasMessageContainingAll("database ended while starting", "no space left");
    assertThat(startup.startedNames()).containsExactly("database");
    assertThat(shown.toString(StandardCharsets.UTF_8)).contains("failed");
  }

  @Test
  void a_port_that_is_taken_is_reported_before_anything_starts() throws IOException {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      FakeComponent service =
          FakeComponent.of("service", RUNS, folder, calls).on(other.getLocalPort());
      Startup startup = startup(component("database", RUNS), service);
      assertThatThrownBy(startup::run)
          .isInstanceOf(LauncherException.class)
          .hasMessageContaining("Port " + other.getLocalPort() + ", which service needs");
      assertThat(startup.startedNames()).isEmpty();
      assertThat(calls).isEmpty();
    }
  }

  private FakeComponent component(String name, String script) {
    return FakeComponent.of(name, script, folder, calls);
  }

  private Startup startup(Component foundation, Component dependent) {
    StartupProgressTable view =
        new StartupProgressTable(
            new PrintStream(shown, true, StandardCharsets.UTF_8),
            false,
            List.of("database", "service"));
    return new Startup(List.of(foundation), List.of(dependent), replicas, table, view);
  }
}
