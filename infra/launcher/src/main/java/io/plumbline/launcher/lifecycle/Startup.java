package io.plumbline.launcher.lifecycle;

import io.plumbline.launcher.component.Component;
import io.plumbline.launcher.component.Platform;
import io.plumbline.launcher.installation.LauncherException;
import io.plumbline.launcher.process.ChildProcess;
import io.plumbline.launcher.process.Logs;
import io.plumbline.launcher.process.PortCheck;
import io.plumbline.launcher.process.ProcessTable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Starts what is not running: foundations first, then the rest, then further replicas, as many at
 * once as there are cores, in the order in which they are given.
 */
public final class Startup {

  private static final Duration LIMIT = Duration.ofMinutes(4);
  private static final Duration POLL = Duration.ofMillis(200);

  private final List<Component> foundations;
  private final List<Component> dependents;
  private final List<Component> replicas;
  private final ProcessTable table;
  private final StartupProgressTable view;
  private final AtomicReference<@Nullable RuntimeException> failure = new AtomicReference<>();
  private final List<String> started = new ArrayList<>();

  public Startup(Platform platform, StartupProgressTable view) {
    this(
        platform.foundations(),
        platform.dependents(),
        platform.furtherReplicas(),
        platform.table(),
        view);
  }

  Startup(
      List<Component> foundations,
      List<Component> dependents,
      List<Component> replicas,
      ProcessTable table,
      StartupProgressTable view) {
    this.foundations = foundations;
    this.dependents = dependents;
    this.replicas = replicas;
    this.table = table;
    this.view = view;
  }

  /**
   * Starts what is not running, and waits until all components are ready. What had to be started is
   * then in {@link #startedNames()}.
   */
  public void run() {
    stopOutdated();
    components().stream()
        .filter(component -> table.find(component.name()).isEmpty())
        .forEach(Startup::requireFree);
    try (ExecutorService turns =
        Executors.newFixedThreadPool(Math.max(2, Runtime.getRuntime().availableProcessors()))) {
      for (List<Component> group : List.of(foundations, dependents, replicas)) {
        bringUp(group, turns);
      }
    }
  }

  private void bringUp(List<Component> group, ExecutorService turns) {
    CompletableFuture<?>[] components =
        group.stream()
            .map(component ->
                CompletableFuture.runAsync(() -> bringUpUnlessFailed(component), turns))
            .toArray(CompletableFuture<?>[]::new);
    CompletableFuture.allOf(components).join();
    RuntimeException failed = failure.get();
    if (failed != null) {
      throw failed;
    }
  }

  private List<Component> components() {
    return Stream.of(foundations, dependents, replicas).flatMap(List::stream).toList();
  }

  private static void requireFree(Component component) {
    component.ports().forEach(port -> PortCheck.requireFree(component.name(), port));
  }

  private void stopOutdated() {
    for (Component component : components()) {
      table
          .find(component.name())
          .filter(component::isOutdated)
          .ifPresent(process -> {
            ChildProcess.stop(process, component.stopSignal());
            table.forget(component.name());
          });
    }
  }

  /** Brings up this component alone. */
  public void bringUpOnly(Component component) {
    if (table.find(component.name()).isEmpty()) {
      requireFree(component);
    }
    bringUp(component);
  }

  public synchronized List<String> startedNames() {
    return List.copyOf(started);
  }

  /** Brings a component up, unless another one has failed: after a failure nothing more begins. */
  private void bringUpUnlessFailed(Component component) {
    if (failure.get() != null) {
      return;
    }
    try {
      bringUp(component);
    } catch (RuntimeException e) {
      failure.compareAndSet(null, e);
      view.showStage(component.name(), Stage.FAILED);
    }
  }

  private void bringUp(Component component) {
    Wait wait =
        table
            .find(component.name())
            .map(running -> awaitReady(component, running))
            .orElse(Wait.ENDED);
    if (wait == Wait.ENDED) {
      // Nothing ran, or what ran was about to end.
      view.showStage(component.name(), Stage.PREPARING);
      component.prepare();
      wait = awaitReady(component, start(component));
    }
    if (wait == Wait.ENDED) {
      throw new LauncherException(
          component.name() + " ended while starting." + Logs.lastLines(component.process().log()));
    }
    if (wait == Wait.READY) {
      component.configure();
      view.showStage(component.name(), Stage.READY);
    }
  }

  private ProcessHandle start(Component component) {
    view.showStage(component.name(), Stage.STARTING);
    component.initialize();
    ChildProcess child = component.process();
    Logs.rotate(child.log());
    Process process = child.start();
    table.record(component.name(), process.pid());
    synchronized (this) {
      started.add(component.name());
    }
    return process.toHandle();
  }

  /** The end of a wait for a process. Waiting is pointless once another component has failed. */
  private enum Wait {
    READY,
    ENDED,
    POINTLESS
  }

  private Wait awaitReady(Component component, ProcessHandle handle) {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (handle.isAlive()) {
      if (component.isReady()) {
        return Wait.READY;
      }
      if (failure.get() != null) {
        return Wait.POINTLESS;
      }
      if (System.nanoTime() > deadline) {
        throw new LauncherException(
            component.name()
                + " is not ready after "
                + LIMIT.toSeconds()
                + " s."
                + Logs.lastLines(component.process().log()));
      }
      try {
        Thread.sleep(POLL);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new LauncherException("Interrupted while waiting for " + component.name() + ".", e);
      }
    }
    return Wait.ENDED;
  }
}
