package io.plumbline.inference.retrieval.encoder;

import io.plumbline.contracts.Money;
import io.plumbline.platform.problem.Problem;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The vectors of texts that were embedded together.
 *
 * @param vectors the vectors of length 1 (L2), in the order of the texts, all with the same number
 *     of dimensions
 * @param use the usage that was metered; absent for an encoder of this installation
 */
public record EmbeddingResult(List<float[]> vectors, @Nullable Use use) {

  /**
   * The usage of a call of a provider's model.
   *
   * @param model the name of the model in the catalogue
   * @param requestId the id of the request under which the call is metered
   * @param cost absent when no price is known for the model
   */
  public record Use(String model, UUID requestId, long tokens, @Nullable Money cost) {}

  public EmbeddingResult {
    vectors = List.copyOf(vectors);
  }

  public int dimensions() {
    return vectors.getFirst().length;
  }

  /**
   * Requires that the vectors have as many dimensions as the other vectors of their index.
   *
   * @param expected the dimensions of the other vectors; absent before there are any
   * @throws Problem when these vectors have another number of dimensions
   */
  public void requireDimensions(@Nullable Integer expected, IndexEncoder encoder) {
    if (expected != null && expected != dimensions()) {
      throw ProviderVectors.unfitVectorsProblem(
          ("Encoder %s gives vectors of %,d dimensions, and those of the index have %,d: its"
                  + " provider has another model under this name now, so build another index.")
              .formatted(encoder.name(), dimensions(), expected));
    }
  }

  /** Returns the details that a trace records; empty for an encoder of this installation. */
  public Map<String, String> traceDetails(IndexEncoder encoder) {
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
