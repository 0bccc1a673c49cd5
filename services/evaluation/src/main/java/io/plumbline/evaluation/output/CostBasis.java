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
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The prices and the usage that a criterion on cost was computed from.
 *
 * @param pricesDigest the digest of the prices
 * @param prices the prices of the models that the run, and its baseline, took tokens of. An item
 *     that used a model without one has the cost that inference knew at the time of its call
 * @param usage the tokens that the run took of each model, all items together
 */
public record CostBasis(Digest pricesDigest, List<ModelPrice> prices, List<ModelUsage> usage) {

  /** Returns the basis of a run, whose items used this. */
  public static CostBasis of(Collection<ModelPrice> prices, List<ItemUsage> items) {
    List<ModelPrice> sorted =
        prices.stream().sorted(Comparator.comparing(ModelPrice::model)).toList();
    return new CostBasis(digest(sorted), sorted, sum(items));
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
   * @param strict whether an item whose usage, or the price of whose models, is unknown has no
   *     cost, since the one that was recorded is by former prices
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
    if (usage == null || !usage.stream().allMatch(each -> prices.containsKey(each.model()))) {
      return strict ? null : item.recordedUsd();
    }
    BigDecimal cost = BigDecimal.ZERO;
    for (ModelUsage each : usage) {
      ModelPrice price = prices.get(each.model());
      if (price == null || !price.currency().equals("USD")) {
        return null;
      }
      cost =
          cost.add(price.costOf(each.inputTokens(), each.cachedInputTokens(), each.outputTokens()));
    }
    return cost;
  }
}
