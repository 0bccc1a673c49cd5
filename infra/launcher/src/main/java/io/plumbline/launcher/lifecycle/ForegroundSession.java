package io.plumbline.launcher.lifecycle;

import io.plumbline.launcher.component.Platform;
import io.plumbline.launcher.process.RestartRecord;
import java.io.PrintStream;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Stays at the terminal with what this command has started, and takes it down again on Ctrl-C. */
public final class ForegroundSession {

  private static final Duration POLL_INTERVAL = Duration.ofSeconds(1);

  private final Platform platform;
  private final PrintStream out;
  private final Map<String, RestartRecord> printed = new HashMap<>();

  public ForegroundSession(Platform platform, PrintStream out) {
    this.platform = platform;
    this.out = out;
  }

  /** Returns when another command has stopped every one of the processes. */
  public void stay(List<String> started) {
    Runtime.getRuntime().addShutdownHook(new Thread(() -> takeDown(started)));
    out.println("Ctrl-C stops what was started.");
    try {
      while (started.stream().anyMatch(platform.table()::isRecorded)) {
        started.forEach(this::printRestart);
        Thread.sleep(POLL_INTERVAL);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void printRestart(String name) {
    platform
        .table()
        .findRestart(name)
        .filter(restartRecord -> !restartRecord.equals(printed.put(name, restartRecord)))
        .ifPresent(restartRecord ->
            out.println(
                name
                    + " had ended ("
                    + restartRecord.reason()
                    + ") and was started again. Its log: "
                    + platform.layout().log(name)));
  }

  private void takeDown(List<String> started) {
    Shutdown shutdown = new Shutdown(platform, out);
    shutdown.stop(List.of(Platform.SUPERVISOR, Platform.CACHE_MAKER));
    List<String> applications = platform.applicationNames();
    shutdown.stop(started.stream().filter(applications::contains).toList());
    started.reversed().stream()
        .filter(name -> !applications.contains(name))
        .forEach(name -> shutdown.stop(List.of(name)));
  }
}
