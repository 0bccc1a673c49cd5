package io.plumbline.platform.lifecycle;

import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

/**
 * A thread that runs a task again and again while the application runs. A failure of any kind is
 * reported, and the task runs again after a pause. The loop is stopped by interrupting its thread.
 */
public final class BackgroundLoop implements SmartLifecycle {

  /** Does the work that there is, or waits until there is some. */
  public interface Task {
    void run() throws Exception;
  }

  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(10);

  private final String name;
  private final Backoff backoff;
  private final Task task;
  private final Consumer<Throwable> onFailure;
  private volatile @Nullable Thread thread;

  /**
   * Creates a loop.
   *
   * @param backoff the pause after a failure; failures that are further apart than its limit do not
   *     count as successive
   * @param onFailure receives the exception that ended a run of the task
   */
  public BackgroundLoop(String name, Backoff backoff, Task task, Consumer<Throwable> onFailure) {
    this.name = name;
    this.backoff = backoff;
    this.task = task;
    this.onFailure = onFailure;
  }

  public BackgroundLoop(
      String name, Duration pauseAfterFailure, Task task, Consumer<Throwable> onFailure) {
    this(name, Backoff.constant(pauseAfterFailure), task, onFailure);
  }

  /** Returns a loop that waits for the interval before each run. */
  public static BackgroundLoop every(
      Duration interval, String name, Task task, Consumer<Throwable> onFailure) {
    return new BackgroundLoop(
        name,
        Duration.ZERO,
        () -> {
          Thread.sleep(interval);
          task.run();
        },
        onFailure);
  }

  @Override
  public void start() {
    // The field is assigned before the thread runs, because the loop ends when it finds no thread.
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
        running.join(STOP_TIMEOUT);
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
   * Makes the loop start early and stop late, so that what the web server still commits is still
   * processed.
   */
  @Override
  public int getPhase() {
    return 0;
  }

  private void run() {
    int failures = 0;
    while (isRunning()) {
      long started = System.nanoTime();
      try {
        task.run();
        failures = 0;
      } catch (InterruptedException e) {
        return;
      } catch (Exception | Error e) {
        if (!isRunning()) {
          return;
        }
        onFailure.accept(e);
        failures = System.nanoTime() - started > backoff.limit().toNanos() ? 1 : failures + 1;
        if (!pause(backoff.pause(failures))) {
          return;
        }
      }
    }
  }

  private static boolean pause(Duration pause) {
    try {
      Thread.sleep(pause);
      return true;
    } catch (InterruptedException e) {
      return false;
    }
  }
}
