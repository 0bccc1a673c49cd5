package io.plumbline.inference.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class LeastRecentlyUsedPoolTests {

  private final List<String> log = new CopyOnWriteArrayList<>();

  private final class Resource implements AutoCloseable {

    private final String name;
    private final AtomicBoolean closed = new AtomicBoolean();

    Resource(String name) {
      this.name = name;
      log.add("open " + name);
    }

    @Override
    public void close() {
      closed.set(true);
      log.add("close " + name);
    }
  }

  private final LeastRecentlyUsedPool<String, Resource> resources =
      new LeastRecentlyUsedPool<>(2, name -> new Resource(name));

  @Test
  void the_one_that_was_not_used_for_the_longest_time_makes_room() throws IOException {
    for (String name : List.of("a", "b", "a", "c", "b")) {
      assertThat(resources.<String>use(name, each -> each.name)).isEqualTo(name);
    }
    resources.close();

    assertThat(log)
        .containsExactly(
            "open a", "open b", "close b", "open c", "close a", "open b", "close c", "close b");
  }

  @Test
  void one_that_does_not_open_is_tried_again() throws IOException {
    AtomicBoolean broken = new AtomicBoolean(true);
    LeastRecentlyUsedPool<String, Resource> sometimes =
        new LeastRecentlyUsedPool<>(
            2,
            name -> {
              if (broken.getAndSet(false)) {
                throw new IOException("disk");
              }
              return new Resource(name);
            });

    assertThatThrownBy(() -> sometimes.use("a", each -> each.name)).hasMessage("disk");
    assertThat(sometimes.<String>use("a", each -> each.name)).isEqualTo("a");
  }

  @Test
  void one_in_use_is_not_closed() throws Exception {
    CountDownLatch using = new CountDownLatch(1);
    CountDownLatch done = new CountDownLatch(1);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Boolean> closed =
          threads.submit(() ->
              resources.use(
                  "a",
                  each -> {
                    using.countDown();
                    await(done);
                    return each.closed.get();
                  }));
      await(using);
      resources.use("b", each -> each.name);
      Future<String> another = threads.submit(() -> resources.use("c", each -> each.name));
      assertThat(log).doesNotContain("close a");
      done.countDown();
      assertThat(closed.get(10, TimeUnit.SECONDS)).isFalse();
      assertThat(another.get(10, TimeUnit.SECONDS)).isEqualTo("c");
    }
    assertThat(log).contains("close a");
  }

  private static void await(CountDownLatch latch) throws IOException {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }
}
