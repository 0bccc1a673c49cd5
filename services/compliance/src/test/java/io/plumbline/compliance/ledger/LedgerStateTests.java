package io.plumbline.compliance.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.compliance.ledger.head.LedgerKey;
import io.plumbline.compliance.ledger.head.SignedHead;
import io.plumbline.contracts.Digest;
import io.plumbline.platform.ledger.HeadSignature;
import io.plumbline.platform.test.ManualClock;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class LedgerStateTests {

  private static final Instant NOW = Instant.parse("2026-11-25T10:00:00Z");

  private long nanos;
  private final LedgerState state = new LedgerState(Clock.fixed(NOW, ZoneOffset.UTC), () -> nanos);

  @Test
  void a_new_process_counts_from_its_start() {
    assertThat(state.headAge()).isZero();
    assertThat(state.size()).isZero();
    assertThat(state.failure()).isEmpty();
  }

  @Test
  void the_newest_head_gives_size_and_age_whatever_its_date() {
    SignedHead head =
        LedgerKey.generate()
            .sign(
                HeadSignature.FIRST_ORIGIN,
                9,
                Digest.ofText("root"),
                NOW.plus(Duration.ofHours(1)));
    state.recordHead(head);
    nanos += Duration.ofSeconds(2).toNanos();
    state.recordHead(head);

    assertThat(state.size()).isEqualTo(9);
    assertThat(state.headAge()).isEqualTo(Duration.ofSeconds(2));
  }

  @Test
  void a_failure_lasts_until_its_part_succeeds() {
    state.recordSequencerFailure(new IllegalStateException("disk full"));
    state.recordIntakeSuccess();

    assertThat(state.failure())
        .contains(
            new LedgerState.Failure(
                NOW, "sequencer", "java.lang.IllegalStateException: disk full"));

    state.recordSequencerSuccess();

    assertThat(state.failure()).isEmpty();
  }

  @Test
  void a_repeated_failure_keeps_its_beginning() {
    ManualClock clock = new ManualClock(NOW);
    LedgerState moving = new LedgerState(clock, () -> 0);
    moving.recordIntakeFailure(new IllegalStateException("first"));
    clock.advance(Duration.ofMinutes(1));
    moving.recordIntakeFailure(new IllegalStateException("second"));

    assertThat(moving.failure())
        .contains(
            new LedgerState.Failure(NOW, "intake", "java.lang.IllegalStateException: second"));
  }
}
