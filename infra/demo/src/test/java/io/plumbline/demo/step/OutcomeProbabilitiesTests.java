package io.plumbline.demo.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class OutcomeProbabilitiesTests {

  @Test
  void each_outcome_has_its_share_and_the_joint_one_is_that_of_all_together() {
    OutcomeProbabilities chances = OutcomeProbabilities.of(7, OutcomeProbabilitiesTests::twoDice);

    assertThat(chances.each().get("first")).isCloseTo(0.5, within(0.02));
    assertThat(chances.each().get("second")).isCloseTo(2.0 / 3, within(0.02));
    assertThat(chances.joint()).isCloseTo(1.0 / 3, within(0.02));
  }

  @Test
  void the_same_seed_gives_the_same_chances() {
    assertThat(OutcomeProbabilities.of(3, OutcomeProbabilitiesTests::twoDice))
        .isEqualTo(OutcomeProbabilities.of(3, OutcomeProbabilitiesTests::twoDice))
        .isNotEqualTo(OutcomeProbabilities.of(4, OutcomeProbabilitiesTests::twoDice));
  }

  @Test
  void they_are_shown_in_one_line() {
    OutcomeProbabilities chances =
        new OutcomeProbabilities(new LinkedHashMap<>(Map.of("it passes", 0.9987)), 0.99);

    assertThat(chances.asText()).isEqualTo("it passes 99.9%; all of it 99.0%");
  }

  private static Map<String, Boolean> twoDice(Random random) {
    Map<String, Boolean> outcomes = new LinkedHashMap<>();
    outcomes.put("first", random.nextInt(6) < 3);
    outcomes.put("second", random.nextInt(6) < 4);
    return outcomes;
  }
}
