package io.plumbline.inference.retrieval.encoder;

import io.plumbline.contracts.Money;
import io.plumbline.platform.problem.Problem;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Embedded texts.
 *
 * @param vectors of length 1 (L2), in the order of the texts, all of as many dimensions
 * @param use what they took; absent of an encoder of this installation
 */
public record Embedded(List<float[]> vectors, @Nullable Use use) {

  /**
   * What a call of a provider's model took.
   *
   * @param requestId under which it is metered
   * @param cost absent when no price is known for the model
   */
  public record Use(UUID requestId, long tokens, @Nullable Money cost) {}

  public Embedded {
    vectors = List.copyOf(vectors);
  }

  public int dimensions() {
    return vectors.getFirst().length;
  }

  /**
   * @param expected of the index's other vectors; absent before there are any
   * @throws Problem when these are of another number
   */
  public void requireDimensions(@Nullable Integer expected, IndexEncoder encoder) {
    if (expected != null && expected != dimensions()) {
      throw ProviderVectors.unfit(
          ("Encoder %s gives vectors of %,d dimensions, and those of the index have %,d: its"
                  + " provider has another model under this name now, so build another index.")
              .formatted(encoder.name(), dimensions(), expected));
    }
  }

  /** What a trace says of it; empty of an encoder of this installation. */
  public Map<String, String> details(IndexEncoder encoder) {
    Use taken = use;
    if (taken == null) {
      return Map.of();
    }
    Map<String, String> details = new TreeMap<>();
    details.put("encoder", encoder.name());
    details.put("tokens", Long.toString(taken.tokens));
    details.put("request", taken.requestId.toString());
    Money cost = taken.cost;
    if (cost != null) {
      details.put("cost", cost.getAmount() + " " + cost.currency());
    }
    return details;
  }
}
