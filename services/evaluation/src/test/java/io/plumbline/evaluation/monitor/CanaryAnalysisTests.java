package io.plumbline.evaluation.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contracts.state.Outcome;
import io.plumbline.evaluation.monitor.ArmTally.Counts;
import io.plumbline.evaluation.monitor.ArmTally.Report;
import io.plumbline.evaluation.monitor.CanaryAnalysis.Arm;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class CanaryAnalysisTests {

  private static final CanarySettings SETTINGS = new CanarySettings(0.05, 20, 10, 3, 0.001, 0);

  @Test
  void halts_a_candidate_whose_answers_are_judged_wrong_more_often() {
    CanaryAnalysis analysis =
        CanaryAnalysis.START
            .withReport(Arm.CONTROL, "a/1", report(60, 0, 60, 3))
            .withReport(Arm.CANARY, "a/1", report(60, 0, 60, 25));
    assertThat(analysis.decision(SETTINGS, 50))
        .get()
        .extracting(CanaryAnalysis.Decision::outcome)
        .isEqualTo(Outcome.FAIL);
    assertThat(analysis.decision(SETTINGS, 50).orElseThrow().reasons())
        .singleElement()
        .asString()
        .contains("judged wrong is 0.417 (25 of 60)");
  }

  @Test
  void the_feedback_of_too_few_callers_halts_nothing_however_much_it_is() {
    CanaryAnalysis start =
        CanaryAnalysis.START.withReport(Arm.CONTROL, "a/1", report(60, 0, 60, 3));
    Counts allWrong = new Counts(60, 0, 60, 60);

    assertThat(
            start
                .withReport(Arm.CANARY, "a/1", new Report(1, allWrong, 0, 2, Counts.NONE))
                .decision(SETTINGS, 50))
        .isEmpty();
    assertThat(
            start
                .withReport(Arm.CANARY, "a/1", new Report(1, allWrong, 0, 3, Counts.NONE))
                .decision(SETTINGS, 50))
        .get()
        .extracting(CanaryAnalysis.Decision::outcome)
        .isEqualTo(Outcome.FAIL);
  }

  /** Two callers judge one answer each wrong, and a third judges all of them wrong. */
  @Test
  void one_callers_feedback_decides_nothing_once_others_judged_anything_wrong() {
    Counts mine = new Counts(80, 0, 80, 42);
    CanaryAnalysis start =
        CanaryAnalysis.START.withReport(Arm.CONTROL, "a/1", report(80, 0, 80, 4));

    assertThat(
            start
                .withReport(Arm.CANARY, "a/1", new Report(1, mine, 0, 3, new Counts(0, 0, 40, 40)))
                .decision(SETTINGS, 50))
        .isEmpty();
    assertThat(
            start
                .withReport(Arm.CANARY, "a/1", new Report(1, mine, 0, 3, new Counts(0, 0, 27, 14)))
                .decision(SETTINGS, 50))
        .isPresent();
  }

  @Test
  void one_caller_who_judges_all_of_the_control_right_makes_no_candidate_worse() {
    Counts theirs = new Counts(600, 0, 600, 4);

    assertThat(
            CanaryAnalysis.START
                .withReport(
                    Arm.CONTROL, "a/1", new Report(1, theirs, 0, 3, new Counts(0, 0, 560, 0)))
                .withReport(Arm.CANARY, "a/1", report(60, 0, 60, 6))
                .decision(SETTINGS, 50))
        .isEmpty();
  }

  @Test
  void reports_overwhelming_evidence_in_words() {
    CanaryAnalysis analysis =
        CanaryAnalysis.START
            .withReport(Arm.CONTROL, "a/1", report(5_000, 0, 0, 0))
            .withReport(Arm.CANARY, "a/1", report(5_000, 5_000, 0, 0));
    assertThat(analysis.decision(SETTINGS, 50).orElseThrow().reasons())
        .singleElement()
        .asString()
        .endsWith("evidence over a million where 40.0 is required");
  }

  @Test
  void decides_nothing_before_the_minimum_sample_or_without_harm() {
    CanaryAnalysis few =
        CanaryAnalysis.START
            .withReport(Arm.CONTROL, "a/1", report(19, 0, 9, 0))
            .withReport(Arm.CANARY, "a/1", report(19, 19, 9, 9));
    assertThat(few.decision(SETTINGS, 50)).isEmpty();
    CanaryAnalysis equal =
        CanaryAnalysis.START
            .withReport(Arm.CONTROL, "a/1", report(500, 5, 0, 0))
            .withReport(Arm.CANARY, "a/1", report(500, 6, 0, 0));
    assertThat(equal.decision(SETTINGS, 50)).isEmpty();
  }

  @Test
  void passes_only_when_that_is_configured() {
    CanaryAnalysis equal =
        CanaryAnalysis.START
            .withReport(Arm.CONTROL, "a/1", report(500, 5, 0, 0))
            .withReport(Arm.CANARY, "a/1", report(500, 6, 0, 0));
    CanarySettings passing = new CanarySettings(0.05, 20, 10, 3, 0.001, 400);
    assertThat(equal.decision(passing, 50))
        .get()
        .extracting(CanaryAnalysis.Decision::outcome)
        .isEqualTo(Outcome.PASS);
    assertThat(equal.hasRatioMismatch(passing, 10)).isTrue();
    assertThat(equal.decision(passing, 10)).isEmpty();
  }

  @Test
  void counts_every_answer_once_over_restarts_and_replicas() {
    CanaryAnalysis analysis =
        CanaryAnalysis.START
            .withReport(Arm.CANARY, "a/1", report(1, 10, 1, 0, 0))
            .withReport(Arm.CANARY, "a/1", report(1, 10, 1, 0, 0))
            .withReport(Arm.CONTROL, "b/1", report(1, 90, 1, 0, 0))
            .withReport(Arm.CANARY, "a/1", report(2, 15, 1, 0, 0))
            .withReport(Arm.CANARY, "a/2", report(1, 3, 0, 0, 0))
            .withReport(Arm.CONTROL, "a/2", report(2, 5, 0, 0, 0));

    assertThat(analysis.errors().candidateTrials()).isEqualTo(18);
    assertThat(analysis.errors().baselineTrials()).isEqualTo(95);
    assertThat(analysis.candidate().totalCounts()).isEqualTo(new Counts(18, 1, 0, 0));
  }

  /** A replica restarts with errors only, which the guard once read as 12 errors in 2 requests. */
  @Test
  void a_restart_with_errors_only_is_counted() {
    CanaryAnalysis analysis =
        CanaryAnalysis.START
            .withReport(Arm.CONTROL, "a/1", report(1, 10, 0, 0, 0))
            .withReport(Arm.CANARY, "a/1", report(1, 10, 0, 0, 0))
            .withReport(Arm.CONTROL, "a/1", report(2, 20, 0, 0, 0))
            .withReport(Arm.CANARY, "a/2", report(1, 12, 12, 0, 0));

    assertThat(analysis.errors().candidateTrials()).isEqualTo(22);
    assertThat(analysis.errors().candidateEvents()).isEqualTo(12);
    assertThat(analysis.errors().baselineTrials()).isEqualTo(20);
    assertThat(analysis.decision(SETTINGS, 50)).get().extracting("outcome").isEqualTo(Outcome.FAIL);
  }

  @Test
  void a_report_that_cannot_be_read_ends_the_analysis_instead_of_blinding_it() {
    CanaryAnalysis analysis =
        CanaryAnalysis.START
            .withReport(Arm.CONTROL, "a/1", report(1, 10, 0, 0, 0))
            .withReport(Arm.CANARY, "a/1", report(1, 10, 0, 0, 0))
            .withReport(Arm.CANARY, "a/1", report(2, 12, 12, 0, 0))
            .withReport(Arm.CONTROL, "a/1", report(2, 5_000, 0, 0, 0));

    assertThat(analysis.decision(new CanarySettings(0.05, 20, 10, 3, 0.001, 1), 50))
        .contains(
            new CanaryAnalysis.Decision(
                Outcome.INCONCLUSIVE,
                List.of(
                    "A report of the canary arm cannot be counted: a/1 reported +2 requests and +12"
                        + " errors since its last report. The guard can no longer see this arm.")));
  }

  /**
   * Arms of unequal size are analysed after each report, and both kinds of harm together stay
   * within the level.
   */
  @Test
  void holds_its_false_alarm_rate() {
    SplittableRandom random = new SplittableRandom(9);
    int alarms = 0;
    for (int canary = 0; canary < 300; canary++) {
      CanaryAnalysis analysis = CanaryAnalysis.START;
      Counts mine = Counts.NONE;
      Counts theirs = Counts.NONE;
      boolean alarm = false;
      for (int report = 0; report < 60 && !alarm; report++) {
        mine = mine.plus(draw(random, 4));
        theirs = theirs.plus(draw(random, 36));
        analysis =
            analysis
                .withReport(Arm.CANARY, "a/1", new Report(report + 1, mine, 0, 5, Counts.NONE))
                .withReport(Arm.CONTROL, "a/1", new Report(report + 1, theirs, 0, 5, Counts.NONE));
        alarm = analysis.decision(SETTINGS, 10).isPresent();
      }
      alarms += alarm ? 1 : 0;
    }
    assertThat(alarms / 300.0).isLessThanOrEqualTo(0.05);
  }

  private static Counts draw(SplittableRandom random, int requests) {
    long errors = 0;
    long wrong = 0;
    for (int i = 0; i < requests; i++) {
      errors += random.nextDouble() < 0.02 ? 1 : 0;
      wrong += i % 2 == 0 && random.nextDouble() < 0.15 ? 1 : 0;
    }
    return new Counts(requests, errors, (requests + 1) / 2, wrong);
  }

  private static Report report(long requests, long errors, long feedback, long wrong) {
    return report(1, requests, errors, feedback, wrong);
  }

  private static Report report(
      long sequence, long requests, long errors, long feedback, long wrong) {
    return new Report(
        sequence, new Counts(requests, errors, feedback, wrong), 0, wrong, Counts.NONE);
  }
}
