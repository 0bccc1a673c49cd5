package io.plumbline.demo.helpdesk;

import io.plumbline.demo.api.StepFailed;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/**
 * The price and context window of a model, which the catalogue needs before its calls have a cost.
 *
 * @param input USD for a million tokens; {@code output} likewise
 * @param contextWindow how many tokens a call may take, its answer included
 */
record ModelPrice(BigDecimal input, BigDecimal output, int contextWindow) {

  static final String VARIABLE = "PLUMBLINE_DEMO_MODEL_PRICE";

  /** Reads {@code 0.15,0.60,131072}. */
  static ModelPrice of(String value) {
    List<String> parts = List.of(value.split(",", -1));
    try {
      if (parts.size() == 3) {
        ModelPrice price =
            new ModelPrice(
                new BigDecimal(parts.get(0).strip()),
                new BigDecimal(parts.get(1).strip()),
                Integer.parseInt(parts.get(2).strip()));
        if (price.input.signum() >= 0 && price.output.signum() >= 0 && price.contextWindow > 0) {
          return price;
        }
      }
    } catch (NumberFormatException e) {
      // Reported below, like every other value that is not three numbers.
    }
    throw new StepFailed(
        ("%s has to be USD for a million input tokens, USD for a million output tokens and the"
                + " tokens that a call may take, such as 0.15,0.60,131072, but is %s.")
            .formatted(VARIABLE, value));
  }

  /** Returns the request that lists the model in the catalogue. */
  Map<String, Object> listingRequest(String model) {
    return Map.of(
        "name",
        model,
        "kind",
        "CHAT",
        "licence",
        "as its provider says",
        "contextWindow",
        contextWindow,
        "inputPerMillion",
        usd(input),
        "outputPerMillion",
        usd(output));
  }

  private static Map<String, String> usd(BigDecimal amount) {
    return Map.of("amount", amount.toPlainString(), "currency", "USD");
  }
}
