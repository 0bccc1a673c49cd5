package io.plumbline.evaluation.suite;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.plumbline.evaluation.suite.RequiredItems.Plan;
import io.plumbline.platform.problem.Problem;
import java.util.List;
import org.junit.jupiter.api.Test;

class RequiredItemsTests {

  /**
   * The square of z(0.0125) + z(0.8) = 2.2414 + 0.8416 is 9.505. With p(1 − p) = 0.1275 at 0.85 and
   * an effect of 0.08 each of three sets takes 189.4 items. With five planned verdicts one set is
   * enough. It takes 232.7 items, since z(0.005) = 2.5758 and (2.5758 + 0.8416)² = 11.679.
   */
  @Test
  void releases_take_fresh_items_after_each_plan_of_verdicts() {
    RequiredItems items = RequiredItems.of(0.85, 0.93, 0.8, null, 2, 5);

    assertThat(items.spread()).isEqualTo(Math.sqrt(0.85 * 0.15));
    assertThat(items.planned()).isEqualTo(new Plan(2, 190, 3, 570));
    assertThat(items.fewest()).isEqualTo(new Plan(5, 233, 1, 233));
  }

  @Test
  void a_spread_that_is_given_is_planned_with() {
    assertThat(RequiredItems.of(900, 800, 0.8, 300.0, 1, 1).planned())
        .isEqualTo(new Plan(1, 71, 1, 71));
  }

  @Test
  void a_metric_that_is_no_share_needs_a_spread() {
    assertThat(refused(900, 800))
        .singleElement()
        .satisfies(error -> assertThat(error.pointer()).isEqualTo("spread"));
  }

  @Test
  void an_alternative_that_is_the_threshold_is_refused() {
    assertThat(refused(0.85, 0.85))
        .singleElement()
        .satisfies(error -> assertThat(error.pointer()).isEqualTo("alternative"));
  }

  private static List<Problem.FieldError> refused(double threshold, double alternative) {
    return requireNonNull(
            catchThrowableOfType(
                Problem.class, () -> RequiredItems.of(threshold, alternative, 0.8, null, 5, 1)))
        .errors();
  }
}
