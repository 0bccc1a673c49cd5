package io.plumbline.inference.usage;

import io.plumbline.contracts.Digest;
import io.plumbline.contracts.Money;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The usage of one request.
 *
 * @param leaf the hash of its record, as a leaf of a Merkle tree
 * @param at the time at which it ended
 * @param apiKey the id of the key that called; absent when somebody called with a token
 * @param traffic whether it called an application itself, or came with an API key
 * @param cost absent where no price is known
 */
public record Usage(
    UUID requestId,
    Digest leaf,
    Instant at,
    @Nullable String application,
    @Nullable Digest variant,
    String model,
    @Nullable UUID apiKey,
    boolean failed,
    boolean cached,
    boolean traffic,
    Tokens tokens,
    @Nullable Money cost) {

  private static final Money NOTHING = Money.usd(BigDecimal.ZERO);

  /** Returns whether the cost of the request is unknown; one without tokens cost nothing. */
  boolean isUnpriced() {
    return cost == null && !tokens.equals(Tokens.NONE);
  }

  /** Returns the cost, or zero where it is unknown. */
  Money knownCost() {
    return Objects.requireNonNullElse(cost, NOTHING);
  }
}
