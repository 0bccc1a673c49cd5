package io.plumbline.evaluation.metric;

import static io.plumbline.evaluation.metric.Answered.RIGHT;
import static io.plumbline.evaluation.metric.Answered.abstention;
import static io.plumbline.evaluation.metric.Answered.answer;
import static io.plumbline.evaluation.metric.Answered.beside;
import static io.plumbline.evaluation.metric.Answered.failed;
import static io.plumbline.evaluation.metric.Answered.failedBeside;
import static io.plumbline.evaluation.metric.Answered.outOfScope;
import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contracts.Criterion.Direction;
import io.plumbline.statistics.Proportion;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Tests that a metric is over the items to which its scorer applies. */
class ApplicabilityTests {

  private static final Metric SHARE = Metric.share(RIGHT);
  private static final Metric MEAN = Metric.mean(RIGHT);
  private static final Metric COVERAGE = Metric.coverage("coverage");
  private static final Metric IN_SCOPE = Metric.share(Answered.IN_SCOPE);
  private static final Metric SELECTIVE = Metric.selectiveQuality("selective", RIGHT);
  private static final Metric BRIER = Metric.brier("brier", RIGHT);
  private static final Metric CALIBRATION = Metric.calibrationError("calibration", RIGHT);

  private static Map<String, Measure> measures(List<Observation> observations, Metric... metrics) {
    return Figures.measures(observations, List.of(), List.of(metrics), 0.95, 1);
  }

  private static Measure measure(List<Observation> observations, Metric metric) {
    return Objects.requireNonNull(measures(observations, metric).get(metric.name()));
  }

  private static @Nullable String missing(List<Observation> observations, Metric metric) {
    return Figures.unmeasured(observations, List.of(metric)).get(metric.name());
  }

  @Test
  void an_item_to_which_a_scorer_does_not_apply_is_in_none_of_its_metrics() {
    List<Observation> observations =
        List.of(answer(0, 1, null), answer(1, 0, null), beside(2), beside(3));

    assertThat(measure(observations, SHARE))
        .isEqualTo(Measure.of(0.5, new Proportion(1, 2).wilsonInterval(0.95), 2));
    assertThat(measure(observations, MEAN)).extracting(Measure::observations).isEqualTo(2L);
    assertThat(measure(observations, Metric.LATENCY_P50).observations()).isEqualTo(4);
  }

  @Test
  void an_item_that_failed_counts_as_the_worst_only_where_the_scorer_applies() {
    List<Observation> observations = List.of(answer(0, 1, null), failed(1), failedBeside(2));

    assertThat(measure(observations, SHARE))
        .isEqualTo(Measure.of(0.5, new Proportion(1, 2).wilsonInterval(0.95), 2));
  }

  @Test
  void a_metric_over_no_item_is_not_measured_and_says_so() {
    assertThat(measures(List.of(beside(0), beside(1)), SHARE)).isEmpty();
    assertThat(missing(List.of(beside(0), beside(1)), SHARE))
        .isEqualTo("it applies to none of the 2 items");
    assertThat(missing(List.of(abstention(0, 0.1)), SELECTIVE))
        .isEqualTo("it applies to none of the 1 answers");
  }

  @Test
  void coverage_is_over_all_items_and_the_selective_score_over_those_answered() {
    List<Observation> observations =
        List.of(answer(0, 1, 0.9), answer(1, 0.5, 0.8), abstention(2, 0.1), failed(3), beside(4));

    assertThat(measure(observations, COVERAGE))
        .isEqualTo(Measure.of(0.6, new Proportion(3, 5).wilsonInterval(0.95), 5));
    Measure selective = measure(observations, SELECTIVE);
    assertThat(selective.value()).isEqualTo(0.5);
    assertThat(selective.observations()).isEqualTo(3);
  }

  /** Four items have an answer; one of them was abstained from and one failed. */
  @Test
  void coverage_in_scope_leaves_out_what_has_no_answer() {
    List<Observation> observations =
        List.of(
            Answered.inScope(0, false),
            Answered.inScope(1, false),
            Answered.inScope(2, true),
            failed(3),
            outOfScope(4, true, 0.1),
            outOfScope(5, false, 0.7));

    assertThat(measure(observations, IN_SCOPE))
        .isEqualTo(Measure.of(0.5, new Proportion(2, 4).wilsonInterval(0.95), 4));
  }

