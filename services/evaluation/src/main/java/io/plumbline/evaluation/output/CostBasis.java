package io.plumbline.evaluation.output;

import io.plumbline.contracts.Digest;
import io.plumbline.evaluation.metric.Observation;
import io.plumbline.evaluation.projection.ModelPrice;
import io.plumbline.platform.digest.CanonicalJson;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The prices and the usage that a criterion on cost was computed from.
 *
 * @param pricesDigest the digest of the prices
 * @param prices the prices of the models that the run, and its baseline, took tokens of
 * @param usage the tokens that the run took of each model, all items together
 * @param recordedModels the models among these without a price here. An item that used one costs
 *     what inference recorded at the time of its call, or what its other models cost by the prices,
 *     whichever is more
 */
public record CostBasis(
    Digest pricesDigest,
    List<ModelPrice> prices,
    List<ModelUsage> usage,
    List<String> recordedModels) {

  /** Names the models without a price where a basis was stored before they were named. */
  public CostBasis {
    if (recordedModels == null) {
      recordedModels = withoutPrice(prices, usage);
    }
  }

  /** Returns the basis of a run, whose items used this. */
  public static CostBasis of(Collection<ModelPrice> prices, List<ItemUsage> items) {
    List<ModelPrice> sorted =
        prices.stream().sorted(Comparator.comparing(ModelPrice::model)).toList();
    List<ModelUsage> usage = sum(items);
    return new CostBasis(digest(sorted), sorted, usage, withoutPrice(sorted, usage));
  }

  private static List<String> withoutPrice(List<ModelPrice> prices, List<ModelUsage> usage) {
    Set<String> priced = prices.stream().map(ModelPrice::model).collect(Collectors.toSet());
    return usage.stream().map(ModelUsage::model).filter(model -> !priced.contains(model)).toList();
  }

  private static Digest digest(List<ModelPrice> prices) {
    return CanonicalJson.digest(prices.stream().map(CostBasis::content).toList());
  }

  private static Map<String, String> content(ModelPrice price) {
    Map<String, String> content = new TreeMap<>();
    content.put("model", price.model());
    content.put("currency", price.currency());
    content.put("inputPerMillion", price.inputPerMillion().toPlainString());
    BigDecimal cached = price.cachedInputPerMillion();
    if (cached != null) {
      content.put("cachedInputPerMillion", cached.toPlainString());
    }
    content.put("outputPerMillion", price.outputPerMillion().toPlainString());
    return content;
  }

  private static List<ModelUsage> sum(List<ItemUsage> items) {
    Map<String, ModelUsage> sums = new TreeMap<>();
    for (ItemUsage item : items) {
      List<ModelUsage> usage = item.usage();
      if (usage != null) {
        usage.forEach(each -> sums.merge(each.model(), each, CostBasis::plus));
      }
    }
    return List.copyOf(sums.values());
  }

  private static ModelUsage plus(ModelUsage one, ModelUsage other) {
    return new ModelUsage(
        one.model(),
        one.inputTokens() + other.inputTokens(),
        one.cachedInputTokens() + other.cachedInputTokens(),
        one.outputTokens() + other.outputTokens());
  }

  /** Returns the prices by the names of their models. */
  public Map<String, ModelPrice> pricesByModel() {
    return prices.stream().collect(Collectors.toMap(ModelPrice::model, Function.identity()));
  }

  /**
   * Returns observations with the cost that their items have under prices.
   *
   * @param items what the items used, in the same order
   * @param strict whether an item whose usage is unknown has no cost, since the one that was
   *     recorded is by former prices
   */
  public static List<Observation> reprice(
      List<Observation> observations,
      List<ItemUsage> items,
      Map<String, ModelPrice> prices,
      boolean strict) {
    List<Observation> repriced = new ArrayList<>();
    for (int index = 0; index < observations.size(); index++) {
      repriced.add(observations.get(index).withCost(costUsd(items.get(index), prices, strict)));
    }
    return List.copyOf(repriced);
  }

  private static @Nullable BigDecimal costUsd(
      ItemUsage item, Map<String, ModelPrice> prices, boolean strict) {
    List<ModelUsage> usage = item.usage();
    if (!item.answered()) {
      return null;
    }
    if (usage == null) {
      return strict ? null : item.recordedUsd();
    }
    BigDecimal cost = BigDecimal.ZERO;
    boolean complete = true;
    for (ModelUsage each : usage) {
      ModelPrice price = prices.get(each.model());
      if (price == null) {
        complete = false;
      } else if (price.currency().equals("USD")) {
        cost =
            cost.add(
                price.costOf(each.inputTokens(), each.cachedInputTokens(), each.outputTokens()));
      } else {
        return null;
      }
    }
    BigDecimal recorded = item.recordedUsd();
    if (complete || recorded == null) {
      return complete ? cost : null;
    }
    return recorded.max(cost);
  }
}
