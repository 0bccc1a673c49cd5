package io.plumbline.platform.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.platform.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LedgerLagTests {

  private final ManualClock clock = new ManualClock();
  private final AtomicInteger looks = new AtomicInteger();
  private Duration backlogAge = Duration.ZERO;
  private final LedgerLag lag =
      new LedgerLag(
          () -> {
            looks.incrementAndGet();
            return backlogAge;
          },
          () -> Duration.between(Instant.EPOCH, clock.instant()).toNanos(),
          new HeadSigner().settings());

  @Test
  void a_service_that_received_no_head_counts_from_its_start() {
    clock.advance(Duration.ofMinutes(3));

    assertThat(lag.current()).isEqualTo(Duration.ofMinutes(3));
  }

  @Test
  void it_is_the_time_since_the_newest_head_was_received() {
    clock.advance(Duration.ofSeconds(90));
    lag.recordHead();
    clock.advance(Duration.ofSeconds(30));

    assertThat(lag.current()).isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void a_restart_does_not_shorten_it() {
    lag.countFromLastHead(Duration.ofMinutes(10));
    clock.advance(Duration.ofMinutes(6));

    assertThat(lag.current()).isEqualTo(Duration.ofMinutes(16));
    assertThat(lag.exceedsMaximum()).isTrue();
  }

  @Test
  void it_is_the_age_of_the_oldest_event_in_the_outbox_when_that_is_older() {
    clock.advance(Duration.ofMinutes(20));
    backlogAge = Duration.ofMinutes(20);
    lag.recordHead();

    assertThat(lag.current()).isEqualTo(Duration.ofMinutes(20));
    assertThat(lag.exceedsMaximum()).isTrue();
  }

  @Test
  void it_is_too_far_beyond_the_limit_and_not_at_it() {
    clock.advance(Duration.ofMinutes(15));
    assertThat(lag.exceedsMaximum()).isFalse();

    clock.advance(Duration.ofMillis(1));
    assertThat(lag.exceedsMaximum()).isTrue();

    lag.recordHead();
    assertThat(lag.exceedsMaximum()).isFalse();
  }

  @Test
  void many_requests_look_into_the_outbox_once_in_two_seconds() {
    lag.exceedsMaximum();
    clock.advance(Duration.ofMillis(1_999));
    lag.exceedsMaximum();
    assertThat(looks).hasValue(1);

    clock.advance(Duration.ofMillis(1));
    lag.exceedsMaximum();
    assertThat(looks).hasValue(2);
  }
}