  @Test
  void an_item_that_failed_loses_as_much_as_can_be_lost() {
    List<Observation> observations = List.of(answer(0, 1, 1.0), failed(1));

    assertThat(measure(observations, BRIER).value()).isEqualTo(0.5);
    assertThat(measure(observations, CALIBRATION).value()).isEqualTo(0.5);
    // Where the confidence of the right answers is too low, wrong ones in their bin would help.
    List<Observation> modest = new ArrayList<>(Answered.times(8, answer(0, 1, 0.95), 0));
    double without = measure(modest, CALIBRATION).value();
    modest.add(failed(9));
    assertThat(measure(modest, CALIBRATION).value()).isGreaterThan(without);
  }

  @Test
  void what_needs_a_confidence_is_not_measured_where_an_answer_has_none() {
    List<Observation> observations =
        List.of(answer(0, 1, 0.9), answer(1, 1, null), failed(2), abstention(3, 0.2));

    for (Metric metric : List.of(BRIER, CALIBRATION)) {
      assertThat(measures(observations, metric)).isEmpty();
      assertThat(missing(observations, metric)).isEqualTo("1 of 2 answers have no confidence");
    }
  }

  @Test
  void a_loss_improves_downwards_and_ends_at_one() {
    assertThat(List.of(BRIER, CALIBRATION))
        .allSatisfy(metric -> {
          assertThat(metric.toEvent(1).direction()).isEqualTo(Direction.AT_MOST);
          assertThat(metric.toEvent(1).largest()).isEqualTo(1.0);
        });
  }

  @Test
  void pairs_are_those_in_which_the_scorer_applies_to_both_answers() {
    List<Observation> baseline =
        List.of(answer(0, 0, 0.9), answer(1, 1, 0.9), abstention(2, 0.1), beside(3));
    List<Observation> candidate =
        List.of(answer(0, 1, 0.9), abstention(1, 0.2), answer(2, 1, 0.9), beside(3));
    Pairing pairing = Pairing.of(baseline, candidate, List.of());

    assertThat(pairing.outcomes(RIGHT).items()).isEqualTo(3);
    assertThat(Objects.requireNonNull(pairing.difference(SHARE, 0.95, 1)).observations())
        .isEqualTo(3);
    Measure selective = Objects.requireNonNull(pairing.difference(SELECTIVE, 0.95, 1));
    assertThat(selective.observations()).isEqualTo(1);
    assertThat(selective.value()).isEqualTo(1);
    assertThat(Objects.requireNonNull(pairing.difference(COVERAGE, 0.95, 1)).observations())
        .isEqualTo(4);
  }

  @Test
  void runs_without_an_item_for_a_scorer_in_common_are_not_compared_by_it() {
    Pairing pairing =
        Pairing.of(List.of(beside(0), answer(1, 1, null)), List.of(beside(0)), List.of());

    assertThat(pairing.difference(SHARE, 0.95, 1)).isNull();
    assertThat(pairing.difference(BRIER, 0.95, 1)).isNull();
  }

  @Test
  void a_difference_of_losses_is_of_the_answers_with_a_confidence_alone() {
    List<Observation> sure = Answered.times(20, answer(0, 1, 1.0), 0);
    List<Observation> doubtful = Answered.times(20, answer(0, 1, 0.5), 0);

    assertThat(difference(doubtful, sure, BRIER)).isEqualTo(-0.25);
    assertThat(difference(doubtful, sure, CALIBRATION)).isEqualTo(-0.5);
    assertThat(
            Pairing.of(Answered.times(20, answer(0, 1, null), 0), sure, List.of())
                .difference(BRIER, 0.95, 1))
        .isNull();
  }

  private static double difference(
      List<Observation> baseline, List<Observation> candidate, Metric metric) {
    return Objects.requireNonNull(
            Pairing.of(baseline, candidate, List.of()).difference(metric, 0.95, 1))
        .value();
  }

  @Test
  void out_of_scope_items_alone_count_for_their_recall() {
    List<Observation> observations =
        List.of(answer(0, 1, 0.9), outOfScope(1, true, 0.1), outOfScope(2, false, 0.7));

    Measure recall = measure(observations, Metric.share(Answered.OUT_OF_SCOPE));
    assertThat(recall.value()).isEqualTo(0.5);
    assertThat(recall.observations()).isEqualTo(2);
  }
}
