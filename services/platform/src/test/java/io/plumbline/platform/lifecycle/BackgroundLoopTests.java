package io.plumbline.platform.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.web.server.context.WebServerApplicationContext;

class BackgroundLoopTests {

  private static final Duration A_DAY = Duration.ofDays(1);

  private final List<Throwable> reported = new CopyOnWriteArrayList<>();
  private final AtomicReference<Thread> thread = new AtomicReference<>();
  private final CountDownLatch waiting = new CountDownLatch(1);
  private BackgroundLoop loop = loop(Duration.ZERO, this::waits);

  @AfterEach
  void stop() {
    loop.stop();
  }

  static List<Throwable> failures() {
    return List.of(
        new IllegalStateException("unchecked"),
        new Exception("checked"),
        new StackOverflowError("an error"));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void a_failed_run_is_reported_and_the_next_one_is_taken(Throwable failure) throws Exception {
    Queue<Throwable> failures = new ArrayDeque<>(List.of(failure));
    loop =
        loop(
            Duration.ZERO,
            () -> {
              fail(failures.poll());
              waits();
            });

    loop.start();
    waiting.await();

    assertThat(reported).containsExactly(failure);
  }

  @Test
  void runs_follow_each_other() {
    Semaphore runs = new Semaphore(3);
    loop = loop(A_DAY, runs::acquire);

    loop.start();

    await().until(() -> runs.availablePermits() == 0);
    assertThat(reported).isEmpty();
  }

  @Test
  void one_with_an_interval_works_again_and_again_whatever_a_run_met() {
    Semaphore runs = new Semaphore(3);
    loop =
        BackgroundLoop.every(
            Duration.ofMillis(1),
            "loop-under-test",
            () -> {
              runs.acquire();
              throw new IllegalStateException("again");
            },
            reported::add);

    loop.start();

    await().until(() -> reported.size() == 3);
  }

  @Test
  void stop_ends_a_waiting_run_and_reports_nothing() throws Exception {
    loop.start();
    waiting.await();

    loop.stop();

    assertStopped();
    assertThat(reported).isEmpty();
  }

  @Test
  void stop_ends_the_pause_after_a_failure() throws Exception {
    loop =
        loop(
            A_DAY,
            () -> {
              waiting.countDown();
              throw new IllegalStateException("again");
            });
    loop.start();
    waiting.await();
    await().until(() -> reported.size() == 1);

    loop.stop();

    assertStopped();
  }

  @Test
  void a_run_that_fails_because_it_was_stopped_is_no_failure() throws Exception {
    loop =
        loop(
            Duration.ZERO,
            () -> {
              try {
                waits();
              } catch (InterruptedException e) {
                throw new IllegalStateException("a library that hides the interruption", e);
              }
            });
    loop.start();
    waiting.await();

    loop.stop();

    assertStopped();
    assertThat(reported).isEmpty();
  }

  @Test
  void it_can_be_started_again() throws Exception {
    loop.start();
    waiting.await();
    loop.stop();
    Thread former = thread.get();

    loop.start();

    await().until(() -> thread.get() != former);
    assertThat(loop.isRunning()).isTrue();
  }

  /** Components of higher phases stop first. */
  @Test
  void it_goes_on_until_the_web_server_has_answered_its_last_request() {
    assertThat(loop.getPhase()).isLessThan(WebServerApplicationContext.START_STOP_LIFECYCLE_PHASE);
  }

  @Test
  void what_was_never_started_can_be_stopped() {
    loop.stop();

    assertThat(loop.isRunning()).isFalse();
  }

  private BackgroundLoop loop(Duration pause, BackgroundLoop.Task task) {
    return new BackgroundLoop(
        "loop-under-test",
        pause,
        () -> {
          thread.set(Thread.currentThread());
          task.run();
        },
        reported::add);
  }

  private void waits() throws InterruptedException {
    waiting.countDown();
    Thread.sleep(A_DAY);
  }

  private void assertStopped() {
    assertThat(loop.isRunning()).isFalse();
    assertThat(thread.get()).isNotNull().returns(false, Thread::isAlive);
  }

  private static void fail(@Nullable Throwable failure) throws Exception {
    switch (failure) {
      case null -> {}
      case Error error -> throw error;
      case Exception exception -> throw exception;
      default -> throw new AssertionError(failure);
    }
  }
}
