package io.plumbline.inference.usage;

import io.plumbline.contracts.Digest;
import io.plumbline.contracts.Money;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The usage of one request.
 *
 * @param at when it ended
 * @param cost {@link #NO_COST} also where no price is known
 */
public record Usage(
    Instant at,
    @Nullable String application,
    @Nullable Digest variant,
    String model,
    boolean failed,
    boolean cached,
    Tokens tokens,
    Money cost) {

  /** Of a request that cost nothing, or whose price is unknown. */
  public static final Money NO_COST = Money.usd(BigDecimal.ZERO);
}
