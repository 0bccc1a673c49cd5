package io.plumbline.launcher.lifecycle;

import io.plumbline.launcher.component.Component;
import io.plumbline.launcher.installation.InstallationLock;
import io.plumbline.launcher.process.ChildProcess;
import io.plumbline.launcher.process.Ending;
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
   * @param starts the starts in a row after each of which it died soon
   * @param next when it may be started again, or, while it runs, when it counts as healthy
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
    say("looks after " + components.size() + " processes");
    while (true) {
      look();
      try {
        Thread.sleep(POLL_INTERVAL);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  /** Starts each process that is dead and whose time has come. */
  void look() {
    components.forEach(this::look);
  }

  private void look(Component component) {
    String name = component.name();
    Attempt attempt = attempts.get(name);
    if (!table.expected(name)) {
      attempts.remove(name);
    } else if (table.find(name).isPresent()) {
      if (attempt != null && attempt.running() && !clock.instant().isBefore(attempt.next())) {
        attempts.remove(name);
      }
    } else if (attempt == null || attempt.running()) {
      int starts = attempt == null ? 0 : attempt.starts();
      Duration wait = wait(starts);
      attempts.put(name, new Attempt(starts, clock.instant().plus(wait), false));
      say(
          name
              + " has died ("
              + ending(component)
              + "); starts again in "
              + wait.toSeconds()
              + " s");
    } else if (!clock.instant().isBefore(attempt.next())) {
      // Another command that starts or ends things goes first; it is tried again at the next look.
      lock.tryDuring(() -> restart(component, attempt));
    }
  }

  private void restart(Component component, Attempt attempt) {
    String name = component.name();
    if (!table.expected(name) || table.find(name).isPresent()) {
      return;
    }
    attempts.put(name, new Attempt(attempt.starts() + 1, clock.instant().plus(HEALTHY), true));
    String reason = ending(component);
    try {
      component.prepare();
      component.initialize();
      ChildProcess child = component.process();
      Logs.rotate(child.log());
      Process process = child.start();
      children.put(name, process);
      table.restarted(name, process.pid(), clock.instant(), reason);
      say(name + " started again as process " + process.pid());
    } catch (RuntimeException e) {
      // A component that cannot be started, for example while its jar is built anew, must not end
      // the care for the others. It is dead at the next look and waits longer.
      say(name + " could not be started again: " + e.getMessage());
    }
  }

  private String ending(Component component) {
    @Nullable Process child = children.get(component.name());
    return Ending.of(child, component.process().log());
  }

  private static Duration wait(int starts) {
    Duration wait = FIRST_WAIT.multipliedBy(1L << Math.min(starts, 6));
    return wait.compareTo(LONGEST_WAIT) < 0 ? wait : LONGEST_WAIT;
  }

  private void say(String what) {
    log.println(clock.instant() + " " + what);
  }
}
