package io.plumbline.evaluation.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.evaluation.monitor.ArmTally.Counts;
import io.plumbline.evaluation.monitor.ArmTally.Report;
import java.util.List;
import org.junit.jupiter.api.Test;

class ArmTallyTests {

  @Test
  void cumulative_reports_are_counted_as_increments() {
    ArmTally tally =
        ArmTally.NONE
            .withReport("a/1", report(1, 10, 1, 3, 1))
            .withPending(0, new Counts(0, 0, 3, 1))
            .withReport("a/1", report(2, 15, 2, 4, 1));

    assertThat(tally.totalCounts()).isEqualTo(new Counts(15, 2, 4, 1));
    assertThat(tally.pending().getFirst()).isEqualTo(new Counts(5, 1, 4, 1));
  }

  @Test
  void a_report_that_is_not_newer_adds_nothing() {
    ArmTally tally = ArmTally.NONE.withReport("a/1", report(2, 10, 1, 3, 1));

    assertThat(tally.withReport("a/1", report(2, 10, 1, 3, 1))).isEqualTo(tally);
    assertThat(tally.withReport("a/1", report(1, 8, 1, 3, 1))).isEqualTo(tally);
  }

  @Test
  void a_restart_counts_on_where_the_former_epoch_ended() {
    ArmTally tally =
        ArmTally.NONE
            .withReport("a/1", report(7, 10, 0, 3, 1))
            // Every counter has grown, so only the epoch shows that nothing is repeated.
            .withReport("a/2", report(1, 12, 12, 4, 4));

    assertThat(tally.totalCounts()).isEqualTo(new Counts(22, 12, 7, 5));
  }

  @Test
  void two_replicas_that_report_in_turn_are_counted_once_each() {
    ArmTally tally = ArmTally.NONE;
    for (int turn = 1; turn <= 5; turn++) {
      tally =
          tally
              .withReport("a/1", report(turn, 100L * turn, turn, 0, 0))
              .withReport("b/1", report(turn, 7L * turn, 0, 0, 0));
    }

    assertThat(tally.totalCounts()).isEqualTo(new Counts(535, 5, 0, 0));
    assertThat(tally.totalPending()).isEqualTo(new Counts(535, 5, 0, 0));
  }

  @Test
  void a_judgement_that_another_replica_takes_back_waits_for_the_one_it_replaces() {
    ArmTally revised = ArmTally.NONE.withReport("b/1", report(1, 0, 0, 0, -1));
    assertThat(revised.totalPending().hasJudgements()).isFalse();

    ArmTally both = revised.withReport("a/1", report(1, 3, 0, 3, 1));

    assertThat(both.totalPending().hasJudgements()).isTrue();
    assertThat(both.totalPending()).isEqualTo(new Counts(3, 0, 3, 0));
  }

  @Test
  void counts_that_contradict_themselves_are_refused_by_name() {
    ArmTally tally = ArmTally.NONE.withReport("a/1", report(1, 10, 1, 0, 0));

    assertThatThrownBy(() -> tally.withReport("a/1", report(2, 12, 12, 0, 0)))
        .isInstanceOf(ArmTally.Unreadable.class)
        .hasMessage("a/1 reported +2 requests and +11 errors since its last report");
    assertThatThrownBy(() -> tally.withReport("a/1", report(2, 9, 1, 0, 0)))
        .isInstanceOf(ArmTally.Unreadable.class);
    assertThatThrownBy(() -> tally.withReport("a/1", report(2, 11, 0, 0, 0)))
        .isInstanceOf(ArmTally.Unreadable.class);
  }

  @Test
  void answers_that_belong_to_no_cluster_are_in_the_totals_alone() {
    ArmTally tally =
        ArmTally.NONE.withReport("a/1", new Report(1, new Counts(10, 1, 0, 0), 0, List.of()));

    assertThat(tally.totalCounts()).isEqualTo(new Counts(10, 1, 0, 0));
    assertThat(tally.totalPending()).isEqualTo(Counts.NONE);
  }

  @Test
  void the_state_of_a_canary_is_bounded() {
    ArmTally tally = ArmTally.NONE;
    for (int start = 0; start < ArmTally.MAX_EPOCHS; start++) {
      tally = tally.withReport("a/" + start, report(1, 1, 0, 0, 0));
    }
    ArmTally full = tally;

    assertThat(full.totalCounts().requests()).isEqualTo(ArmTally.MAX_EPOCHS);
    assertThatThrownBy(() -> full.withReport("a/more", report(1, 1, 0, 0, 0)))
        .isInstanceOf(ArmTally.Unreadable.class);
  }

  private static Report report(
      long sequence, long requests, long errors, long feedback, long wrong) {
    return SampleReports.reportOfOne(sequence, 0, new Counts(requests, errors, feedback, wrong));
  }
}
