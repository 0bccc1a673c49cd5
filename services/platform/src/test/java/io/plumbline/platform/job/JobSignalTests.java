package io.plumbline.platform.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.plumbline.platform.lifecycle.Wakeup;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class JobSignalTests {

  private final JobSignal signal = new JobSignal();
  private final Set<String> awake = ConcurrentHashMap.newKeySet();
  private final List<Thread> workers =
      List.of(worker("ingest", "one"), worker("ingest", "other"), worker("split", "splitter"));

  @AfterEach
  void stop() {
    workers.forEach(Thread::interrupt);
  }

  @Test
  void a_job_wakes_the_workers_of_its_kind_only() throws InterruptedException {
    workers.forEach(Thread::start);
    await()
        .until(() ->
            workers.stream().allMatch(worker -> worker.getState() == Thread.State.TIMED_WAITING));

    signal.signal("ingest");

    workers.get(0).join();
    workers.get(1).join();
    assertThat(awake).containsExactlyInAnyOrder("one", "other");
  }

  @Test
  void a_kind_without_workers_wakes_nobody() {
    signal.signal("training");

    assertThat(awake).isEmpty();
  }

  private Thread worker(String kind, String name) {
    Wakeup wakeup = signal.registerWorker(kind);
    return Thread.ofVirtual()
        .unstarted(() -> {
          try {
            wakeup.await(Duration.ofDays(1));
            awake.add(name);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
  }
}
