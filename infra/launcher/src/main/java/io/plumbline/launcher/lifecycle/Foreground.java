package io.plumbline.launcher.lifecycle;

import io.plumbline.launcher.component.Platform;
import io.plumbline.launcher.installation.Application;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Stays at the terminal with what this command has started, and takes it down again on Ctrl-C. */
public final class Foreground {

  private final Platform platform;
  private final PrintStream out;
  private volatile boolean leaving;

  public Foreground(Platform platform, PrintStream out) {
    this.platform = platform;
    this.out = out;
  }

  /** Returns when every one of the processes has ended by itself. */
  public void stay(List<String> started) {
    Runtime.getRuntime().addShutdownHook(new Thread(() -> takeDown(started)));
    out.println("Ctrl-C stops what was started.");
    CompletableFuture<?>[] ends =
        started.stream()
            .flatMap(name ->
                platform.table().find(name).stream().map(process -> reportEnd(name, process)))
            .toArray(CompletableFuture<?>[]::new);
    CompletableFuture.allOf(ends).join();
  }

  private CompletableFuture<Void> reportEnd(String name, ProcessHandle process) {
    return process
        .onExit()
        .thenRun(() -> {
          if (!leaving) {
            out.println(name + " has ended. Its log: " + platform.layout().log(name));
          }
        });
  }

  private void takeDown(List<String> started) {
    leaving = true;
    Shutdown shutdown = new Shutdown(platform, out);
    shutdown.stop(List.of(Platform.CACHE_MAKER));
    shutdown.stop(started.stream().filter(name -> Application.named(name).isPresent()).toList());
    started.reversed().stream()
        .filter(name -> Application.named(name).isEmpty())
        .forEach(name -> shutdown.stop(List.of(name)));
  }
}
