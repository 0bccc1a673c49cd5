package io.plumbline.evaluation.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Collections;
import org.junit.jupiter.api.Test;

/** Tests how many attempts are left when PostgreSQL has added up the shares of earlier ones. */
class AttemptsTests {

  private static final String THIRD = "0.33333333333333333333";

  private static Attempts.Spent spent(int attempts, String share) {
    return new Attempts.Spent(
        attempts,
        Collections.nCopies(attempts, new BigDecimal(share)).stream()
            .reduce(BigDecimal.ZERO, BigDecimal::add));
  }

  @Test
  void a_plan_is_spent_by_as_many_attempts_as_it_plans() {
    assertThat(spent(0, THIRD).attemptsLeft(3)).isEqualTo(3);
    assertThat(spent(2, THIRD).attemptsLeft(3)).isEqualTo(1);
    assertThat(spent(3, THIRD).attemptsLeft(3)).isZero();
  }

  @Test
  void attempts_by_criteria_that_plan_other_numbers_spend_their_own_shares() {
    assertThat(spent(3, "0.05").attemptsLeft(5)).isEqualTo(4);
    assertThat(spent(1, "0.5").attemptsLeft(20)).isEqualTo(10);
  }

  @Test
  void what_is_spent_twice_leaves_nothing() {
    assertThat(spent(3, "0.5").attemptsLeft(5)).isZero();
  }
}
