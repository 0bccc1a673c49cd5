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

  private static List<Integer> preferred(@Nullable Phase phase, UUID run) {
    return Baseline.preferred(RECORDED, phase, run).stream().map(Baseline::number).toList();
  }

  @Test
  void a_phase_prefers_its_newest_baseline_then_those_of_earlier_phases() {
    assertThat(preferred(Phase.RETRIEVAL, RUN)).containsExactly(3, 2, 4, 1);
    assertThat(preferred(Phase.PROMPT, RUN)).containsExactly(4, 1);
  }

  @Test
  void a_release_prefers_the_newest_baseline_of_the_earliest_phase() {
    assertThat(preferred(null, RUN)).containsExactly(4, 1, 3, 2, 5);
  }

  @Test
  void a_run_is_never_compared_with_itself() {
    assertThat(preferred(Phase.RETRIEVAL, new UUID(0, 3))).containsExactly(2, 4, 1);
  }

  @Test
  void without_a_baseline_there_is_nothing_to_compare_with() {
    assertThat(Baseline.preferred(List.of(), Phase.PROMPT, RUN)).isEmpty();
  }
}
