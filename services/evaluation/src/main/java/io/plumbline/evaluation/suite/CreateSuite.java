package io.plumbline.evaluation.suite;

import io.plumbline.contracts.Digest;
import io.plumbline.evaluation.metric.Perturbation;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A request to publish a suite.
 *
 * @param subset the subset of the split; {@code test} when absent
 * @param scorers the scorers of the suite; latency and cost are measured besides, and consistency
 *     when there are perturbations
 * @param maxItems the largest number of items, 400 when absent; the suite is a sample of a subset
 *     that has more
 * @param perturbations the perturbations, for labelled items only
 * @param seed the seed of the sample; 1 when absent
 */
record CreateSuite(
    @NotNull
        @Pattern(
            regexp = "[a-z0-9][a-z0-9-]{0,62}",
            message =
                "must be 1 to 63 lower-case letters, digits and hyphens, beginning with a letter or"
                    + " digit")
        String name,
    @NotNull Digest splitDigest,
    @Nullable @Size(min = 1, max = 40) String subset,
    @NotNull @Size(min = 1, max = 10) List<@NotNull @Valid NewScorer> scorers,
    @Schema(
            description =
                "The most items that are sent. Where the subset has more, the suite is a sample of"
                    + " so many, stratified by label; the answer has both numbers (items of"
                    + " subsetItems).",
            defaultValue = "" + DEFAULT_MAX_ITEMS)
        @Nullable
        @Min(1)
        @Max(20_000)
        Integer maxItems,
    @Nullable @Valid Perturbations perturbations,
    @Nullable Long seed) {

  /** The largest suite when its request names no number. */
  static final int DEFAULT_MAX_ITEMS = 400;

  /** The kinds of perturbation, and how many items get one of them each. */
  record Perturbations(
      @NotEmpty List<@NotNull Perturbation> kinds, @Min(1) @Max(20_000) int items) {}

  int maxItemsOrDefault() {
    return Objects.requireNonNullElse(maxItems, DEFAULT_MAX_ITEMS);
  }

  String subsetOrDefault() {
    return Objects.requireNonNullElse(subset, "test");
  }
}
