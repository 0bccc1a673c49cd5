package io.plumbline.datasetregistry.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import io.plumbline.datasetregistry.upload.StandardLimits;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class RowMemoryBudgetTests {

  private static final int PATIENCE = 20;

  private final RowMemoryBudget memory = new RowMemoryBudget(StandardLimits.LIMITS);

  @Test
  void versions_that_fit_together_do_not_wait() throws InterruptedException {
    try (RowMemoryBudget.Share _ = memory.reserve(600_000)) {
      CountDownLatch taken = new CountDownLatch(1);
      Thread.startVirtualThread(() -> {
        try (RowMemoryBudget.Share _ = memory.reserve(400_000)) {
          taken.countDown();
        }
      });

      assertThat(taken.await(PATIENCE, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void a_version_waits_for_the_room_of_another_one() throws InterruptedException {
    CountDownLatch taken = new CountDownLatch(1);
    Thread second;
    try (RowMemoryBudget.Share _ = memory.reserve(600_000)) {
      second =
          Thread.startVirtualThread(() -> {
            try (RowMemoryBudget.Share _ = memory.reserve(400_001)) {
              taken.countDown();
            }
          });
      await().until(() -> second.getState() == Thread.State.WAITING);
      assertThat(taken.getCount()).isEqualTo(1);
    }
    assertThat(taken.await(PATIENCE, TimeUnit.SECONDS)).isTrue();
    second.join();
  }

  @Test
  void a_version_of_more_rows_than_expected_gets_all_there_is() throws InterruptedException {
    Thread second;
    try (RowMemoryBudget.Share _ = memory.reserve(5_000_000)) {
      second = Thread.startVirtualThread(() -> memory.reserve(0).close());
      await().until(() -> second.getState() == Thread.State.WAITING);
    }
    assertThat(second.join(Duration.ofSeconds(PATIENCE))).isTrue();
  }

  @Test
  void who_is_interrupted_stays_so() {
    Thread.currentThread().interrupt();

    assertThatIllegalStateException().isThrownBy(() -> memory.reserve(1));
    assertThat(Thread.interrupted()).isTrue();
  }
}
