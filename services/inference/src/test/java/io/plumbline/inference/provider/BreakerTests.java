package io.plumbline.inference.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class BreakerTests {

  private final Hands clock = new Hands();
  private final Breaker breaker = new Breaker(clock);

  @Test
  void closes_after_failures_in_arow_and_lets_one_try_after_the_pause() {
    for (int i = 0; i < Breaker.FAILURES; i++) {
      assertThat(breaker.admits()).isTrue();
      breaker.failed();
    }
    assertThat(breaker.admits()).isFalse();
    clock.now = clock.now.plus(Breaker.PAUSE);
    assertThat(breaker.admits()).isTrue();
    assertThat(breaker.admits()).isFalse();
    breaker.succeeded();
    assertThat(breaker.admits()).isTrue();
  }

  @Test
  void a_success_in_between_forgives() {
    for (int i = 0; i < 3 * Breaker.FAILURES; i++) {
      breaker.failed();
      breaker.succeeded();
    }
    assertThat(breaker.admits()).isTrue();
  }

  private static final class Hands extends Clock {

    Instant now = Instant.EPOCH;

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
