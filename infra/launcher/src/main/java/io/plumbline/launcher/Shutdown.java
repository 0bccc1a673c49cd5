package io.plumbline.launcher;

import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Ends what this installation has started, in the order in which nobody loses what he still needs.
 */
record Shutdown(Platform platform, PrintStream out) {

  /** Returns how many processes it ended. */
  int all() {
    List<String> applications = Application.values().stream().map(Application::name).toList();
    int ended = stop(List.of(Platform.CACHE_MAKER));
    ended += stop(applications);
    ended += stop(List.of("keycloak"));
    ended += stop(List.of("kafka"));
    return ended + stop(List.of("postgresql"));
  }

  int stop(List<String> names) {
    List<String> running =
        names.stream().filter(name -> platform.table().find(name).isPresent()).toList();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      running.forEach(name -> threads.execute(() -> stop(name)));
    }
    names.forEach(platform.table()::forget);
    return running.size();
  }

  private void stop(String name) {
    platform
        .table()
        .find(name)
        .ifPresent(process -> {
          ChildProcess.stop(
              process, name.equals("postgresql") ? platform.postgres().stopSignal() : "TERM");
          out.printf("  %-18s stopped%n", name);
        });
  }
}
