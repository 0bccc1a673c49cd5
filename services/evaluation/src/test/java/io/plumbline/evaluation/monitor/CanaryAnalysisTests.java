package io.plumbline.evaluation.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contracts.state.Outcome;
import io.plumbline.evaluation.monitor.ArmTally.Counts;
import io.plumbline.evaluation.monitor.CanaryAnalysis.Arm;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class CanaryAnalysisTests {

  private static final CanarySettings SETTINGS = new CanarySettings(0.05, 20, 10, 0.001, 0);

  @Test
  void halts_a_candidate_whose_answers_are_judged_wrong_more_often() {
    CanaryAnalysis analysis =
        CanaryAnalysis.START
            .withReport(Arm.CONTROL, new Counts(60, 0, 60, 3))
            .withReport(Arm.CANARY, new Counts(60, 0, 60, 25));
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
  void reports_overwhelming_evidence_in_words() {
    CanaryAnalysis analysis =
        CanaryAnalysis.START
            .withReport(Arm.CONTROL, new Counts(5_000, 0, 0, 0))
            .withReport(Arm.CANARY, new Counts(5_000, 5_000, 0, 0));
    assertThat(analysis.decision(SETTINGS, 50).orElseThrow().reasons())
        .singleElement()
        .asString()
        .endsWith("evidence over a million where 40.0 is required");
  }

  @Test
  void decides_nothing_before_the_minimum_sample_or_without_harm() {
    CanaryAnalysis few =
        CanaryAnalysis.START
            .withReport(Arm.CONTROL, new Counts(19, 0, 9, 0))
            .withReport(Arm.CANARY, new Counts(19, 19, 9, 9));
    assertThat(few.decision(SETTINGS, 50)).isEmpty();
    CanaryAnalysis equal =
        CanaryAnalysis.START
            .withReport(Arm.CONTROL, new Counts(500, 5, 0, 0))
            .withReport(Arm.CANARY, new Counts(500, 6, 0, 0));
    assertThat(equal.decision(SETTINGS, 50)).isEmpty();
  }

  @Test
  void passes_only_when_that_is_configured() {
    CanaryAnalysis equal =
        CanaryAnalysis.START
            .withReport(Arm.CONTROL, new Counts(500, 5, 0, 0))
            .withReport(Arm.CANARY, new Counts(500, 6, 0, 0));
    CanarySettings passing = new CanarySettings(0.05, 20, 10, 0.001, 400);
    assertThat(equal.decision(passing, 50))
        .get()
        .extracting(CanaryAnalysis.Decision::outcome)
        .isEqualTo(Outcome.PASS);
    assertThat(equal.ratioMismatch(passing, 10)).isTrue();
    assertThat(equal.decision(passing, 10)).isEmpty();
  }

  /**
   * Cumulative reports in steps, repeated ones, a restart in between: the same increments are
   * counted once.
   */
  @Test
  void counts_every_answer_once() {
    CanaryAnalysis analysis =
        CanaryAnalysis.START
            .withReport(Arm.CANARY, new Counts(10, 1, 0, 0))
            .withReport(Arm.CANARY, new Counts(10, 1, 0, 0))
            .withReport(Arm.CONTROL, new Counts(90, 1, 0, 0))
            .withReport(Arm.CANARY, new Counts(15, 1, 0, 0))
            .withReport(Arm.CANARY, new Counts(3, 0, 0, 0))
            .withReport(Arm.CONTROL, new Counts(5, 0, 0, 0));
    assertThat(analysis.errors().candidateTrials()).isEqualTo(18);
    assertThat(analysis.errors().baselineTrials()).isEqualTo(95);
    assertThat(analysis.candidate().total()).isEqualTo(new Counts(18, 1, 0, 0));
  }

  /**
   * Reports of unequal arms, looked at after each; both kinds of harm together stay within the
   * level.
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
        analysis = analysis.withReport(Arm.CANARY, mine).withReport(Arm.CONTROL, theirs);
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
}
