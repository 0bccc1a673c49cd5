package io.plumbline.launcher.installation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstallationLockTests {

  @TempDir Path folder;

  @Test
  void refuses_a_second_command_and_is_free_afterwards() {
    InstallationLock lock = new InstallationLock(folder.resolve("lock"), Duration.ZERO);
    AtomicInteger runs = new AtomicInteger();
    lock.runLocked(() ->
        assertThatThrownBy(() -> lock.runLocked(runs::incrementAndGet))
            .isInstanceOf(LauncherException.class)
            .hasMessageContaining("Wait until it has ended"));
    lock.runLocked(runs::incrementAndGet);
    assertThat(runs).hasValue(1);
  }

  @Test
  void a_try_returns_whether_it_was_done() {
    InstallationLock lock = new InstallationLock(folder.resolve("lock"));
    lock.runLocked(() -> assertThat(lock.tryRunLocked(() -> {})).isFalse());
    assertThat(lock.tryRunLocked(() -> {})).isTrue();
  }

  @Test
  void a_command_waits_for_what_is_soon_done() throws InterruptedException {
    InstallationLock lock = new InstallationLock(folder.resolve("lock"), Duration.ofMinutes(1));
    CountDownLatch held = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    AtomicInteger runs = new AtomicInteger();
    Thread other =
        Thread.ofVirtual()
            .start(() ->
                lock.runLocked(() -> {
                  held.countDown();
                  awaitUnchecked(release);
                }));
    held.await();
    Thread second = Thread.ofVirtual().start(() -> lock.runLocked(runs::incrementAndGet));
    release.countDown();
    other.join();
    second.join();
    assertThat(runs).hasValue(1);
  }

  private static void awaitUnchecked(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
