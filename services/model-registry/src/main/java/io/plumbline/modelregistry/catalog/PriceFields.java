package io.plumbline.modelregistry.catalog;

import io.plumbline.contracts.Money;
import io.plumbline.platform.problem.Problem;
import org.jspecify.annotations.Nullable;

/** The prices in a request, each of which may be absent. */
record PriceFields(
    @Nullable Money inputPerMillion,
    @Nullable Money cachedInputPerMillion,
    @Nullable Money outputPerMillion) {

  /**
   * Returns the prices that the request asks for; absent if it names none.
   *
   * @param former the prices that stay where the request names none; absent if there are none yet
   * @throws Problem 400 for an amount that is no price, and if the first prices are incomplete
   */
  @Nullable Prices over(@Nullable Prices former) {
    if (inputPerMillion == null && cachedInputPerMillion == null && outputPerMillion == null) {
      return null;
    }
    return new Prices(
        required(inputPerMillion, "/inputPerMillion", former == null ? null : former.input()),
        optional(
            cachedInputPerMillion,
            "/cachedInputPerMillion",
            former == null ? null : former.cachedInput()),
        required(outputPerMillion, "/outputPerMillion", former == null ? null : former.output()));
  }

  private static Price required(@Nullable Money amount, String pointer, @Nullable Price former) {
    Price price = optional(amount, pointer, former);
    if (price == null) {
      throw Problem.invalid(pointer, "must be an amount of money, as the model has no price yet");
    }
    return price;
  }

  private static @Nullable Price optional(
      @Nullable Money amount, String pointer, @Nullable Price former) {
    return amount == null ? former : Price.of(amount, pointer);
  }
}
