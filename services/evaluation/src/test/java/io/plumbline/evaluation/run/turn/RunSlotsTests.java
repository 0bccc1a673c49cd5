package io.plumbline.evaluation.run.turn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RunSlotsTests {

  private final RunSlots slots = new RunSlots();
  private final ExecutorService first = Executors.newSingleThreadExecutor();
  private final ExecutorService second = Executors.newSingleThreadExecutor();

  @AfterEach
  void end() {
    first.shutdownNow();
    second.shutdownNow();
  }

  private static <T> T on(ExecutorService worker, Callable<T> call)
      throws InterruptedException, ExecutionException {
    return worker.submit(call).get();
  }

  private boolean gives(ExecutorService worker) throws InterruptedException, ExecutionException {
    return on(
        worker,
        () -> {
          slots.giveBack();
          return true;
        });
  }

  @Test
  void no_run_is_claimed_while_another_asks() throws Exception {
    assertThat(on(first, slots::tryTake)).isTrue();
    assertThat(on(second, slots::tryTake)).isFalse();
    gives(second);
    assertThat(on(second, slots::tryTake)).isFalse();

    gives(first);

    assertThat(on(second, slots::tryTake)).isTrue();
  }

  @Test
  void a_run_whose_server_is_away_asks_on_when_the_one_that_it_let_go_first_has_ended()
      throws Exception {
    on(first, slots::tryTake);
    Future<?> lent = first.submit(() -> slots.lend(() -> false));
    while (!on(second, slots::tryTake)) {
      Thread.onSpinWait();
    }
    assertThat(lent).isNotDone();

    boolean again =
        on(
            second,
            () -> {
              slots.giveBack();
              return slots.tryTake();
            });

    assertThat(again).isFalse();
    lent.get();
    assertThat(on(second, slots::tryTake)).isFalse();
    gives(first);
    assertThat(on(second, slots::tryTake)).isTrue();
  }

  @Test
  void a_run_asks_on_soon_when_no_other_wants_to() throws Exception {
    on(first, slots::tryTake);

    assertThat(on(first, () -> slots.lend(() -> false)).toSeconds()).isZero();

    assertThat(on(second, slots::tryTake)).isFalse();
  }
}
