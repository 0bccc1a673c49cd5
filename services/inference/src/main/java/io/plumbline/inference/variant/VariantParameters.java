package io.plumbline.inference.variant;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.plumbline.inference.retrieval.Passage;
import io.plumbline.inference.retrieval.Reranking;
import io.plumbline.inference.retrieval.RetrievalQuerySource;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The parameters that a variant fixes; an absent one has the model's default.
 *
 * @param retrievedExamples how many rows of the index precede the input as examples
 * @param maxInputTokens how much of each text a local model reads
 * @param retrievedPassages how many passages of the index the model is given; 5 when absent
 * @param retrievalQuery which of the caller's messages passages are searched for; the last when
 *     absent
 * @param reranking how the found passages are reordered before the best are taken; when absent they
 *     keep their order
 * @param withoutTemperature true where the model is sent no temperature, because neither the
 *     variant nor its prompt has one: the server's own default holds then, which nobody here knows.
 *     Set when a variant of a provider's model is created. Without it, as in variants that were
 *     created before it existed, a temperature that is missing is sent as 0
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record VariantParameters(
    @DecimalMin("0") @DecimalMax("2") @Nullable Double temperature,
    @DecimalMin("0") @DecimalMax("1") @Nullable Double topP,
    @Nullable Long seed,
    @Min(1) @Max(32_768) @Nullable Integer maxCompletionTokens,
    @Min(0) @Max(64) @Nullable Integer retrievedExamples,
    @Min(3) @Max(512) @Nullable Integer maxInputTokens,
    @Min(1) @Max(Passage.MAX_PASSAGES) @Nullable Integer retrievedPassages,
    @Nullable RetrievalQuerySource retrievalQuery,
    @Nullable Reranking reranking,
    @Nullable Boolean withoutTemperature) {

  public static final VariantParameters NONE =
      new VariantParameters(null, null, null, null, null, null, null, null, null, null);

  public VariantParameters {
    withoutTemperature = Boolean.TRUE.equals(withoutTemperature) ? true : null;
  }

  /** Returns whether the model is sent no temperature, unless the caller may give one and does. */
  public boolean omitsTemperature() {
    return withoutTemperature != null;
  }

  /** Returns a copy that says whether the model is sent no temperature. */
  VariantParameters withTemperatureOmitted(boolean omitted) {
    return new VariantParameters(
        temperature,
        topP,
        seed,
        maxCompletionTokens,
        retrievedExamples,
        maxInputTokens,
        retrievedPassages,
        retrievalQuery,
        reranking,
        omitted);
  }

  /** Returns the parameters in the form of events. */
  Map<String, String> asText() {
    Map<String, String> text = new TreeMap<>();
    put(text, "temperature", temperature);
    put(text, "topP", topP);
    put(text, "seed", seed);
    put(text, "maxCompletionTokens", maxCompletionTokens);
    put(text, "retrievedExamples", retrievedExamples);
    put(text, "maxInputTokens", maxInputTokens);
    put(text, "retrievedPassages", retrievedPassages);
    put(text, "retrievalQuery", retrievalQuery);
    put(text, "reranking", reranking);
    put(text, "withoutTemperature", withoutTemperature);
    return text;
  }

  private static void put(Map<String, String> text, String name, @Nullable Object value) {
    if (value != null) {
      text.put(name, value.toString());
    }
  }
}
