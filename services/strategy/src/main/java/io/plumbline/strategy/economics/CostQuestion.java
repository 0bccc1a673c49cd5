package io.plumbline.strategy.economics;

import io.plumbline.strategy.Approach;
import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.Digits;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request for a cost model. Omitted figures come from the guide's defaults, or from measured
 * usage if an application is named.
 *
 * @param monthlyVolume the number of requests a month
 * @param maxVolume the largest monthly volume at which a crossover is still of interest
 * @param overrides custom figures in place of defaults
 */
public record CostQuestion(
    @Nullable @Size(max = 63) String application,
    @Nullable CostProfile profile,
    @Nullable @PositiveOrZero @Max(MAX_VOLUME) Long monthlyVolume,
    @Nullable @Positive @Max(MAX_VOLUME) Long maxVolume,
    @Nullable @Valid Tokens tokens,
    @Nullable @Size(max = 100) List<@NotNull @Valid CustomFigure> overrides) {

  static final long MAX_VOLUME = 1_000_000_000_000L;

  /** A custom figure for a line; absent fields keep their default. */
  public record CustomFigure(
      @NotNull Approach approach,
      @NotNull CostCategory line,
      @Nullable @PositiveOrZero @DecimalMax("1000000000") @Digits(integer = 10, fraction = 6)
          BigDecimal monthly,
      @Nullable @PositiveOrZero @DecimalMax("1000000") @Digits(integer = 7, fraction = 12)
          BigDecimal perRequest,
      @NotNull @Size(min = 1, max = 300) String source) {}
}
