package io.plumbline.inference.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class WorkspaceCacheTests {

  private static final UUID WORKSPACE = new UUID(0, 1);

  private final AtomicReference<Map<String, String>> database = new AtomicReference<>(Map.of());
  private final AtomicLong nanos = new AtomicLong();

  @Test
  void a_new_value_is_found_although_the_cache_is_older() {
    WorkspaceCache<Map<String, String>> cache = cache(workspace -> database.get());
    assertThat(cache.get(WORKSPACE)).isEmpty();

    database.set(Map.of("release", "active"));

    assertThat(cache.find(WORKSPACE, known -> known.get("release"))).contains("active");
  }

  @Test
  void a_cached_value_is_not_loaded_again() {
    database.set(Map.of("release", "active"));
    AtomicInteger reads = new AtomicInteger();
    WorkspaceCache<Map<String, String>> cache =
        cache(workspace -> {
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
        cache(workspace -> {
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
    // If loads were not serialised, the second one would end here, and the first would then replace
    // its value with an older one.
    afterTheChange.join(Duration.ofMillis(100));
    mayGoOn.countDown();
    slow.join();
    afterTheChange.join();

    assertThat(cache.get(WORKSPACE)).containsEntry("release", "active");
  }

  @Test
  void names_that_nobody_has_load_the_value_once_in_an_interval() {
    AtomicInteger reads = new AtomicInteger();
    WorkspaceCache<Map<String, String>> cache =
        cache(workspace -> {
          reads.incrementAndGet();
          return database.get();
        });
    cache.get(WORKSPACE);

    for (int i = 0; i < 100; i++) {
      String unknown = "unknown-" + i;
      assertThat(cache.find(WORKSPACE, known -> known.get(unknown))).isEmpty();
    }
    assertThat(reads).hasValue(2);
    nanos.addAndGet(WorkspaceCache.MISS_INTERVAL.toNanos() + 1);
    assertThat(cache.find(WORKSPACE, known -> known.get("unknown"))).isEmpty();

    assertThat(reads).hasValue(3);
  }

  @Test
  void a_change_by_this_process_is_seen_at_once_and_read_once() {
    AtomicInteger reads = new AtomicInteger();
    WorkspaceCache<Map<String, String>> cache =
        cache(workspace -> {
          reads.incrementAndGet();
          return database.get();
        });
    cache.get(WORKSPACE);

    database.set(Map.of("release", "active"));
    cache.markChanged(WORKSPACE);

    assertThat(cache.get(WORKSPACE)).containsEntry("release", "active");
    assertThat(cache.get(WORKSPACE)).containsEntry("release", "active");
    assertThat(reads).hasValue(2);
  }

  @Test
  void a_value_that_cannot_be_read_anew_serves_on() {
    database.set(Map.of("release", "active"));
    AtomicBoolean available = new AtomicBoolean(true);
    WorkspaceCache<Map<String, String>> cache =
        cache(workspace -> {
          if (!available.get()) {
            throw new IllegalStateException("no database");
          }
          return database.get();
        });
    cache.get(WORKSPACE);

    available.set(false);
    cache.markChanged(WORKSPACE);

    assertThat(cache.get(WORKSPACE)).containsEntry("release", "active");
  }

  private WorkspaceCache<Map<String, String>> cache(Function<UUID, Map<String, String>> loader) {
    return new WorkspaceCache<>(loader, nanos::get);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
