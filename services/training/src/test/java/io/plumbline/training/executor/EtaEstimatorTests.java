package io.plumbline.training.executor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EtaEstimatorTests {

  private long nanos = 1_000;
  private final EtaEstimator pace = new EtaEstimator(10, () -> nanos);

  @BeforeEach
  void start() {
    pace.start();
  }

  @Test
  void has_no_estimate_before_anything_was_measured() {
    assertThat(pace.etaSeconds()).isNull();
  }

  @Test
  void expects_the_other_texts_to_take_as_long_as_those_so_far() {
    seconds(20);
    pace.embedded(50, 200);
    assertThat(pace.etaSeconds()).isEqualTo(60);
  }

  @Test
  void rounds_up_to_whole_seconds() {
    seconds(1);
    pace.embedded(3, 4);
    assertThat(pace.etaSeconds()).isEqualTo(1);
  }

  @Test
  void measures_the_epochs_from_the_end_of_embedding() {
    seconds(100);
    pace.embedded(200, 200);
    assertThat(pace.etaSeconds()).isZero();
    seconds(6);
    pace.epoch(1);
    assertThat(pace.etaSeconds()).isEqualTo(54);
  }

  /** A resumed run reports first the epoch after those that an earlier run has done. */
  @Test
  void does_not_count_the_epochs_of_an_earlier_run() {
    pace.embedded(200, 200);
    seconds(2);
    pace.epoch(7);
    assertThat(pace.etaSeconds()).isEqualTo(6);
    seconds(2);
    pace.epoch(8);
    assertThat(pace.etaSeconds()).isEqualTo(4);
  }

  @Test
  void starts_anew_with_a_new_process() {
    seconds(20);
    pace.embedded(50, 200);
    pace.start();
    assertThat(pace.etaSeconds()).isNull();
    seconds(5);
    pace.epoch(1);
    assertThat(pace.etaSeconds()).isEqualTo(45);
  }

  private void seconds(long passed) {
    nanos += passed * 1_000_000_000L;
  }
}
