package io.plumbline.compliance.risk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests the five-by-five matrix. */
class RiskLevelTests {

  @ParameterizedTest
  @CsvSource({
    "1, 1, 1, LOW",
    "2, 2, 4, LOW",
    "1, 5, 5, MEDIUM",
    "3, 3, 9, MEDIUM",
    "2, 5, 10, HIGH",
    "3, 4, 12, HIGH",
    "3, 5, 15, CRITICAL",
    "5, 5, 25, CRITICAL"
  })
  void the_score_is_the_product_and_decides_the_rating(
      int likelihood, int impact, int score, RiskLevel.Rating rating) {
    RiskLevel riskLevel = new RiskLevel(likelihood, impact);

    assertThat(riskLevel.score()).isEqualTo(score);
    assertThat(riskLevel.rating()).isEqualTo(rating);
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "6, 1", "1, 0", "1, 6"})
  void nothing_lies_outside_the_matrix(int likelihood, int impact) {
    assertThatThrownBy(() -> new RiskLevel(likelihood, impact))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Likelihood and impact must be from 1 to 5");
  }
}
