package io.plumbline.evaluation.monitor;

import static io.plumbline.evaluation.monitor.SampleReports.reportOfOne;
import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contracts.Digest;
import io.plumbline.contracts.InferenceEvent.ArmReported;
import io.plumbline.contracts.state.Outcome;
import io.plumbline.evaluation.monitor.ArmTally.Counts;
import io.plumbline.evaluation.monitor.ArmTally.Report;
import io.plumbline.evaluation.monitor.CanaryAnalysis.Arm;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class CanaryAnalysisTests {

  private static final Digest CANDIDATE = Digest.ofText("candidate");
  private static final Digest FORMER = Digest.ofText("former");
  private static final CanarySettings SETTINGS = new CanarySettings(0.05, 20, 10, 0.001, 0);

  @Test
  void halts_a_candidate_whose_answers_are_judged_wrong_more_often() {
    CanaryAnalysis analysis =
        CanaryAnalysis.START
            .withReport(Arm.CONTROL, FORMER, "a/1", report(60, 0, 60, 3))
            .withReport(Arm.CANARY, CANDIDATE, "a/1", report(60, 0, 60, 25));
    assertThat(analysis.decision(SETTINGS, 50))
        .get()
        .extracting(CanaryAnalysis.Decision::outcome)
        .isEqualTo(Outcome.FAIL);
    assertThat(analysis.decision(SETTINGS, 50).orElseThrow().reasons())
        .singleElement()
        .asString()
        .contains("judged wrong is 0.417 (25 of 60)");
  }

  /** One caller fails all of its calls of the candidate, or judges all of its answers wrong. */
  @Test
  void one_cluster_halts_nothing_however_much_it_contributes() {
    CanaryAnalysis analysis =
        CanaryAnalysis.START
            .withReport(Arm.CONTROL, FORMER, "a/1", report(600, 6, 60, 6))
            .withReport(Arm.CANARY, CANDIDATE, "a/1", report(600, 6, 60, 6));

    CanaryAnalysis steered =
        analysis
            .withReport(Arm.CONTROL, FORMER, "b/1", reportOfOne(1, 3, new Counts(300, 0, 300, 0)))
            .withReport(
                Arm.CANARY, CANDIDATE, "b/1", reportOfOne(1, 3, new Counts(300, 300, 300, 300)));

    assertThat(steered.decision(SETTINGS, 50)).isEmpty();
  }

  /** One caller fails all of its calls of the control, and none of the candidate's. */
  @Test
  void one_cluster_hides_no_harm_however_much_it_contributes() {
    CanaryAnalysis analysis =
        CanaryAnalysis.START
            .withReport(Arm.CONTROL, FORMER, "b/1", reportOfOne(1, 3, new Counts(600, 600, 0, 0)))
            .withReport(Arm.CANARY, CANDIDATE, "b/1", reportOfOne(1, 3, new Counts(600, 0, 0, 0)))
            .withReport(Arm.CONTROL, FORMER, "a/1", report(600, 12, 0, 0))
            .withReport(Arm.CANARY, CANDIDATE, "a/1", report(600, 120, 0, 0));

    assertThat(analysis.decision(SETTINGS, 50))
        .get()
        .extracting(CanaryAnalysis.Decision::outcome)
        .isEqualTo(Outcome.FAIL);
  }

  /** The active release is rolled back while the canary runs, and another variant answers. */
  @Test
  void another_control_begins_the_comparison_anew() {
    Digest other = Digest.ofText("other");
    CanaryAnalysis before =
        CanaryAnalysis.START
            .withReport(Arm.CONTROL, FORMER, "a/1", report(1, 100, 0, 0, 0))
            .withReport(Arm.CANARY, CANDIDATE, "a/1", report(1, 100, 12, 0, 0));

    CanaryAnalysis after =
        before
            .withReport(Arm.CONTROL, other, "a/1", report(2, 50, 10, 0, 0))
            .withReport(Arm.CONTROL, FORMER, "b/1", report(1, 5_000, 0, 0, 0))
            .withReport(Arm.CANARY, CANDIDATE, "a/1", report(2, 150, 22, 0, 0));

    assertThat(before.errorComparison().candidateTrials()).isEqualTo(100);
    assertThat(after.errorComparison().baselineTrials()).isEqualTo(50);
    assertThat(after.errorComparison().baselineEvents()).isEqualTo(10);
    assertThat(after.errorComparison().candidateTrials()).isEqualTo(50);
    assertThat(after.errorComparison().candidateEvents()).isEqualTo(10);
    assertThat(after.candidate().totalCounts().requests()).isEqualTo(150);
  }

  /** A caller who is alone, or has nearly all of the traffic, makes no comparison. */
  @Test
  void one_cluster_alone_lacks_callers_and_halts_nothing() {
    CanaryAnalysis alone =
        CanaryAnalysis.START
            .withReport(Arm.CONTROL, FORMER, "a/1", reportOfOne(1, 3, new Counts(600, 0, 0, 0)))
            .withReport(
                Arm.CANARY, CANDIDATE, "a/1", reportOfOne(1, 3, new Counts(600, 600, 0, 0)));

    assertThat(alone.decision(SETTINGS, 50)).isEmpty();
    assertThat(alone.comparedAnswers()).isZero();
    assertThat(alone.missingCallers(SETTINGS))
        .contains(
            "Too few callers: 600 of the candidate's 600 compared answers are of one group of"
                + " callers, which decides nothing by itself.");
    CanaryAnalysis many =
        alone
            .withReport(Arm.CONTROL, FORMER, "b/1", report(600, 0, 0, 0))
            .withReport(Arm.CANARY, CANDIDATE, "b/1", report(600, 0, 0, 0));
    assertThat(many.comparedAnswers()).isEqualTo(550);
    assertThat(many.missingCallers(SETTINGS)).isEmpty();
  }

  @Test
  void reports_overwhelming_evidence_in_words() {
    CanaryAnalysis analysis =
        CanaryAnalysis.START
            .withReport(Arm.CONTROL, FORMER, "a/1", report(5_000, 0, 0, 0))
            .withReport(Arm.CANARY, CANDIDATE, "a/1", report(5_000, 5_000, 0, 0));
    assertThat(analysis.decision(SETTINGS, 50).orElseThrow().reasons())
        .singleElement()
        .asString()
        .endsWith("(evidence over a million, 40.0 needed)");
  }

  @Test
  void decides_nothing_before_the_minimum_sample_or_without_harm() {
    CanaryAnalysis few =
        CanaryAnalysis.START
            .withReport(Arm.CONTROL, FORMER, "a/1", report(19, 0, 9, 0))
            .withReport(Arm.CANARY, CANDIDATE, "a/1", report(19, 19, 9, 9));
    assertThat(few.decision(SETTINGS, 50)).isEmpty();
    CanaryAnalysis equal =
        CanaryAnalysis.START
            .withReport(Arm.CONTROL, FORMER, "a/1", report(500, 5, 0, 0))
            .withReport(Arm.CANARY, CANDIDATE, "a/1", report(500, 6, 0, 0));
    assertThat(equal.decision(SETTINGS, 50)).isEmpty();
  }

  @Test
  void passes_only_when_that_is_configured() {
    CanaryAnalysis equal =
        CanaryAnalysis.START
            .withReport(Arm.CONTROL, FORMER, "a/1", report(500, 5, 0, 0))
            .withReport(Arm.CANARY, CANDIDATE, "a/1", report(500, 6, 0, 0));
    CanarySettings passing = new CanarySettings(0.05, 20, 10, 0.001, 400);
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
            .withReport(Arm.CANARY, CANDIDATE, "a/1", reportOfOne(1, 0, new Counts(10, 1, 0, 0)))
            .withReport(Arm.CANARY, CANDIDATE, "a/1", reportOfOne(1, 0, new Counts(10, 1, 0, 0)))
            .withReport(Arm.CONTROL, FORMER, "b/1", reportOfOne(1, 0, new Counts(90, 1, 0, 0)))
            .withReport(Arm.CANARY, CANDIDATE, "a/1", reportOfOne(2, 0, new Counts(15, 1, 0, 0)))
            .withReport(Arm.CANARY, CANDIDATE, "a/2", reportOfOne(1, 0, new Counts(3, 0, 0, 0)))
            .withReport(Arm.CONTROL, FORMER, "a/2", reportOfOne(2, 0, new Counts(5, 0, 0, 0)));

    assertThat(analysis.errorComparison().candidateTrials()).isEqualTo(18);
    assertThat(analysis.errorComparison().baselineTrials()).isEqualTo(95);
    assertThat(analysis.candidate().totalCounts()).isEqualTo(new Counts(18, 1, 0, 0));
  }

  /** A replica restarts with errors only, which the guard once read as 12 errors in 2 requests. */
  @Test
  void a_restart_with_errors_only_is_counted() {
    CanaryAnalysis analysis =
        CanaryAnalysis.START
            .withReport(Arm.CONTROL, FORMER, "a/1", report(1, 120, 0, 0, 0))
            .withReport(Arm.CANARY, CANDIDATE, "a/1", report(1, 120, 0, 0, 0))
            .withReport(Arm.CONTROL, FORMER, "a/1", report(2, 240, 0, 0, 0))
            .withReport(Arm.CANARY, CANDIDATE, "a/2", report(1, 144, 144, 0, 0));

    assertThat(analysis.errorComparison().candidateTrials()).isEqualTo(264);
    assertThat(analysis.errorComparison().candidateEvents()).isEqualTo(144);
    assertThat(analysis.errorComparison().baselineTrials()).isEqualTo(240);
    assertThat(analysis.decision(SETTINGS, 50)).get().extracting("outcome").isEqualTo(Outcome.FAIL);
  }

  @Test
  void a_report_that_cannot_be_read_ends_the_analysis_instead_of_blinding_it() {
    CanaryAnalysis analysis =
        CanaryAnalysis.START
            .withReport(Arm.CONTROL, FORMER, "a/1", report(1, 10, 0, 0, 0))
            .withReport(Arm.CANARY, CANDIDATE, "a/1", report(1, 10, 0, 0, 0))
            .withReport(Arm.CANARY, CANDIDATE, "a/1", report(2, 12, 12, 0, 0))
            .withReport(Arm.CONTROL, FORMER, "a/1", report(2, 5_000, 0, 0, 0));

    assertThat(analysis.decision(new CanarySettings(0.05, 20, 10, 0.001, 1), 50))
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
      long[][] mine = new long[ArmReported.CLUSTERS][4];
      long[][] theirs = new long[ArmReported.CLUSTERS][4];
      boolean alarm = false;
      for (int report = 1; report <= 60 && !alarm; report++) {
        analysis =
            analysis
                .withReport(Arm.CANARY, CANDIDATE, "a/1", draw(random, report, mine, 4))
                .withReport(Arm.CONTROL, FORMER, "a/1", draw(random, report, theirs, 36));
        alarm = analysis.decision(SETTINGS, 10).isPresent();
      }
      alarms += alarm ? 1 : 0;
    }
    assertThat(alarms / 300.0).isLessThanOrEqualTo(0.05);
  }

  /** Adds answers to the counts of an arm by cluster, and returns the report of all of them. */
  private static Report draw(
      SplittableRandom random, int sequence, long[][] clusters, int requests) {
    for (int i = 0; i < requests; i++) {
      long[] counts = clusters[random.nextInt(clusters.length)];
      counts[0]++;
      counts[1] += random.nextDouble() < 0.02 ? 1 : 0;
      counts[2] += i % 2 == 0 ? 1 : 0;
      counts[3] += i % 2 == 0 && random.nextDouble() < 0.15 ? 1 : 0;
    }
    List<Counts> all =
        Arrays.stream(clusters)
            .map(each -> new Counts(each[0], each[1], each[2], each[3]))
            .toList();
    return new Report(sequence, all.stream().reduce(Counts.NONE, Counts::plus), 0, all);
  }

  private static Report report(long requests, long errors, long feedback, long wrong) {
    return report(1, requests, errors, feedback, wrong);
  }

  private static Report report(
      long sequence, long requests, long errors, long feedback, long wrong) {
    return SampleReports.report(sequence, new Counts(requests, errors, feedback, wrong));
  }
}
