package io.plumbline.strategy.economics;

import io.plumbline.contracts.EvaluationEvent.Measure;
import io.plumbline.strategy.Approach;
import io.plumbline.strategy.economics.CostQuestion.CustomFigure;
import io.plumbline.strategy.projection.ProjectionReader;
import io.plumbline.strategy.projection.Run;
import io.plumbline.strategy.projection.Variant;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Reads the cost of a request with each approach of an application, as its newest runs measured it.
 * If the price of a model is unknown, evaluation reports no cost, so there is no figure here
 * either.
 */
@Component
class MeasuredPrices {

  private static final String COST_PER_1000 = "cost_per_1000_usd";

  private final ProjectionReader projections;

  MeasuredPrices(ProjectionReader projections) {
    this.projections = projections;
  }

  /**
   * Returns the measured prices. Each approach has the price of its most expensive measured
   * variant, so that costs are not underestimated.
   */
  List<CustomFigure> measuredPricesOf(String application) {
    List<Run> runs = projections.runs(application);
    Map<Approach, BigDecimal> prices = new EnumMap<>(Approach.class);
    for (Variant variant : projections.variants(application)) {
      costPerThousand(runs, variant)
          .ifPresent(price ->
              prices.merge(
                  variant.approach(),
                  BigDecimal.valueOf(price).movePointLeft(3).round(MathContext.DECIMAL32),
                  BigDecimal::max));
    }
    return prices.entrySet().stream()
        .map(each ->
            new CustomFigure(
                each.getKey(),
                CostCategory.API_CALLS,
                null,
                each.getValue(),
                "measured in evaluation"))
        .toList();
  }

  private static Optional<Double> costPerThousand(List<Run> newestFirst, Variant variant) {
    return newestFirst.stream()
        .filter(run -> run.variantDigest().equals(variant.variantDigest()))
        .flatMap(run -> Optional.ofNullable(run.metrics().get(COST_PER_1000)).stream())
        .map(Measure::value)
        .findFirst();
  }
}
