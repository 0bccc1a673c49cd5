package io.plumbline.evaluation.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.evaluation.monitor.ArmTally.Counts;
import io.plumbline.evaluation.monitor.CanaryAnalysis.Arm;
import org.junit.jupiter.api.Test;

class ArmTallyTests {

  private static ArmTally tally(Counts... reports) {
    ArmTally tally = ArmTally.NONE;
    for (Counts report : reports) {
      tally = tally.with(report);
    }
    return tally;
  }

  @Test
  void cumulative_reports_are_counted_as_increments() {
    Counts last = new Counts(15, 2, 4, 1);

    assertThat(tally(new Counts(10, 1, 3, 1), last))
        .isEqualTo(new ArmTally(last, last, last, last));
  }

  @Test
  void a_repeated_report_adds_nothing() {
    Counts report = new Counts(10, 1, 3, 1);

    assertThat(tally(report, report)).isEqualTo(tally(report));
  }

  @Test
  void a_counter_that_fell_means_a_restart() {
    assertThat(tally(new Counts(10, 1, 3, 1), new Counts(2, 1, 0, 0)).total())
        .isEqualTo(new Counts(12, 2, 3, 1));
    assertThat(tally(new Counts(10, 1, 3, 1), new Counts(11, 0, 3, 1)).total())
        .isEqualTo(new Counts(21, 1, 6, 2));
  }

  @Test
  void more_errors_than_requests_mean_a_restart() {
    assertThat(tally(new Counts(10, 0, 0, 0), new Counts(12, 12, 0, 0)).total())
        .isEqualTo(new Counts(22, 12, 0, 0));
    assertThat(tally(new Counts(10, 0, 5, 0), new Counts(11, 0, 6, 6)).total())
        .isEqualTo(new Counts(21, 0, 11, 6));
  }

  @Test
  void a_compared_block_leaves_the_totals() {
    ArmTally tally = tally(new Counts(10, 1, 3, 1));

    assertThat(tally.withoutPendingRequests())
        .isEqualTo(
            new ArmTally(tally.reported(), tally.total(), Counts.NONE, tally.feedbackPending()));
    assertThat(tally.withoutPendingFeedback())
        .isEqualTo(
            new ArmTally(tally.reported(), tally.total(), tally.requestsPending(), Counts.NONE));
  }

  /** A service that restarts with errors only must not end the analysis of its canary. */
  @Test
  void a_restart_between_two_reports_keeps_the_guard_working() {
    CanaryAnalysis analysis =
        CanaryAnalysis.START
            .withReport(Arm.CONTROL, new Counts(10, 0, 0, 0))
            .withReport(Arm.CANARY, new Counts(10, 0, 0, 0))
            .withReport(Arm.CONTROL, new Counts(20, 0, 0, 0))
            .withReport(Arm.CANARY, new Counts(12, 12, 0, 0));

    assertThat(analysis.errors().candidateTrials()).isEqualTo(22);
    assertThat(analysis.errors().candidateEvents()).isEqualTo(12);
    assertThat(analysis.errors().baselineTrials()).isEqualTo(20);
  }
}
