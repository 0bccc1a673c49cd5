package io.plumbline.modelregistry.catalog;

import io.plumbline.contracts.Digest;
import io.plumbline.contracts.Money;
import io.plumbline.platform.digest.CanonicalJson;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.LocalDate;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A base model to be listed.
 *
 * @param name provider/model, as inference requests will name it
 * @param modelDigest the digest of the weights when they are available; otherwise absent
 * @param inputPerMillion price of a million input tokens, in force once a second person has
 *     approved it; {@code outputPerMillion} likewise. The model has no price without them
 * @param cachedInputPerMillion price of a million tokens that the provider had cached; the price of
 *     other input when absent
 * @param priceReason where the prices come from, for the person who approves them
 * @param tuned whether its provider tuned the model; false when absent
 */
record CreateBaseModel(
    @NotNull(message = "must be provider/model")
        @Pattern(
            regexp = BaseModelName.FORM,
            message = "must be provider/model, such as openai/gpt-4o-mini")
        String name,
    @Nullable Digest modelDigest,
    @NotNull(message = "must be CHAT, EMBEDDING, CHOICE or READER") ModelKind kind,
    @Nullable @Size(max = 2_000, message = "must have at most 2000 characters") String description,
    @NotNull(message = "must be the number of tokens that a call may take, its answer included")
        @Min(value = 1, message = "must be at least 1")
        @Max(value = 100_000_000, message = "must be at most 100000000")
        Integer contextWindow,
    @Nullable Money inputPerMillion,
    @Nullable Money cachedInputPerMillion,
    @Nullable Money outputPerMillion,
    @Nullable @Size(min = 1, max = 500, message = "must have 1 to 500 characters")
        String priceReason,
    @NotBlank(message = "must name the licence or terms of use")
        @Size(max = 100, message = "must have at most 100 characters")
        String licence,
    @Nullable LocalDate deprecatedOn,
    @Nullable Boolean tuned) {

  Listing toListing() {
    Digest digest =
        Objects.requireNonNullElseGet(
            modelDigest, () -> CanonicalJson.digest(Map.of("providerModel", name)));
    return new Listing(
        BaseModelName.of(name),
        digest,
        kind,
        Objects.requireNonNullElse(description, ""),
        contextWindow,
        null,
        licence,
        false,
        Boolean.TRUE.equals(tuned),
        deprecatedOn);
  }

  /** Returns the prices to propose; absent if the request has none. */
  @Nullable Prices toPrices() {
    return new PriceFields(inputPerMillion, cachedInputPerMillion, outputPerMillion).over(null);
  }
}
