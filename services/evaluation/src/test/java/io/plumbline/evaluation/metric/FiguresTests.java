package io.plumbline.evaluation.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.plumbline.evaluation.metric.Confusion.ClassFigures;
import io.plumbline.statistics.BoundedMean;
import io.plumbline.statistics.Proportion;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FiguresTests {

  private static final List<Metric> EVERY =
      List.of(
          Observations.EXACT_MATCH,
          Observations.ACCURACY,
          Metric.MACRO_F1,
          Metric.LATENCY_P50,
          Metric.LATENCY_P95,
          Metric.COST_PER_1000,
          Metric.CONSISTENCY);

  private static Observation answer(int item, String label, @Nullable String prediction) {
    return Observations.labelled(
        "i" + item,
        Perturbation.NONE,
        label,
        prediction,
        false,
        10 * (item + 1),
        new BigDecimal("0.001"));
  }

  private static List<Observation> answers(int[] truth, int[] predicted) {
    List<Observation> answers = new ArrayList<>();
    for (int i = 0; i < truth.length; i++) {
      answers.add(answer(i, String.valueOf(truth[i]), String.valueOf(predicted[i])));
    }
    return answers;
  }

  @Test
  void values_alone_are_those_of_the_measures() {
    List<Observation> answers = answers(new int[] {0, 1, 2, 0, 1, 2}, new int[] {0, 2, 1, 0, 0, 1});
    List<String> labels = List.of("0", "1", "2");
    Map<String, Double> measured = new HashMap<>();
    Figures.measures(answers, labels, EVERY, Measure.CONFIDENCE, 1)
        .forEach((metric, measure) -> measured.put(metric, measure.value()));

    assertThat(Figures.values(answers, labels, EVERY))
        .isEqualTo(measured)
        .containsKeys("macro_f1", "cost_per_1000_usd");
  }

  /** The example of {@code sklearn.metrics.f1_score} has macro 0.26, and per class 0.8, 0, 0. */
  @Test
  void macro_f1_agrees_with_scikit_learn() {
    Confusion confusion =
        Confusion.of(
            Set.of("0", "1", "2"),
            answers(new int[] {0, 1, 2, 0, 1, 2}, new int[] {0, 2, 1, 0, 0, 1}));
    assertThat(confusion.macroF1()).isCloseTo(0.8 / 3, within(1e-12));
    assertThat(confusion.figuresByLabel())
        .extracting(ClassFigures::f1)
        .containsExactly(0.8, 0.0, 0.0);
  }

  /** The example of {@code sklearn.metrics.classification_report}. */
  @Test
  void per_class_figures_agree_with_scikit_learn() {
    Confusion confusion =
        Confusion.of(
            Set.of("0", "1", "2"), answers(new int[] {0, 1, 2, 2, 2}, new int[] {0, 0, 2, 2, 1}));
    assertThat(confusion.figuresByLabel())
        .containsExactly(
            new ClassFigures("0", 0.5, 1, 2.0 / 3, 1),
            new ClassFigures("1", 0, 0, 0, 1),
            new ClassFigures("2", 1, 2.0 / 3, 0.8, 3));
    assertThat(confusion.macroF1()).isCloseTo(0.49, within(5e-3));
    assertThat(confusion.counts())
        .containsExactly(List.of(1L, 0L, 0L, 0L), List.of(1L, 0L, 0L, 0L), List.of(0L, 1L, 2L, 0L));
  }

  @Test
  void an_unreadable_answer_is_wrong_and_no_class() {
    Confusion confusion =
        Confusion.of(
            Set.of("a", "b"),
            List.of(answer(0, "a", null), answer(1, "b", "nonsense"), answer(2, "a", "a")));
    assertThat(confusion.counts()).containsExactly(List.of(1L, 0L, 1L), List.of(0L, 0L, 1L));
  }

  @Test
  void measures_every_metric_of_a_suite() {
    List<Observation> observations = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      observations.add(
          answer(i, i % 2 == 0 ? "a" : "b", i % 10 == 0 ? "b" : i % 2 == 0 ? "a" : "b"));
    }
    observations.add(
        Observations.labelled("i0", Perturbation.LOWER_CASE, "a", "b", false, 5, BigDecimal.ZERO));
    observations.add(
        Observations.labelled("i2", Perturbation.TRUNCATED, "a", "b", false, 5, BigDecimal.ZERO));
    Figures figures = Figures.of(observations, Set.of("a", "b"), EVERY, 1);
    assertThat(figures.metrics())
        .containsOnlyKeys(
            "exact_match",
            "accuracy",
            "macro_f1",
            "latency_p50_ms",
            "latency_p95_ms",
            "cost_per_1000_usd",
            "consistency");
    assertThat(figures.metrics().values())
        .extracting(Measure::value)
        .usingElementComparator((a, b) -> Math.abs(a - b) < 1e-9 ? 0 : Double.compare(a, b))
        .containsExactly(
            0.9,
            0.9,
            figures.metrics().values().stream().toList().get(2).value(),
            1005.0,
            1900.5,
            1.0,
            0.5);
    assertThat(figures.consistency())
        .containsOnlyKeys(Perturbation.LOWER_CASE, Perturbation.TRUNCATED);
    assertThat(Figures.of(observations, Set.of("a", "b"), EVERY, 1)).isEqualTo(figures);
  }

  private static Observation failed(int item) {
    return Observations.labelled("i" + item, Perturbation.NONE, "a", null, true, 30_000, null);
  }

  @Test
  void an_item_that_failed_counts_as_the_worst() {
    List<Observation> observations =
        new ArrayList<>(List.of(answer(0, "a", "a"), answer(1, "a", "a"), failed(2), failed(3)));
    observations.add(
        Observations.labelled("i0", Perturbation.LOWER_CASE, "a", null, true, 30_000, null));
    Map<String, Measure> metrics = Figures.of(observations, Set.of("a", "b"), EVERY, 1).metrics();
    assertThat(metrics.get("accuracy")).extracting(Measure::value).isEqualTo(0.5);
    assertThat(metrics.get("latency_p95_ms")).extracting(Measure::value).isEqualTo(30_000.0);
    assertThat(metrics.get("cost_per_1000_usd")).extracting(Measure::value).isEqualTo(1.0);
    assertThat(metrics.get("consistency")).extracting(Measure::value).isEqualTo(0.0);
    assertThat(metrics.get("accuracy")).extracting(Measure::observations).isEqualTo(4L);
  }

  private static final Metric FIELDS = Metric.mean("fields");

  /** Returns an item without a label, as the scorer of fields scores it. */
  private static Observation scored(int item, double score) {
    return new Observation(
        "i" + item,
        Perturbation.NONE,
        null,
        null,
        Map.of("fields", score),
        Map.of(),
        Set.of(),
        false,
        null,
        false,
        10,
        null);
  }

  private static Observation unscored(int item, String why) {
    return new Observation(
        "i" + item,
        Perturbation.NONE,
        null,
        null,
        Map.of("short", 1.0),
        Map.of("clarity", why),
        Set.of(),
        false,
        null,
        false,
        10,
        null);
  }

  private static Observation judged(int item, double clarity) {
    return new Observation(
        "i" + item,
        Perturbation.NONE,
        null,
        null,
        Map.of("clarity", clarity, "short", 1.0),
        Map.of(),
        Set.of(),
        false,
        null,
        false,
        10,
        null);
  }

  @Test
  void a_metric_of_which_a_judge_gave_no_score_is_not_measured_and_says_of_how_many() {
    List<Metric> metrics = List.of(Metric.judgedQuality("clarity"), Metric.share("short"));
    List<Observation> all =
        List.of(
            judged(0, 0.5),
            unscored(1, "it was not available"),
            unscored(2, "its reply is not JSON"),
            unscored(3, "it was not available"),
            failed(4));

    Figures figures = Figures.of(all, List.of(), metrics, 1);

    assertThat(figures.metrics()).containsOnlyKeys("short");
    assertThat(figures.unmeasured())
        .isEqualTo(
            Map.of(
                "clarity",
                "scorer clarity gave no score for 3 of 5 items: it was not available (2), its reply"
                    + " is not JSON (1)"));
    assertThat(
            Pairing.of(List.of(judged(1, 1)), all, List.of())
                .difference(metrics.getFirst(), 0.95, 1))
        .isNull();
  }

  @Test
  void a_variant_that_failed_is_given_the_worst_score_though_its_judge_was_not_asked() {
    Figures figures =
        Figures.of(
            List.of(judged(0, 0.5), failed(1)),
            List.of(),
            List.of(Metric.judgedQuality("clarity")),
            1);

    assertThat(figures.metrics().values()).extracting(Measure::value).containsExactly(0.25);
    assertThat(figures.unmeasured()).isEmpty();
  }

  @Test
  void a_graded_score_is_measured_by_its_mean_with_an_interval_that_is_never_a_point() {
    List<Observation> all = List.of(scored(0, 1), scored(1, 1), scored(2, 1));
    List<Observation> some = List.of(scored(0, 0.5), scored(1, 0.25), failed(2));

    Measure best =
        Objects.requireNonNull(
            Figures.of(all, Set.of(), List.of(FIELDS), 1).metrics().get("fields"));
    assertThat(best).isEqualTo(Measure.of(1, new Proportion(3, 3).wilsonInterval(0.95), 3));
    assertThat(best.low()).isLessThan(0.5);
    assertThat(Figures.of(some, Set.of(), List.of(FIELDS), 1).metrics().get("fields"))
        .isEqualTo(Measure.of(0.25, new BoundedMean(0.25, 3).scoreInterval(0.95), 3));
    assertThat(Figures.of(all, Set.of(), List.of(FIELDS), 1).confusion()).isNull();
  }

  @Test
  void graded_scores_are_compared_by_the_mean_of_their_differences() {
    List<Observation> baseline = new ArrayList<>();
    List<Observation> candidate = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      baseline.add(scored(i, 0.5));
      candidate.add(scored(i, i % 4 == 0 ? 0.25 : 0.75));
    }
    Pairing pairing = Pairing.of(baseline, candidate, Set.of());

    Measure difference = Objects.requireNonNull(pairing.difference(FIELDS, Measure.CONFIDENCE, 1));

    assertThat(difference.value()).isCloseTo(0.125, within(1e-12));
    // The differences spread by 0.2165, their mean by a tenth of that.
    assertThat(difference.low()).isCloseTo(0.125 - 1.96 * 0.02165, within(0.006));
    assertThat(difference.high()).isCloseTo(0.125 + 1.96 * 0.02165, within(0.006));
    assertThat(pairing.outcomes("fields").neither()).isEqualTo(100);
    assertThat(pairing.difference(FIELDS, Measure.CONFIDENCE, 1)).isEqualTo(difference);
  }

  @Test
  void an_unknown_price_is_no_price() {
    List<Observation> unpriced =
        List.of(
            answer(0, "a", "a"),
            Observations.labelled("i1", Perturbation.NONE, "a", "a", false, 10, null));
    Figures figures = Figures.of(unpriced, Set.of("a"), List.of(Metric.COST_PER_1000), 1);
    assertThat(figures.metrics()).isEmpty();
    assertThat(figures.unmeasured())
        .isEqualTo(
            Map.of(
                "cost_per_1000_usd",
                "1 of 2 answers have no known price: list one in USD for each model that the"
                    + " subject calls"));
    Pairing pairing =
        Pairing.of(unpriced, List.of(answer(0, "a", "a"), answer(1, "a", "a")), Set.of("a"));
    assertThat(pairing.difference(Metric.COST_PER_1000, Measure.CONFIDENCE, 1)).isNull();
  }

  /** A paired table of 150 labels has 3.4 million cells, and the pairs fill at most 300. */
  @Test
  void macro_f1_of_many_labels_is_that_of_the_whole_table() {
    List<Observation> baseline = new ArrayList<>();
    List<Observation> candidate = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      baseline.add(answer(i, "l" + i % 150, "l" + i * 7 % 150));
      candidate.add(answer(i, "l" + i % 150, i % 3 == 0 ? "?" : "l" + i % 150));
    }
    TreeSet<String> labels = new TreeSet<>();
    baseline.forEach(o -> labels.add(Objects.requireNonNull(o.label())));
    Measure difference =
        Pairing.of(baseline, candidate, labels).difference(Metric.MACRO_F1, Measure.CONFIDENCE, 1);
    double expected =
        Confusion.of(labels, candidate).macroF1() - Confusion.of(labels, baseline).macroF1();
    assertThat(difference)
        .isNotNull()
        .satisfies(measure -> {
          assertThat(measure.value()).isCloseTo(expected, within(1e-12));
          assertThat(measure.low()).isLessThan(expected);
          assertThat(measure.high()).isGreaterThan(expected);
        });
  }

  @Test
  void pairs_common_items_only() {
    List<Observation> baseline =
        List.of(answer(0, "a", "b"), answer(1, "a", "a"), answer(2, "b", "a"));
    List<Observation> candidate =
        List.of(answer(2, "b", "b"), answer(0, "a", "a"), answer(9, "a", "a"));
    Pairing pairing = Pairing.of(baseline, candidate, Set.of("a", "b"));
    assertThat(pairing.pairs()).hasSize(2);
    assertThat(pairing.outcomes(Observations.LABEL).onlyCandidate()).isEqualTo(2);
    Measure accuracy = pairing.difference(Observations.ACCURACY, Measure.CONFIDENCE, 1);
    assertThat(accuracy).isEqualTo(new Measure(1, 1.0, 1.0, 2));
    assertThat(pairing.difference(Metric.MACRO_F1, Measure.CONFIDENCE, 1))
        .extracting(m -> m.value())
        .isEqualTo(1.0);
    assertThat(pairing.difference(Metric.LATENCY_P95, Measure.CONFIDENCE, 1))
        .isEqualTo(new Measure(0, 0.0, 0.0, 2));
    assertThat(pairing.difference(Metric.CONSISTENCY, Measure.CONFIDENCE, 1)).isNull();
  }

  @Test
  void a_quantile_of_repeated_rows_is_that_of_the_repeated_sample() {
    double[] values = {30, 10, 20, 40};
    assertThat(Pairing.quantile(values, new int[] {1, 2, 0, 3}, new int[] {0, 2, 0, 2}, 0.5))
        .isEqualTo(25);
    assertThat(Pairing.quantile(values, new int[] {1, 2, 0, 3}, new int[] {1, 1, 1, 1}, 1))
        .isEqualTo(40);
  }
}
