package io.plumbline.platform.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackoffTests {

  private final Backoff backoff = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30));

  @ParameterizedTest
  @CsvSource({"1, 750, 1250", "2, 1500, 2500", "3, 3000, 5000"})
  void a_pause_doubles_with_each_failure_and_varies_by_a_quarter(
      int failures, long atLeast, long atMost) {
    assertThat(backoff.pause(failures).toMillis()).isBetween(atLeast, atMost);
  }

  @ParameterizedTest
  @CsvSource({"10", "1000"})
  void it_never_exceeds_the_limit(int failures) {
    assertThat(backoff.pause(failures)).isLessThanOrEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void a_constant_pause_stays_as_it_is() {
    Backoff constant = Backoff.constant(Duration.ofMillis(200));

    assertThat(constant.pause(1)).isEqualTo(Duration.ofMillis(200));
    assertThat(constant.pause(50)).isEqualTo(Duration.ofMillis(200));
    assertThat(Backoff.constant(Duration.ZERO).pause(3)).isZero();
  }

  @Test
  void a_limit_is_no_shorter_than_the_first_pause() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Backoff(Duration.ofSeconds(2), Duration.ofSeconds(1)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Backoff(Duration.ofSeconds(-1), Duration.ofSeconds(1)));
  }
}
