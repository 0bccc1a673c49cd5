package io.plumbline.inference.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class WorkspaceCacheTests {

  private static final UUID WORKSPACE = new UUID(0, 1);

  private final AtomicReference<Map<String, String>> database = new AtomicReference<>(Map.of());

  @Test
  void a_new_value_is_found_although_the_cache_is_older() {
    WorkspaceCache<Map<String, String>> cache = new WorkspaceCache<>(workspace -> database.get());
    assertThat(cache.find(WORKSPACE, known -> known.get("release"))).isEmpty();

    database.set(Map.of("release", "active"));

    assertThat(cache.find(WORKSPACE, known -> known.get("release"))).contains("active");
  }

  @Test
  void a_cached_value_is_not_loaded_again() {
    database.set(Map.of("release", "active"));
    AtomicInteger reads = new AtomicInteger();
    WorkspaceCache<Map<String, String>> cache =
        new WorkspaceCache<>(workspace -> {
          reads.incrementAndGet();
          return database.get();
        });

    for (int i = 0; i < 3; i++) {
      assertThat(cache.find(WORKSPACE, known -> known.get("release"))).contains("active");
    }

    assertThat(reads).hasValue(1);
  }

  @Test
  void a_slow_read_from_before_a_change_does_not_undo_it() throws InterruptedException {
    CountDownLatch hasRead = new CountDownLatch(1);
    CountDownLatch mayGoOn = new CountDownLatch(1);
    AtomicInteger reads = new AtomicInteger();
    WorkspaceCache<Map<String, String>> cache =
        new WorkspaceCache<>(workspace -> {
          Map<String, String> read = database.get();
          if (reads.incrementAndGet() == 1) {
            hasRead.countDown();
            await(mayGoOn);
          }
          return read;
        });
    Thread slow = Thread.startVirtualThread(() -> cache.reload(WORKSPACE));
    hasRead.await();
    database.set(Map.of("release", "active"));
    Thread afterTheChange = Thread.startVirtualThread(() -> cache.reload(WORKSPACE));
    // Without serialised loads the second one ends here, and the first then replaces its value with
    // an
    // older one.
    afterTheChange.join(Duration.ofMillis(100));
    mayGoOn.countDown();
    slow.join();
    afterTheChange.join();

    assertThat(cache.get(WORKSPACE)).containsEntry("release", "active");
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
