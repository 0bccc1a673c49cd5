package io.plumbline.strategy.assessment;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.strategy.Approach;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Tests for and against which approach a circumstance counts. */
class DecisionFactorTests {

  @ParameterizedTest
  @CsvSource({
    "FAST_DELIVERY, PROMPT_ENGINEERING, FINE_TUNING",
    "LIMITED_RESOURCES, PROMPT_ENGINEERING, HYBRID",
    "FLEXIBILITY, PROMPT_ENGINEERING, FINE_TUNING",
    "CHANGING_KNOWLEDGE, RAG, FINE_TUNING",
    "HIGH_VOLUME, FINE_TUNING, RAG"
  })
  void a_circumstance_counts_most_for_one_approach_and_against_another(
      DecisionFactor decisionFactor, Approach preferred, Approach discouraged) {
    int best =
        Arrays.stream(Approach.values()).mapToInt(decisionFactor::points).max().orElseThrow();

    assertThat(decisionFactor.points(preferred)).isEqualTo(best).isPositive();
    assertThat(decisionFactor.points(discouraged)).isNegative();
  }

  @ParameterizedTest
  @EnumSource
  void every_circumstance_changes_something_and_says_what_it_means(DecisionFactor decisionFactor) {
    assertThat(Arrays.stream(Approach.values()).mapToInt(decisionFactor::points))
        .anyMatch(points -> points > 0)
        .allMatch(points -> Math.abs(points) <= 3);
    assertThat(decisionFactor.meaning()).isNotBlank();
  }
}
