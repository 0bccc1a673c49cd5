package io.plumbline.launcher.lifecycle;

import io.plumbline.launcher.component.Platform;
import io.plumbline.launcher.process.ChildProcess;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Stops what this installation has started, dependents before what they depend on. */
public record Shutdown(Platform platform, PrintStream out) {

  /** Stops all processes, and returns how many were running. */
  public int stopAll() {
    checkpoint();
    int ended = stop(List.of(Platform.SUPERVISOR, Platform.CACHE_MAKER));
    ended += stop(platform.applicationNames());
    checkpoint();
    ended += stop(List.of("keycloak", "redis", "kafka"));
    return ended + stop(List.of("postgresql"));
  }

  /** Starts a checkpoint, so that PostgreSQL writes most of its data while others end. */
  private void checkpoint() {
    if (platform.table().find(platform.postgres().name()).isPresent()) {
      Thread.ofVirtual().start(platform.postgres()::checkpoint);
    }
  }

  /** Stops the named processes, and returns how many of them were running. */
  public int stop(List<String> names) {
    names.forEach(platform.table()::markEnding);
    List<String> running =
        names.stream().filter(name -> platform.table().find(name).isPresent()).toList();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      running.forEach(name -> threads.execute(() -> stop(name)));
    }
    // A process that did not end, even when killed, stays in the table.
    names.stream()
        .filter(name -> platform.table().find(name).isEmpty())
        .forEach(platform.table()::forget);
    return running.size();
  }

  private void stop(String name) {
    platform
        .table()
        .find(name)
        .ifPresent(process -> {
          switch (name) {
            // The processes that it restarted are stopped by their own names.
            case Platform.SUPERVISOR -> ChildProcess.stopWithoutDescendants(process);
            // Finished caches are complete, and an unfinished one is made anew. The process yields
            // to all others, so it would be the last to end by itself.
            case Platform.CACHE_MAKER -> ChildProcess.stop(process, "KILL");
            case "postgresql" -> ChildProcess.stop(process, platform.postgres().stopSignal());
            default -> ChildProcess.stop(process, "TERM");
          }
          out.printf("  %-18s stopped%n", name);
        });
  }
}
