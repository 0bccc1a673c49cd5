package io.plumbline.evaluation.experiment;

import io.plumbline.evaluation.metric.Figures;
import io.plumbline.evaluation.metric.Measure;
import io.plumbline.evaluation.metric.Metric;
import io.plumbline.evaluation.metric.Observation;
import io.plumbline.evaluation.metric.Pairing;
import io.plumbline.evaluation.output.CostBasis;
import io.plumbline.evaluation.output.ItemUsage;
import io.plumbline.evaluation.output.ModelUsage;
import io.plumbline.evaluation.projection.Criteria;
import io.plumbline.evaluation.projection.ModelPrice;
import io.plumbline.evaluation.projection.ModelPriceProjection;
import io.plumbline.evaluation.run.Run;
import io.plumbline.evaluation.suite.Suite;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Judges runs by criteria, with the costs that their usage has under given prices. Callers run in a
 * transaction.
 */
@Component
class RunJudge {

  /**
   * The prices that a judgement uses.
   *
   * @param strict whether an item has no cost where it cannot be computed from its usage
   */
  record Pricing(Map<String, ModelPrice> prices, boolean strict) {

    /** Every item has the cost that inference knew at the time of its call. */
    static final Pricing AS_RECORDED = new Pricing(Map.of(), false);

    /** Returns the prices that a verdict was computed with. */
    static Pricing of(Verdict verdict) {
      CostBasis basis = verdict.costBasis();
      return basis == null
          ? AS_RECORDED
          : new Pricing(basis.pricesByModel(), verdict.repricedVerdictId() != null);
    }
  }

  private final RunResults results;
  private final ModelPriceProjection modelPrices;

  RunJudge(RunResults results, ModelPriceProjection modelPrices) {
    this.results = results;
    this.modelPrices = modelPrices;
  }

  /**
   * Returns the models that a run, and its baseline, took tokens of; empty where no criterion is on
   * cost.
   */
  Set<String> pricedModels(Criteria criteria, Run run, @Nullable Run baseline) {
    if (!dependsOnPrices(criteria)) {
      return Set.of();
    }
    return Stream.concat(
            results.usages(run).stream(),
            baseline == null ? Stream.of() : results.usages(baseline).stream())
        .flatMap(item -> Stream.ofNullable(item.usage()))
        .flatMap(List::stream)
        .map(ModelUsage::model)
        .collect(Collectors.toSet());
  }

  /** Returns the prices of models that are in force. */
  Map<String, ModelPrice> pricesInForce(Set<String> models) {
    return models.isEmpty() ? Map.of() : modelPrices.find(models);
  }

  /** Returns what a judgement's cost was computed from; absent where no criterion is on cost. */
  @Nullable CostBasis basis(Criteria criteria, Run run, Pricing pricing) {
    return dependsOnPrices(criteria)
        ? CostBasis.of(pricing.prices().values(), results.usages(run))
        : null;
  }

  private static boolean dependsOnPrices(Criteria criteria) {
    return criteria.criteria().stream()
        .anyMatch(criterion -> criterion.metric().equals(Metric.COST_PER_1000.name()));
  }

  /** Judges a run, compared with its baseline if there is one. */
  Judgement judge(Criteria criteria, Run run, @Nullable Run baseline, Pricing pricing) {
    return judge(
        criteria,
        run,
        results.observations(run),
        baseline,
        baseline == null ? List.of() : results.observations(baseline),
        pricing);
  }

  /** Judges a run by observations that were read again. */
  Judgement judge(
      Criteria criteria,
      Run run,
      List<Observation> observations,
      @Nullable Run baseline,
      List<Observation> ofBaseline,
      Pricing pricing) {
    boolean priced = dependsOnPrices(criteria);
    List<Observation> judged = priced ? reprice(run, observations, pricing) : observations;
    Pairing pairing = null;
    if (baseline != null) {
      pairing =
          results.pairing(
              baseline, priced ? reprice(baseline, ofBaseline, pricing) : ofBaseline, run, judged);
    }
    return judge(criteria, run, judged, pairing);
  }

  private List<Observation> reprice(Run run, List<Observation> observations, Pricing pricing) {
    List<ItemUsage> items = results.usages(run);
    return CostBasis.reprice(observations, items, pricing.prices(), pricing.strict());
  }

  private Judgement judge(
      Criteria criteria, Run run, List<Observation> observations, @Nullable Pairing pairing) {
    Suite suite = results.suite(run.suiteDigest());
    List<Metric> metrics = Judgement.metrics(criteria.criteria(), suite.definition());
    Map<String, Measure> measures =
        Figures.measures(
            observations,
            suite.labels(),
            metrics,
            criteria.plan().intervalConfidence(),
            run.seed());
    return Judgement.of(
        criteria.criteria(),
        metrics,
        measures,
        Figures.unmeasured(observations, metrics),
        pairing,
        criteria.plan(),
        run.seed());
  }
}
