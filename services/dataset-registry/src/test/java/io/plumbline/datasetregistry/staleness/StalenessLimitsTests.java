package io.plumbline.datasetregistry.staleness;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.platform.problem.Problem;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class StalenessLimitsTests {

  @Test
  void a_version_of_more_bytes_is_refused_with_both_figures() {
    assertThatThrownBy(() -> StaleQuestions.requireSize("shop-pages", 4, 1025, 1024))
        .isInstanceOf(Problem.class)
        .hasMessageContaining("Version 4 of shop-pages has 1,025 bytes")
        .hasMessageContaining("at most 1,024");
    assertThatCode(() -> StaleQuestions.requireSize("shop-pages", 4, 1024, 1024))
        .doesNotThrowAnyException();
  }

  @Test
  void a_check_ends_once_its_time_is_over_and_not_before() {
    Deadline over = new Deadline(Duration.ZERO);
    Deadline ahead = new Deadline(Duration.ofMinutes(5));

    assertThatThrownBy(() -> repeat(over))
        .isInstanceOf(Problem.class)
        .hasMessageContaining("Divide the dataset");
    assertThatCode(() -> repeat(ahead)).doesNotThrowAnyException();
  }

  private static void repeat(Deadline deadline) {
    for (int i = 0; i < Deadline.UNCLOCKED; i++) {
      deadline.run();
    }
  }
}
