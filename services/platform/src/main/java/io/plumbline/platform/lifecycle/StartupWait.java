package io.plumbline.platform.lifecycle;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * The wait of a starting process for what it cannot work without: a database, its migrations, a
 * broker. It has no end of its own, because what the process needs may be installed after it. What
 * is missing is logged at once, again when it changes, and every {@link #REPEAT}.
 */
public final class StartupWait {

  private static final Duration FIRST_PAUSE = Duration.ofMillis(500);

  /** The longest pause between two attempts, before it is randomised. */
  private static final Duration MAX_PAUSE = Duration.ofSeconds(5);

  private static final Backoff PAUSE = new Backoff(FIRST_PAUSE, MAX_PAUSE);

  /** The time after which an unchanged message is logged again. */
  static final Duration REPEAT = Duration.ofSeconds(30);

  /** A check of what the process needs. */
  @FunctionalInterface
  public interface Check {

    /**
     * Returns what is missing and why, as it follows "Waiting for": {@code the database at
     * localhost:5432: connection refused}. Empty when the process can go on.
     */
    Optional<String> missing();
  }

  /** A pause of the calling thread. */
  @FunctionalInterface
  interface Pause {
    void sleep(Duration duration) throws InterruptedException;
  }

  private final Consumer<String> log;
  private final Pause pause;
  private final LongSupplier nanoTime;

  /**
   * @param log receives each message, one line
   */
  public StartupWait(Consumer<String> log) {
    this(log, Thread::sleep, System::nanoTime);
  }

  /**
   * @param nanoTime the time as {@link System#nanoTime()} returns it
   */
  StartupWait(Consumer<String> log, Pause pause, LongSupplier nanoTime) {
    this.log = log;
    this.pause = pause;
    this.nanoTime = nanoTime;
  }

  /**
   * Returns once nothing is missing.
   *
   * @throws InterruptedException when the thread is interrupted meanwhile
   */
  public void until(Check check) throws InterruptedException {
    Optional<String> missing = check.missing();
    if (missing.isEmpty()) {
      return;
    }
    String logged = "";
    long loggedAt = 0;
    for (int attempts = 1; missing.isPresent(); attempts++) {
      boolean due = nanoTime.getAsLong() - loggedAt >= REPEAT.toNanos();
      if (due || !missing.get().equals(logged)) {
        logged = missing.get();
        loggedAt = nanoTime.getAsLong();
        log.accept("Waiting for " + logged);
      }
      pause.sleep(PAUSE.pause(attempts));
      missing = check.missing();
    }
    log.accept("The wait is over, the start goes on.");
  }
}
