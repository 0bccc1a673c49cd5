package io.plumbline.e2e.fault;

import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/** Makes one change after another, repeating each until it is acknowledged. */
public final class Writer implements Runnable {

  private static final Duration TIMEOUT = Duration.ofMinutes(10);

  /** The pause between changes, which leaves two cores the time to restart what was killed. */
  private static final Duration PAUSE = Duration.ofMillis(Integer.getInteger("faults.pause", 600));

  private static final Duration BEFORE_REPEATING = Duration.ofMillis(200);

  private final String name;
  private final Change change;
  private final BooleanSupplier enough;
  private final AtomicInteger acknowledged = new AtomicInteger();

  /**
   * @param enough checked before each change
   */
  public Writer(String name, Change change, BooleanSupplier enough) {
    this.name = name;
    this.change = change;
    this.enough = enough;
  }

  public Change change() {
    return change;
  }

  public int acknowledged() {
    return acknowledged.get();
  }

  @Override
  public void run() {
    for (int number = 0; !enough.getAsBoolean(); number++) {
      String key = UUID.randomUUID().toString();
      long end = System.nanoTime() + TIMEOUT.toNanos();
      while (!change.attempt(number, key)) {
        if (System.nanoTime() > end || !pause(BEFORE_REPEATING)) {
          return;
        }
      }
      acknowledged.incrementAndGet();
      pause(PAUSE);
    }
  }

  @Override
  public String toString() {
    return name;
  }

  private static boolean pause(Duration pause) {
    try {
      Thread.sleep(pause);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
