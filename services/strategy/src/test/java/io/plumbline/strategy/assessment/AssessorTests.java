package io.plumbline.strategy.assessment;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contracts.Criterion;
import io.plumbline.contracts.Criterion.Direction;
import io.plumbline.contracts.Criterion.MetricKind;
import io.plumbline.contracts.Digest;
import io.plumbline.contracts.EvaluationEvent.Measure;
import io.plumbline.contracts.state.RunOutcome;
import io.plumbline.strategy.Approach;
import io.plumbline.strategy.assessment.Answers.DataAvailability;
import io.plumbline.strategy.assessment.Answers.PerformanceTarget;
import io.plumbline.strategy.assessment.Answers.Resources;
import io.plumbline.strategy.assessment.Answers.Specificity;
import io.plumbline.strategy.assessment.Assessor.Measured;
import io.plumbline.strategy.projection.DatasetVersion;
import io.plumbline.strategy.projection.Run;
import io.plumbline.strategy.projection.Usage;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class AssessorTests {

  private static final Answers SAID =
      new Answers(
          DataAvailability.NONE,
          Specificity.SPECIALISED,
          PerformanceTarget.HIGH,
          Resources.LIMITED,
          null,
          null,
          null);
  private static final Measured NOTHING =
      new Measured(Optional.empty(), List.of(), List.of(), Optional.empty(), 1_000);
  private static final List<Criterion> CRITERIA =
      List.of(
          new Criterion(
              "accuracy", MetricKind.TASK_QUALITY, Direction.AT_LEAST, 0.85, 0.93, 0, 300));

  private static Run run(double accuracy) {
    Digest digest = Digest.ofText("x");
    return new Run(
        new UUID(0, 1),
        digest,
        digest,
        RunOutcome.SUCCEEDED,
        400,
        0,
        Map.of("accuracy", new Measure(accuracy, null, null)),
        BigDecimal.ZERO,
        "USD",
        Instant.EPOCH);
  }

  private static String source(Assessment assessment, Question question) {
    return assessment.evidence().stream()
        .filter(each -> each.question() == question)
        .findFirst()
        .orElseThrow()
        .source();
  }

  @Test
  void without_evidence_a_persons_word_counts_and_is_marked_so() {
    Assessment assessment = Assessor.assess(SAID, NOTHING);

    assertThat(assessment.approach()).isEqualTo(Approach.PROMPT_ENGINEERING);
    assertThat(assessment.evidence())
        .extracting(Assessment.Evidenced::source)
        .containsOnly("estimate");
  }

  @Test
  void the_dataset_answers_for_the_data_whatever_was_said() {
    DatasetVersion dataset =
        new DatasetVersion("mails", 2, 4_000, Map.of("spam", 1_500L, "personal", 2_500L));
    Assessment assessment =
        Assessor.assess(
            SAID,
            new Measured(Optional.of(dataset), List.of(), List.of(), Optional.empty(), 1_000));

    assertThat(assessment.approach()).isEqualTo(Approach.RAG);
    assertThat(source(assessment, Question.DATA_AVAILABILITY))
        .isEqualTo("measured: dataset mails version 2 with 4000 rows, smallest label 1500");
  }

  @Test
  void a_label_with_few_rows_makes_many_rows_limited() {
    DatasetVersion dataset =
        new DatasetVersion("mails", 2, 4_000, Map.of("spam", 20L, "personal", 3_980L));
    Assessment assessment =
        Assessor.assess(
            SAID,
            new Measured(Optional.of(dataset), List.of(), List.of(), Optional.empty(), 1_000));

    assertThat(assessment.path()).contains("DATA_AVAILABILITY LIMITED");
  }

  @Test
  void a_run_answers_for_the_gap_against_the_registered_threshold() {
    assertThat(gap(0.9)).isEqualTo("NONE");
    assertThat(gap(0.81)).isEqualTo("SMALL");
    assertThat(gap(0.6)).isEqualTo("LARGE");
    assertThat(source(Assessor.assess(SAID, with(0.6)), Question.PERFORMANCE_GAP))
        .isEqualTo(
            "measured: accuracy 0.600 by prompt engineering alone, the best of 1, against the"
                + " registered threshold 0.850");
  }

  private static Measured with(double accuracy) {
    return new Measured(
        Optional.empty(), CRITERIA, List.of(run(accuracy)), Optional.empty(), 1_000);
  }

  private static String gap(double accuracy) {
    return Assessor.assess(SAID, with(accuracy)).evidence().getFirst().answer();
  }

  @Test
  void each_trigger_moves_the_score_by_the_points_it_shows() {
    for (DecisionFactor decisionFactor : DecisionFactor.values()) {
      Answers plain =
          new Answers(
              null,
              Specificity.GENERAL,
              PerformanceTarget.MODERATE,
              Resources.AMPLE,
              null,
              null,
              null);
      Answers triggered =
          new Answers(
              null,
              Specificity.GENERAL,
              PerformanceTarget.MODERATE,
              Resources.AMPLE,
              null,
              null,
              Set.of(decisionFactor));
      Map<Approach, Integer> before = Assessor.assess(plain, NOTHING).scores();
      Assessment after = Assessor.assess(triggered, NOTHING);
      for (Approach approach : Approach.values()) {
        assertThat(after.scores().getOrDefault(approach, 0) - before.getOrDefault(approach, 0))
            .as("%s for %s", decisionFactor, approach)
            .isEqualTo(decisionFactor.points(approach));
      }
      assertThat(after.contributions())
          .isNotEmpty()
          .extracting(Assessment.Contribution::trigger)
          .containsOnly(decisionFactor);
    }
  }

  @Test
  void measured_traffic_counts_as_high_volume_by_itself() {
    Usage usage =
        new Usage(LocalDate.EPOCH, 9, 350_000, 350_000, 7, 1_500_000L, 0, 0, 0, 0, List.of());
    Assessment assessment =
        Assessor.assess(
            SAID, new Measured(Optional.empty(), List.of(), List.of(), Optional.of(usage), 1_000));

    assertThat(assessment.contributions())
        .contains(
            new Assessment.Contribution(
                DecisionFactor.HIGH_VOLUME,
                Approach.FINE_TUNING,
                2,
                "a million requests a month or more (measured: 1500000 requests a month)"));
  }
}
