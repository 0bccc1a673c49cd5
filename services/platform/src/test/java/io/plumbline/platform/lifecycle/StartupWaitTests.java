package io.plumbline.platform.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StartupWaitTests {

  private final List<String> lines = new ArrayList<>();
  private final List<Duration> pauses = new ArrayList<>();
  private long now = System.nanoTime();

  /** Waits through these answers of the check; an empty text is none. */
  private void waitThrough(Duration step, String... missing) throws InterruptedException {
    Iterator<String> answers = List.of(missing).iterator();
    new StartupWait(
            lines::add,
            pause -> {
              pauses.add(pause);
              now += step.toNanos();
            },
            () -> now)
        .until(() -> Optional.of(answers.next()).filter(text -> !text.isEmpty()));
    assertThat(answers.hasNext()).isFalse();
  }

  @Test
  void nothing_is_logged_when_nothing_is_missing() throws InterruptedException {
    waitThrough(Duration.ofSeconds(1), "");

    assertThat(lines).isEmpty();
    assertThat(pauses).isEmpty();
  }

  @Test
  void what_is_missing_is_logged_once_and_again_when_it_changes() throws InterruptedException {
    waitThrough(Duration.ofSeconds(1), "a: refused", "a: refused", "a: starting", "b", "b", "");

    assertThat(lines)
        .containsExactly(
            "Waiting for a: refused",
            "Waiting for a: starting",
            "Waiting for b",
            "The wait is over, the start goes on.");
  }

  @Test
  void what_stays_missing_is_logged_again_after_a_while() throws InterruptedException {
    waitThrough(StartupWait.REPEAT.dividedBy(2), "a", "a", "a", "a", "");

    assertThat(lines)
        .containsExactly("Waiting for a", "Waiting for a", "The wait is over, the start goes on.");
  }

  @Test
  void pauses_grow_up_to_a_bound() throws InterruptedException {
    String[] missing = new String[20];
    Arrays.fill(missing, "a");
    missing[19] = "";
    waitThrough(Duration.ofSeconds(1), missing);

    assertThat(pauses.getFirst()).isLessThan(Duration.ofSeconds(1));
    assertThat(pauses).allSatisfy(pause -> assertThat(pause).isLessThan(Duration.ofSeconds(7)));
    assertThat(pauses.getLast()).isGreaterThan(Duration.ofSeconds(3));
  }
}
