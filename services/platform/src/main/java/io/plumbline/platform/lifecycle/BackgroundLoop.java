package io.plumbline.platform.lifecycle;

import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

/**
 * A thread that takes one turn after another while the application runs. A turn that fails is told,
 * and after a pause the next one is taken: whatever it was, what a loop keeps going must not stand
 * still for ever. To stop it the thread is interrupted.
 */
public final class BackgroundLoop implements SmartLifecycle {

  /** One turn: does what there is to do, or waits until there is something. */
  public interface Task {
    void run() throws Exception;
  }

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final String name;
  private final Duration pauseAfterFailure;
  private final Task turn;
  private final Consumer<Throwable> failed;
  private volatile @Nullable Thread thread;

  /**
   * @param failed told what ended a turn
   */
  public BackgroundLoop(
      String name, Duration pauseAfterFailure, Task turn, Consumer<Throwable> failed) {
    this.name = name;
    this.pauseAfterFailure = pauseAfterFailure;
    this.turn = turn;
    this.failed = failed;
  }

  /** A loop that works, and waits for the interval before each turn. */
  public static BackgroundLoop every(
      Duration interval, String name, Task work, Consumer<Throwable> failed) {
    return new BackgroundLoop(
        name,
        Duration.ZERO,
        () -> {
          Thread.sleep(interval);
          work.run();
        },
        failed);
  }

  @Override
  public void start() {
    // Assigned before it runs: the loop ends when it finds no thread.
    Thread loop = Thread.ofPlatform().name(name).daemon().unstarted(this::run);
    thread = loop;
    loop.start();
  }

  @Override
  public void stop() {
    Thread running = thread;
    thread = null;
    if (running != null) {
      running.interrupt();
      try {
        running.join(PATIENCE);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public boolean isRunning() {
    return thread != null;
  }

  /**
   * Early to start and late to stop: whatever the web server still commits is still taken care of.
   */
  @Override
  public int getPhase() {
    return 0;
  }

  private void run() {
    while (isRunning()) {
      try {
        turn.run();
      } catch (InterruptedException e) {
        return;
      } catch (Exception | Error e) {
        if (!isRunning()) {
          return;
        }
        failed.accept(e);
        if (!pause()) {
          return;
        }
      }
    }
  }

  private boolean pause() {
    try {
      Thread.sleep(pauseAfterFailure);
      return true;
    } catch (InterruptedException e) {
      return false;
    }
  }
}
