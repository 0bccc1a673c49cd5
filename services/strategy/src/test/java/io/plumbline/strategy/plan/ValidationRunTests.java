package io.plumbline.strategy.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contracts.Digest;
import io.plumbline.contracts.Phase;
import io.plumbline.strategy.plan.PlanEvidence.Tried;
import io.plumbline.strategy.plan.ValidationRun.Suite;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Tests which runs over validation rows are compared with each other. */
class ValidationRunTests {

  private static final Suite SMALL = suite("small", 20);
  private static final Suite MEDIUM = suite("medium", 300);
  private static final Suite LARGE = suite("large", 400);

  private int runs;

  private static Suite suite(String name, long items) {
    return new Suite(Digest.ofText(name), name + " version 1", items);
  }

  private ValidationRun run(Phase phase, String variant, double value, Suite suite) {
    return new ValidationRun(
        phase, Digest.ofText(variant), variant, value, new UUID(0, ++runs), suite);
  }

  private static Tried tried(Phase phase, String variant, double value, int run, Suite suite) {
    return new Tried(
        phase, Digest.ofText(variant), variant, value, new UUID(0, run), suite.title());
  }

  @Test
  void only_runs_over_one_suite_are_compared_and_it_is_the_largest() {
    List<ValidationRun> explored =
        List.of(
            run(Phase.PROMPT, "weak", 0.9, MEDIUM),
            run(Phase.PROMPT, "strong", 0.7, LARGE),
            run(Phase.PROMPT, "other", 0.6, LARGE));

    assertThat(ValidationRun.comparedVariants(explored, 300))
        .containsExactly(
            tried(Phase.PROMPT, "strong", 0.7, 2, LARGE),
            tried(Phase.PROMPT, "other", 0.6, 3, LARGE));
  }

  @Test
  void of_suites_of_one_size_it_is_the_one_used_first() {
    Suite later = suite("later", 400);
    List<ValidationRun> explored =
        List.of(run(Phase.PROMPT, "one", 0.7, LARGE), run(Phase.PROMPT, "two", 0.9, later));

    assertThat(ValidationRun.comparedVariants(explored, 300))
        .containsExactly(tried(Phase.PROMPT, "one", 0.7, 1, LARGE));
  }

  @Test
  void a_suite_of_fewer_items_than_registered_compares_nothing() {
    List<ValidationRun> explored = List.of(run(Phase.PROMPT, "weak", 0.9, SMALL));

    assertThat(ValidationRun.comparedVariants(explored, 300)).isEmpty();
    assertThat(ValidationRun.comparedVariants(explored, 20)).hasSize(1);
  }

  @Test
  void the_first_run_of_a_variant_counts_however_often_it_is_repeated() {
    List<ValidationRun> explored =
        List.of(run(Phase.PROMPT, "one", 0.7, LARGE), run(Phase.PROMPT, "one", 0.1, LARGE));

    assertThat(ValidationRun.comparedVariants(explored, 300))
        .containsExactly(tried(Phase.PROMPT, "one", 0.7, 1, LARGE));
  }

  @Test
  void each_phase_has_its_suite() {
    List<ValidationRun> explored =
        List.of(
            run(Phase.PROMPT, "prompt", 0.7, MEDIUM),
            run(Phase.RETRIEVAL, "retrieval", 0.8, LARGE));

    assertThat(ValidationRun.comparedVariants(explored, 300))
        .containsExactly(
            tried(Phase.PROMPT, "prompt", 0.7, 1, MEDIUM),
            tried(Phase.RETRIEVAL, "retrieval", 0.8, 2, LARGE));
  }
}
