package io.plumbline.strategy.recommendation;

import io.plumbline.contracts.Criterion;
import io.plumbline.contracts.EvaluationEvent.Delta;
import io.plumbline.contracts.EvaluationEvent.Measure;
import io.plumbline.strategy.Approach;
import io.plumbline.strategy.economics.CostModel;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Explains a choice in sentences. */
final class Rationale {

  private Rationale() {}

  static String of(
      Choice choice,
      List<Criterion> criteria,
      List<Delta> deltas,
      CostModel.@Nullable BreakEven crossover,
      List<CostModel.Total> costs) {
    String metric = Choice.qualityMetric(criteria);
    Candidate chosen = choice.chosen();
    StringBuilder text = new StringBuilder();
    text.append(outcomeSentence(choice))
        .append(": ")
        .append(measuredValueText(chosen, metric))
        .append(" on ")
        .append(chosen.run().items())
        .append(" items. ");
    choice.runnerUp().ifPresent(other -> text.append(comparisonSentence(chosen, other, metric)));
    deltas.stream()
        .filter(delta -> delta.subjectDigest().equals(chosen.variant().variantDigest()))
        .findFirst()
        .ifPresent(delta -> text.append(significanceSentence(delta, metric)));
    if (crossover != null) {
      text.append(
          "Costs: %s. Before any call, the cost model assumes %s and %s a month."
              .formatted(
                  crossover.note(),
                  fixedCostText(crossover.below(), costs),
                  fixedCostText(crossover.above(), costs)));
    }
    return text.toString().strip();
  }

  private static String fixedCostText(Approach approach, List<CostModel.Total> costs) {
    return costs.stream()
        .filter(total -> total.approach() == approach)
        .map(total ->
            "%s %s for %s"
                .formatted(
                    total.fixed().getAmount(), total.fixed().currency(), approach.displayName()))
        .findFirst()
        .orElseThrow();
  }

  private static String outcomeSentence(Choice choice) {
    Candidate chosen = choice.chosen();
    if (choice.meets()) {
      return "%s is the simplest approach that meets the registered criteria"
          .formatted(nameWithApproach(chosen));
    }
    return ("No variant has a verdict that it meets the registered criteria; %s is the"
            + " best so far and needs a reasoned override to be released")
        .formatted(nameWithApproach(chosen));
  }

  private static String comparisonSentence(Candidate chosen, Candidate other, String metric) {
    double gap = other.valueOf(metric).orElse(0.0) - chosen.valueOf(metric).orElse(0.0);
    return "The best of another approach, %s, reaches %s, %s. "
        .formatted(
            nameWithApproach(other), measuredValueText(other, metric), differenceInPoints(gap));
  }

  private static String differenceInPoints(double gap) {
    if (gap == 0) {
      return "no different";
    }
    String direction = gap > 0 ? "more" : "less";
    return String.format(Locale.ROOT, "%.1f points %s", Math.abs(gap) * 100, direction);
  }

  private static String significanceSentence(Delta delta, String metric) {
    Measure difference = delta.differences().get(metric);
    if (difference == null || difference.low() == null || difference.high() == null) {
      return "";
    }
    boolean clear = difference.low() > 0 || difference.high() < 0;
    String pValue =
        delta.pValue() == null ? "" : String.format(Locale.ROOT, ", p = %.2g", delta.pValue());
    return String.format(
        Locale.ROOT,
        "Against the baseline %s differs by %+.3f [%+.3f, %+.3f]%s, which is %s. ",
        metric,
        difference.value(),
        difference.low(),
        difference.high(),
        pValue,
        clear ? "a clear difference" : "within chance");
  }

  private static String measuredValueText(Candidate candidate, String metric) {
    Measure measure = candidate.run().metrics().get(metric);
    if (measure == null) {
      return metric + " not measured";
    }
    if (measure.low() == null || measure.high() == null) {
      return String.format(Locale.ROOT, "%s %.3f", metric, measure.value());
    }
    return String.format(
        Locale.ROOT,
        "%s %.3f [%.3f, %.3f]",
        metric,
        measure.value(),
        measure.low(),
        measure.high());
  }

  /** Returns the name of a variant, with its approach unless the name says it. */
  private static String nameWithApproach(Candidate candidate) {
    String name = candidate.variant().name();
    String approach = candidate.approach().displayName();
    return name.equals(approach) ? "'%s'".formatted(name) : "'%s' (%s)".formatted(name, approach);
  }
}
