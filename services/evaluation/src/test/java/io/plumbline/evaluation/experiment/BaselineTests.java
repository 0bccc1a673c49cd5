package io.plumbline.evaluation.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contracts.Phase;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BaselineTests {

  private static final UUID RUN = new UUID(0, 100);

  private static Baseline baseline(int number, Phase phase) {
    return new Baseline(
        new UUID(1, number),
        "mail-triage",
        phase,
        new UUID(0, number),
        number,
        "ada",
        Instant.EPOCH.plusSeconds(number));
  }

  private static final List<Baseline> RECORDED =
      List.of(
          baseline(5, Phase.FINE_TUNING),
          baseline(4, Phase.PROMPT),
          baseline(3, Phase.RETRIEVAL),
          baseline(2, Phase.RETRIEVAL),
          baseline(1, Phase.PROMPT));

  private static List<Integer> comparable(@Nullable Phase phase, UUID run) {
    return Baseline.comparable(RECORDED, phase, run, 5).stream().map(Baseline::number).toList();
  }

  @Test
  void a_run_is_compared_with_baselines_of_its_phase_and_of_earlier_ones() {
    assertThat(comparable(Phase.RETRIEVAL, RUN)).containsExactly(4, 3, 2, 1);
    assertThat(comparable(Phase.PROMPT, RUN)).containsExactly(4, 1);
  }

  @Test
  void a_run_of_no_phase_is_compared_with_baselines_of_all() {
    assertThat(comparable(null, RUN)).containsExactly(5, 4, 3, 2, 1);
  }

  @Test
  void a_run_is_never_compared_with_itself() {
    assertThat(comparable(Phase.RETRIEVAL, new UUID(0, 3))).containsExactly(4, 2, 1);
  }

  @Test
  void without_a_baseline_there_is_nothing_to_compare_with() {
    assertThat(Baseline.comparable(List.of(), Phase.PROMPT, RUN, 0)).isEmpty();
  }

  @Test
  void a_baseline_recorded_after_the_run_began_is_nothing_to_compare_with() {
    assertThat(Baseline.comparable(RECORDED, Phase.RETRIEVAL, RUN, 2))
        .extracting(Baseline::number)
        .containsExactly(2, 1);
    assertThat(Baseline.comparable(RECORDED, null, RUN, 0)).isEmpty();
  }
}
