package io.plumbline.training.executor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EtaEstimatorTests {

  private long nanos = 1_000;
  private final EtaEstimator estimator = new EtaEstimator(10, () -> nanos);

  @BeforeEach
  void start() {
    estimator.start();
  }

  @Test
  void has_no_estimate_before_anything_was_measured() {
    assertThat(estimator.etaSeconds()).isNull();
  }

  @Test
  void expects_the_other_texts_to_take_as_long_as_those_so_far() {
    seconds(20);
    estimator.recordEmbedded(50, 200);
    assertThat(estimator.etaSeconds()).isEqualTo(60);
  }

  @Test
  void rounds_up_to_whole_seconds() {
    seconds(1);
    estimator.recordEmbedded(3, 4);
    assertThat(estimator.etaSeconds()).isEqualTo(1);
  }

  @Test
  void measures_the_epochs_from_the_end_of_embedding() {
    seconds(100);
    estimator.recordEmbedded(200, 200);
    assertThat(estimator.etaSeconds()).isZero();
    seconds(6);
    estimator.recordEpoch(1);
    assertThat(estimator.etaSeconds()).isEqualTo(54);
  }

  /** The first epoch that a resumed run reports follows those of the earlier run. */
  @Test
  void does_not_count_the_epochs_of_an_earlier_run() {
    estimator.recordEmbedded(200, 200);
    seconds(2);
    estimator.recordEpoch(7);
    assertThat(estimator.etaSeconds()).isEqualTo(6);
    seconds(2);
    estimator.recordEpoch(8);
    assertThat(estimator.etaSeconds()).isEqualTo(4);
  }

  @Test
  void starts_anew_with_a_new_process() {
    seconds(20);
    estimator.recordEmbedded(50, 200);
    estimator.start();
    assertThat(estimator.etaSeconds()).isNull();
    seconds(5);
    estimator.recordEpoch(1);
    assertThat(estimator.etaSeconds()).isEqualTo(45);
  }

  private void seconds(long passed) {
    nanos += passed * 1_000_000_000L;
  }
}
