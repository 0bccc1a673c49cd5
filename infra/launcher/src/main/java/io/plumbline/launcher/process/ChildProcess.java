package io.plumbline.launcher.process;

import io.plumbline.launcher.installation.LauncherException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A program to run as a child. It gets a session of its own, so that Ctrl-C at the terminal does
 * not reach it, and its output goes to a log.
 */
public record ChildProcess(
    String name, List<String> command, Map<String, String> environment, Path directory, Path log) {

  private static final Duration GRACE = Duration.ofSeconds(20);
  private static final Duration POLL_INTERVAL = Duration.ofMillis(20);

  /**
   * Returns this process with the time that the cores have left over. Linux weighs sessions against
   * one another before it looks at the priority of their processes, so that {@code nice} alone
   * changes nothing for one that has a session to itself (sched(7), The autogroup feature).
   */
  public ChildProcess withLowPriority() {
    List<String> whole =
        new ArrayList<>(
            List.of(
                "sh",
                "-c",
                "echo 19 2>/dev/null >/proc/self/autogroup; exec nice -n 19 \"$@\"",
                "sh"));
    whole.addAll(command);
    return new ChildProcess(name, whole, environment, directory, log);
  }

  /** Starts the program and leaves it running. */
  public Process start() {
    List<String> whole = new ArrayList<>(newSessionCommand());
    whole.addAll(command);
    ProcessBuilder builder =
        new ProcessBuilder(whole)
            .directory(directory.toFile())
            .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    removeDemoVariables(builder.environment());
    builder.environment().putAll(environment);
    try {
      return builder.start();
    } catch (IOException e) {
      throw new LauncherException("Cannot start " + name + ": " + e.getMessage(), e);
    }
  }

  /**
   * Removes the variables of the demo, such as the key of a model: no other program may have them.
   */
  static void removeDemoVariables(Map<String, String> inherited) {
    inherited.keySet().removeIf(name -> name.startsWith("PLUMBLINE_DEMO_"));
  }

  /**
   * Runs the program to its end.
   *
   * @throws LauncherException when the program fails or takes too long; the message ends with the
   *     last lines of its log
   */
  public void run(Duration limit) {
    Process process = start();
    try {
      if (!process.waitFor(limit.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new LauncherException(
            name + " did not finish within " + limit.toSeconds() + " s." + Logs.lastLines(log));
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new LauncherException("Interrupted while running " + name + ".", e);
    }
    if (process.exitValue() != 0) {
      throw new LauncherException(
          name + " failed with exit code " + process.exitValue() + "." + Logs.lastLines(log));
    }
  }

  /**
   * Sends {@code signal} to the process and awaits its end. After the grace period it kills
   * whatever is left of the process and of those that it started.
   */
  public static void stop(ProcessHandle process, String signal) {
    List<ProcessHandle> offspring;
    try (Stream<ProcessHandle> descendants = process.descendants()) {
      offspring = descendants.toList();
    }
    stop(process, offspring, signal);
  }

  /** Stops the process, and leaves those running that it started. */
  public static void stopWithoutDescendants(ProcessHandle process) {
    stop(process, List.of(), "TERM");
  }

  private static void stop(ProcessHandle process, List<ProcessHandle> offspring, String signal) {
    sendSignal(process, signal);
    awaitEnd(process, GRACE);
    Stream.concat(Stream.of(process), offspring.stream())
        .filter(ProcessHandle::isAlive)
        .forEach(ProcessHandle::destroyForcibly);
    awaitEnd(process, GRACE);
  }

  private static void sendSignal(ProcessHandle process, String signal) {
    if (signal.equals("TERM")) {
      process.destroy();
      return;
    }
    try {
      new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start().waitFor();
    } catch (IOException noKill) {
      process.destroy();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Waits until the process has ended, or the time is over. {@link ProcessHandle#onExit()} polls a
   * process that this JVM did not start only every 300 ms, and less often the longer it waits.
   */
  private static void awaitEnd(ProcessHandle process, Duration limit) {
    long end = System.nanoTime() + limit.toNanos();
    try {
      while (process.isAlive() && System.nanoTime() < end) {
        Thread.sleep(POLL_INTERVAL);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Returns whether a process was started with this file, or with one in this folder. */
  public static boolean anyRunsFrom(Path path) {
    return ProcessHandle.allProcesses()
        .anyMatch(process ->
            process
                .info()
                .commandLine()
                .filter(line -> line.contains(path.toString()))
                .isPresent());
  }

  private static List<String> newSessionCommand() {
    return findOnPath("setsid").map(setsid -> List.of(setsid.toString())).orElse(List.of());
  }

  public static Optional<Path> findOnPath(String program) {
    return Stream.of(
            Optional.ofNullable(System.getenv("PATH")).orElse("").split(File.pathSeparator, -1))
        .map(directory -> Path.of(directory, program))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
