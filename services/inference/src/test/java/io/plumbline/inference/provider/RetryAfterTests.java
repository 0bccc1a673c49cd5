package io.plumbline.inference.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The values are the examples of RFC 9110, section 10.2.3. */
class RetryAfterTests {

  private static final Instant NOW = Instant.parse("1999-12-31T23:58:29Z");

  @Test
  void seconds_are_read() {
    assertThat(RetryAfter.parse("120", NOW)).contains(Duration.ofMinutes(2));
  }

  @Test
  void a_date_is_read_as_the_time_until_then() {
    assertThat(RetryAfter.parse("Fri, 31 Dec 1999 23:59:59 GMT", NOW))
        .contains(Duration.ofSeconds(90));
  }

  @Test
  void a_date_that_has_passed_is_now() {
    assertThat(RetryAfter.parse("Fri, 31 Dec 1999 23:00:00 GMT", NOW)).contains(Duration.ZERO);
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", "soon", "-1", "1.5", "12345678901"})
  void anything_else_is_ignored(String value) {
    assertThat(RetryAfter.parse(value, NOW)).isEmpty();
  }
}
