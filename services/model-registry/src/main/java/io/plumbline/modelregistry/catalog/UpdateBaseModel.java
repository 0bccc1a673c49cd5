package io.plumbline.modelregistry.catalog;

import io.plumbline.contracts.Money;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * The changes of a base model's entry; absent fields stay as they are.
 *
 * @param inputPerMillion the price to propose; like the other prices it takes effect once a second
 *     person has approved it
 * @param priceReason why the prices change, for the person who approves them
 */
record UpdateBaseModel(
    @Nullable @Size(max = 2_000, message = "must have at most 2000 characters") String description,
    @Nullable
        @Min(value = 1, message = "must be at least 1")
        @Max(value = 100_000_000, message = "must be at most 100000000")
        Integer contextWindow,
    @Nullable Money inputPerMillion,
    @Nullable Money cachedInputPerMillion,
    @Nullable Money outputPerMillion,
    @Nullable @Size(min = 1, max = 500, message = "must have 1 to 500 characters")
        String priceReason,
    @Nullable @Size(min = 1, max = 100, message = "must have 1 to 100 characters") String licence,
    @Nullable LocalDate deprecatedOn) {

  BaseModelChanges toChanges() {
    return new BaseModelChanges(description, contextWindow, licence, deprecatedOn);
  }

  PriceFields toPrices() {
    return new PriceFields(inputPerMillion, cachedInputPerMillion, outputPerMillion);
  }
}
