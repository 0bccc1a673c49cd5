package io.plumbline.platform.lifecycle;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WakeupTests {

  private final Wakeup wakeup = new Wakeup();
  private final AtomicInteger woken = new AtomicInteger();
  private Thread worker = Thread.ofVirtual().unstarted(() -> work(Duration.ofDays(1)));

  @AfterEach
  void stop() {
    worker.interrupt();
  }

  @Test
  void it_ends_the_wait() {
    worker.start();
    awaitWaiting(0);

    wakeup.signal();

    awaitWaiting(1);
  }

  @Test
  void given_several_times_while_the_worker_works_it_wakes_once_more() {
    wakeup.signal();
    wakeup.signal();
    wakeup.signal();

    worker.start();

    awaitWaiting(1);
  }

  @Test
  void a_thread_that_was_woken_can_be_woken_again() {
    worker.start();
    awaitWaiting(0);
    wakeup.signal();
    awaitWaiting(1);

    wakeup.signal();

    awaitWaiting(2);
  }

  @Test
  void nobody_waits_for_ever() {
    worker = Thread.ofVirtual().unstarted(() -> work(Duration.ofMillis(1)));

    worker.start();

    await().until(() -> woken.get() > 2);
  }

  private void work(Duration atMost) {
    try {
      while (true) {
        wakeup.await(atMost);
        woken.incrementAndGet();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void awaitWaiting(int after) {
    await().until(() -> woken.get() == after && worker.getState() == Thread.State.TIMED_WAITING);
  }
}
