package io.plumbline.launcher.lifecycle;

import io.plumbline.launcher.component.Component;
import io.plumbline.launcher.installation.InstallationLock;
import io.plumbline.launcher.process.ChildProcess;
import io.plumbline.launcher.process.ExitReason;
import io.plumbline.launcher.process.Logs;
import io.plumbline.launcher.process.ProcessTable;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Restarts processes that have died. A process that a command stopped is no longer in the table, or
 * is marked as being stopped, and stays down. A process that only hangs is left running.
 */
public final class Supervisor {

  private static final Duration POLL_INTERVAL = Duration.ofSeconds(1);
  private static final Duration FIRST_WAIT = Duration.ofSeconds(1);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);

  /**
   * The time after which a restarted process counts as healthy. It is the longest wait: a process
   * that dies less often than that is restarted at once.
   */
  private static final Duration HEALTHY = LONGEST_WAIT;

  /**
   * The restarts of a process that died.
   *
   * @param starts the number of starts in a row after which the process died soon
   * @param next when the process may be started again; while it runs, when it counts as healthy
   */
  private record Attempt(int starts, Instant next, boolean running) {}

  private final List<Component> components;
  private final ProcessTable table;
  private final InstallationLock lock;
  private final Clock clock;
  private final PrintStream log;
  private final Map<String, Attempt> attempts = new HashMap<>();
  private final Map<String, Process> children = new HashMap<>();

  Supervisor(
      List<Component> components,
      ProcessTable table,
      InstallationLock lock,
      Clock clock,
      PrintStream log) {
    this.components = components;
    this.table = table;
    this.lock = lock;
    this.clock = clock;
    this.log = log;
  }

  /** Looks after the processes until it is interrupted. */
  void run() {
    printLine("The supervisor restarts any of " + components.size() + " processes that dies");
    while (true) {
      restartDead();
      try {
        Thread.sleep(POLL_INTERVAL);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  /** Starts each process that is dead and whose time has come. */
  void restartDead() {
    components.forEach(this::restartIfDead);
  }

  private void restartIfDead(Component component) {
    String name = component.name();
    Attempt attempt = attempts.get(name);
    if (!table.isExpected(name)) {
      attempts.remove(name);
    } else if (table.find(name).isPresent()) {
      if (attempt != null && attempt.running() && !clock.instant().isBefore(attempt.next())) {
        attempts.remove(name);
      }
    } else if (attempt == null || attempt.running()) {
      int starts = attempt == null ? 0 : attempt.starts();
      Duration wait = restartDelay(starts);
      attempts.put(name, new Attempt(starts, clock.instant().plus(wait), false));
      printLine(
          name
              + " has died ("
              + endReason(component)
              + "); starts again in "
              + wait.toSeconds()
              + " s");
    } else if (!clock.instant().isBefore(attempt.next())) {
      // Another command that starts or ends things goes first; it is tried again at the next look.
      lock.tryRunLocked(() -> restart(component, attempt));
    }
  }

  private void restart(Component component, Attempt attempt) {
    String name = component.name();
    if (!table.isExpected(name) || table.find(name).isPresent()) {
      return;
    }
    attempts.put(name, new Attempt(attempt.starts() + 1, clock.instant().plus(HEALTHY), true));
    String reason = endReason(component);
    try {
      component.prepare();
      component.initialize();
      ChildProcess child = component.process();
      Logs.rotate(child.log());
      Process process = child.start();
      children.put(name, process);
      table.recordRestart(name, process.pid(), clock.instant(), reason);
      printLine(name + " started again as process " + process.pid());
    } catch (RuntimeException e) {
      // A component that cannot be started, for example while its jar is built anew, must not end
      // the care for the others. It is dead at the next look and waits longer.
      printLine(
          name
              + " could not be started again, and is tried again after a longer wait: "
              + e.getMessage());
    }
  }

  private String endReason(Component component) {
    @Nullable Process child = children.get(component.name());
    return ExitReason.reasonOf(child, component.process().log());
  }

  private static Duration restartDelay(int starts) {
    Duration wait = FIRST_WAIT.multipliedBy(1L << Math.min(starts, 6));
    return wait.compareTo(LONGEST_WAIT) < 0 ? wait : LONGEST_WAIT;
  }

  private void printLine(String what) {
    log.println(clock.instant() + " " + what);
  }
}
