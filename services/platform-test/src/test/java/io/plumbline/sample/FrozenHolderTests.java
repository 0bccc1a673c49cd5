package io.plumbline.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.job.JobContext;
import io.plumbline.platform.job.JobHandler;
import io.plumbline.platform.job.JobQueue;
import io.plumbline.platform.job.JobView;
import io.plumbline.platform.job.LeaseLost;
import io.plumbline.platform.test.EmbeddedServers;
import io.plumbline.platform.test.PlumblineTest;
import io.plumbline.platform.test.Workspaces;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * A process that holds a job is frozen by SIGSTOP, another process takes over the job and ends it,
 * and the first wakes up in the middle of its work.
 */
@PlumblineTest
class FrozenHolderTests {

  private static final String KIND = "freezing";
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Path LOGS = EmbeddedServers.temporaryFolder("plumbline-test-holders");

  @Autowired JobQueue jobs;
  @Autowired SampleApplication.Notes notes;
  @Autowired TransactionTemplate transaction;
  @Autowired ConfigurableEnvironment environment;

  private final List<Process> processes = new ArrayList<>();

  @AfterEach
  void end() {
    processes.forEach(Process::destroyForcibly);
  }

  @Test
  void a_holder_that_wakes_up_after_another_took_over_has_no_effect() throws Exception {
    Caller acme = Caller.system(Workspaces.ACME);
    UUID job =
        acme.call(() ->
            Objects.requireNonNull(transaction.execute(status -> jobs.enqueue(KIND, Map.of(), 0))));
    Process first = start();
    await().atMost(PATIENCE).until(() -> exists("began-" + first.pid()));

    signal(first, "STOP");
    // The lease runs out because nobody extends it. Waiting for that would take its 20 seconds.
    execute("UPDATE job SET lease_until = clock_timestamp() WHERE kind = '" + KIND + "'");
    Process second = start();
    await().atMost(PATIENCE).until(() -> exists("began-" + second.pid()));
    acme.run(() -> notes.create("go"));
    await()
        .atMost(PATIENCE)
        .until(
            () -> acme.call(() -> jobs.find(job).orElseThrow().state()) == JobView.State.SUCCEEDED);
    signal(first, "CONT");
    await().atMost(PATIENCE).until(() -> exists("lost-" + first.pid()) || effects().size() > 1);

    assertThat(effects()).containsExactly("effect-of-" + second.pid());
    assertThat(acme.call(() -> jobs.find(job).orElseThrow()))
        .returns(JobView.State.SUCCEEDED, JobView::state)
        .returns(2, JobView::attempt);
  }

  /** Starts the same application against the same servers in a process of its own. */
  private Process start() throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                Holder.class.getName(),
                "--server.port=0",
                "--management.server.port=-1"));
    MapPropertySource servers =
        (MapPropertySource)
            Objects.requireNonNull(environment.getPropertySources().get("embeddedServers"));
    servers.getSource().forEach((name, value) -> command.add("--" + name + "=" + value));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(
                ProcessBuilder.Redirect.to(LOGS.resolve(UUID.randomUUID() + ".log").toFile()))
            .start();
    processes.add(process);
    return process;
  }

  private static void signal(Process process, String signal)
      throws IOException, InterruptedException {
    assertThat(
            new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                .start()
                .waitFor())
        .isZero();
  }

  private static boolean exists(String name) throws SQLException {
    return !names(name).isEmpty();
  }

  private static List<String> effects() throws SQLException {
    return names("effect-of-%");
  }

  private static List<String> names(String pattern) throws SQLException {
    List<String> names = new ArrayList<>();
    try (Connection connection = EmbeddedServers.connectAsSuperuser("prompt-registry");
        Statement sql = connection.createStatement();
        ResultSet found =
            sql.executeQuery("SELECT name FROM note WHERE name LIKE '" + pattern + "'")) {
      while (found.next()) {
        names.add(found.getString(1));
      }
    }
    return names;
  }

  private static void execute(String statement) throws SQLException {
    try (Connection connection = EmbeddedServers.connectAsSuperuser("prompt-registry");
        Statement sql = connection.createStatement()) {
      sql.execute(statement);
    }
  }

  /** The program of the other processes. */
  static final class Holder {

    public static void main(String[] arguments) {
      new SpringApplicationBuilder(SampleApplication.class)
          .initializers(
              context -> ((GenericApplicationContext) context).registerBean(Freezing.class))
          .run(arguments);
    }
  }

  /** A job that no interruption ends, like one in the middle of its last transaction. */
  static final class Freezing implements JobHandler {

    private final SampleApplication.Notes notes;
    private final long pid = ProcessHandle.current().pid();

    Freezing(SampleApplication.Notes notes) {
      this.notes = notes;
    }

    @Override
    public String kind() {
      return KIND;
    }

    @Override
    public void run(JobContext job) {
      notes.create("began-" + pid);
      stubbornly(() -> notes.find("go"));
      try {
        stubbornly(() -> job.runUnderLease(() -> notes.create("effect-of-" + pid)));
      } catch (LeaseLost lost) {
        stubbornly(() -> notes.create("lost-" + pid));
        throw lost;
      }
    }

    private static void stubbornly(Runnable step) {
      while (true) {
        try {
          step.run();
          return;
        } catch (LeaseLost lost) {
          throw lost;
        } catch (RuntimeException notYet) {
          LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
          Thread.interrupted();
        }
      }
    }
  }
}
