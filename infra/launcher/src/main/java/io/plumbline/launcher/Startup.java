package io.plumbline.launcher;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Brings up what is not up: foundations first, then the rest, no more at once than the cores bear.
 */
final class Startup {

  private static final Duration LIMIT = Duration.ofMinutes(4);
  private static final Duration POLL = Duration.ofMillis(200);

  private final Platform platform;
  private final StatusTable view;
  private final Semaphore cores =
      new Semaphore(Math.max(2, Runtime.getRuntime().availableProcessors()), true);
  private final AtomicBoolean failed = new AtomicBoolean();
  private final AtomicReference<@Nullable Trouble> trouble = new AtomicReference<>();
  private final List<String> started = new ArrayList<>();

  Startup(Platform platform, StatusTable view) {
    this.platform = platform;
    this.view = view;
  }

  /** Returns when all are ready; what had to be started is then in {@link #started()}. */
  void run() {
    endOutdated();
    List<Component> absent =
        platform.components().stream()
            .filter(component -> platform.table().find(component.name()).isEmpty())
            .toList();
    absent.forEach(component -> Ports.requireFree(component.name(), component.port()));
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Component> upper = platform.upperFloors();
      CompletableFuture<?>[] foundations =
          platform.foundations().stream()
              .map(component ->
                  CompletableFuture.runAsync(
                      () -> guarded(component, () -> bringUp(component, true)), threads))
              .toArray(CompletableFuture<?>[]::new);
      CompletableFuture<Void> base = CompletableFuture.allOf(foundations);
      CompletableFuture<?>[] rest =
          upper.stream()
              .map(component ->
                  CompletableFuture.allOf(
                          base,
                          CompletableFuture.runAsync(
                              () -> guarded(component, () -> prepare(component)), threads))
                      .thenRunAsync(
                          () -> guarded(component, () -> bringUp(component, false)), threads))
              .toArray(CompletableFuture<?>[]::new);
      CompletableFuture.allOf(CompletableFuture.allOf(rest), base).join();
    } catch (CompletionException e) {
      Trouble first = trouble.get();
      throw first == null ? e : first;
    }
  }

  private void endOutdated() {
    for (Component component : platform.components()) {
      platform
          .table()
          .find(component.name())
          .filter(component::outdated)
          .ifPresent(process -> {
            ChildProcess.stop(process, component.stopSignal());
            platform.table().forget(component.name());
          });
    }
  }

  /** Brings up this one alone. */
  void only(Component component) {
    if (platform.table().find(component.name()).isEmpty()) {
      Ports.requireFree(component.name(), component.port());
    }
    bringUp(component, true);
  }

  synchronized List<String> started() {
    return List.copyOf(started);
  }

  private void guarded(Component component, Runnable step) {
    if (failed.get()) {
      return;
    }
    boolean done = false;
    try {
      cores.acquire();
      try {
        step.run();
        done = true;
      } finally {
        cores.release();
      }
    } catch (Trouble e) {
      trouble.compareAndSet(null, e);
      throw e;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      if (!done) {
        failed.set(true);
        view.move(component.name(), Stage.FAILED);
      }
    }
  }

  private void prepare(Component component) {
    if (platform.table().find(component.name()).isEmpty()) {
      view.move(component.name(), Stage.PREPARING);
      component.prepare();
    }
  }

  private void bringUp(Component component, boolean preparing) {
    ProcessHandle handle = platform.table().find(component.name()).orElse(null);
    if (handle == null) {
      if (preparing) {
        prepare(component);
      }
      handle = start(component);
    }
    if (becomesReady(component, handle)) {
      component.configure();
      view.move(component.name(), Stage.READY);
    }
  }

  private ProcessHandle start(Component component) {
    view.move(component.name(), Stage.STARTING);
    ChildProcess child = component.process();
    Logs.rotate(child.log());
    Process process = child.start();
    platform.table().record(component.name(), process.pid());
    synchronized (this) {
      started.add(component.name());
    }
    return process.toHandle();
  }

  /** False when another component has failed, so that waiting is pointless. */
  private boolean becomesReady(Component component, ProcessHandle handle) {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (!component.ready()) {
      if (failed.get()) {
        return false;
      }
      if (!handle.isAlive()) {
        throw new Trouble(
            component.name()
                + " ended while starting."
                + Logs.ending(platform.layout().log(component.name())));
      }
      if (System.nanoTime() > deadline) {
        throw new Trouble(
            component.name()
                + " is not ready after "
                + LIMIT.toSeconds()
                + " s."
                + Logs.ending(platform.layout().log(component.name())));
      }
      try {
        Thread.sleep(POLL);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new Trouble("Interrupted while waiting for " + component.name() + ".", e);
      }
    }
    return true;
  }
}
