package io.plumbline.evaluation.experiment;

import io.plumbline.contracts.Criterion;
import io.plumbline.contracts.Criterion.Direction;
import io.plumbline.contracts.state.Outcome;
import io.plumbline.evaluation.metric.Measure;
import io.plumbline.evaluation.metric.Metric;
import io.plumbline.evaluation.metric.Pairing;
import io.plumbline.evaluation.suite.SuiteDefinition;
import io.plumbline.statistics.VerdictPlan;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The judgement of a run by criteria: a pure function of its measures, the criteria, the answers of
 * the baseline and a seed, so that it can be computed again to the last digit.
 *
 * <p>A criterion passes when the whole interval lies on the right side of its threshold, fails when
 * all of it lies on the wrong side, and is inconclusive otherwise. A margin above zero also
 * requires non-inferiority: the interval of the difference to the baseline must exclude a loss of
 * more than the margin (G. Piaggio et al., CONSORT extension for non-inferiority trials, JAMA 308
 * (2012) 2594–2604). A criterion without a measure is inconclusive, and so is one with a margin but
 * no baseline; its reason names the metric. The level of the intervals is that of one verdict of
 * the plan. A run passes only if every criterion does, so that several criteria need no correction
 * (R. L. Berger, Multiparameter hypothesis testing and acceptance sampling, Technometrics 24 (1982)
 * 295–300).
 *
 * @param outcome FAIL if any criterion fails, else INCONCLUSIVE if any is inconclusive
 * @param reasons one sentence per criterion that did not pass; when all did, one per criterion
 */
public record Judgement(Outcome outcome, List<Judged> criteria, List<String> reasons) {

  /**
   * The judgement by one criterion.
   *
   * @param difference candidate minus baseline, where the criterion has a margin and there is a
   *     baseline
   * @param smallestEffect the smallest distance from the threshold that would have been seen with
   *     the power that the criterion registers; with a difference, the distance from the margin.
   *     Absent where an interval is open
   * @param moreItems about how many further items would decide an inconclusive criterion at the
   *     measured value; absent when no number would
   */
  public record Judged(
      String metric,
      Direction direction,
      double threshold,
      double margin,
      Outcome outcome,
      @Nullable Measure measured,
      @Nullable Measure difference,
      @Nullable Double smallestEffect,
      @Nullable Long moreItems,
      String reason) {}

  /** Returns the metrics that criteria need and the suite measures; no others are computed. */
  static List<Metric> metrics(List<Criterion> criteria, SuiteDefinition suite) {
    return criteria.stream()
        .flatMap(criterion -> suite.metric(criterion.metric()).stream())
        .distinct()
        .toList();
  }

  /** Returns whether any criterion compares with the baseline. */
  static boolean needsBaseline(List<Criterion> criteria) {
    return criteria.stream().anyMatch(criterion -> criterion.margin() > 0);
  }

  /**
   * Judges a run by criteria.
   *
   * @param metrics the metrics of the criteria that the suite measures
   * @param measures the measures by metric, with intervals at the level of the plan
   * @param unmeasured why metrics have no measure, by name
   * @param pairing the pairing with the baseline; absent when no baseline shares items with the run
   */
  static Judgement of(
      List<Criterion> criteria,
      List<Metric> metrics,
      Map<String, Measure> measures,
      Map<String, String> unmeasured,
      @Nullable Pairing pairing,
      VerdictPlan plan,
      long seed) {
    CriterionCheck rule =
        new CriterionCheck(metrics, measures, unmeasured, pairing, plan.intervalConfidence(), seed);
    List<Judged> judged = criteria.stream().map(rule::judge).toList();
    Outcome outcome = worst(judged.stream().map(Judged::outcome).toList());
    List<String> reasons =
        judged.stream()
            .filter(j -> outcome == Outcome.PASS || j.outcome() != Outcome.PASS)
            .map(Judged::reason)
            .toList();
    return new Judgement(outcome, judged, reasons);
  }

  private static Outcome worst(List<Outcome> outcomes) {
    if (outcomes.contains(Outcome.FAIL)) {
      return Outcome.FAIL;
    }
    if (outcomes.contains(Outcome.INCONCLUSIVE)) {
      return Outcome.INCONCLUSIVE;
    }
    return Outcome.PASS;
  }
}
