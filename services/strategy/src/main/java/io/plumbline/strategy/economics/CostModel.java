package io.plumbline.strategy.economics;

import io.plumbline.contracts.Money;
import io.plumbline.strategy.Approach;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The total cost of ownership of each approach, in exact decimals. It consists of a fixed part a
 * month and a part per request, so the cost is a linear function of the volume and two approaches
 * cross at most once.
 */
public record CostModel(
    CostProfile profile,
    long monthlyVolume,
    long maxVolume,
    List<Line> lines,
    List<Total> totals,
    List<Band> bands,
    List<BreakEven> breakEven) {

  /** The monthly cost of an approach at the requested volume. */
  public record Total(Approach approach, Money fixed, Money perRequest, Money monthly) {}

  /**
   * The monthly cost of an approach over the profile's range of volumes.
   *
   * @param high the upper bound; absent for the approaches for which the guide gives only a lower
   *     one
   * @param excludesUsage whether the band leaves out the calls themselves
   * @param source {@code guide band} if the guide has a band and every line of the approach is the
   *     guide's own; otherwise {@code model}
   */
  public record Band(
      Approach approach, Money low, @Nullable Money high, boolean excludesUsage, String source) {}

  /**
   * The volume at which two approaches cost the same.
   *
   * @param below the approach that is cheaper below that volume
   * @param above the approach that is cheaper above it
   * @param monthlyVolume the first whole volume at which {@code above} is no more expensive; absent
   *     if they do not cross in range
   */
  public record BreakEven(
      Approach below, Approach above, @Nullable Long monthlyVolume, String note) {}

  static CostModel of(CostProfile costProfile, long volume, long maxVolume, List<Line> lines) {
    List<Total> totals =
        Arrays.stream(Approach.values()).map(approach -> totalOf(approach, lines, volume)).toList();
    List<Band> bands =
        Arrays.stream(Approach.values())
            .map(approach -> bandOf(approach, lines, costProfile))
            .toList();
    List<BreakEven> breakEven = new ArrayList<>();
    for (Approach one : Approach.values()) {
      for (Approach other : Approach.values()) {
        if (one.compareTo(other) < 0) {
          breakEven.add(breakEvenOf(one, other, lines, maxVolume));
        }
      }
    }
    return new CostModel(costProfile, volume, maxVolume, lines, totals, bands, breakEven);
  }

  /** Returns the break-even of two approaches, which may be given in either order. */
  public BreakEven breakEvenBetween(Approach one, Approach other) {
    return breakEven.stream()
        .filter(each ->
            (each.below() == one && each.above() == other)
                || (each.below() == other && each.above() == one))
        .findFirst()
        .orElseThrow();
  }

  private static Total totalOf(Approach approach, List<Line> lines, long volume) {
    BigDecimal fixed = monthlySum(approach, lines);
    BigDecimal each = perRequestSum(approach, lines);
    return new Total(
        approach, usd(fixed), usd(each), usd(fixed.add(each.multiply(BigDecimal.valueOf(volume)))));
  }

  private static Band bandOf(Approach approach, List<Line> lines, CostProfile costProfile) {
    boolean trained = approach == Approach.FINE_TUNING || approach == Approach.HYBRID;
    String source =
        CostDefaults.matchesGuideBand(approach, lines, costProfile)
            ? CostDefaults.GUIDE_BAND
            : "model";
    BigDecimal fixed = monthlySum(approach, lines);
    if (trained) {
      return new Band(approach, usd(fixed), null, true, source);
    }
    BigDecimal each = perRequestSum(approach, lines);
    BigDecimal fixedHigh =
        lines.stream()
            .filter(line -> line.approach() == approach)
            .map(Line::monthlyHigh)
            .reduce(BigDecimal.ZERO, BigDecimal::add);
    return new Band(
        approach,
        usd(fixed.add(each.multiply(BigDecimal.valueOf(costProfile.lowVolume())))),
        usd(fixedHigh.add(each.multiply(BigDecimal.valueOf(costProfile.highVolume())))),
        false,
        source);
  }

  /**
   * Finds the volume v at which fixed + perRequest · v is equal for both, rounded up to a whole
   * number of requests.
   */
  private static BreakEven breakEvenOf(
      Approach one, Approach other, List<Line> lines, long maxVolume) {
    BigDecimal fixedGap = monthlySum(other, lines).subtract(monthlySum(one, lines));
    BigDecimal requestGap = perRequestSum(one, lines).subtract(perRequestSum(other, lines));
    boolean oneIsCheaper =
        fixedGap.signum() > 0 || (fixedGap.signum() == 0 && requestGap.signum() <= 0);
    Approach cheaperAtZero = oneIsCheaper ? one : other;
    Approach contender = oneIsCheaper ? other : one;
    boolean converge = requestGap.signum() != 0 && fixedGap.signum() * requestGap.signum() > 0;
    if (!converge) {
      return new BreakEven(
          cheaperAtZero,
          contender,
          null,
          "%s is cheaper at every volume".formatted(cheaperAtZero.displayName()));
    }
    BigDecimal volume = fixedGap.divide(requestGap, 0, RoundingMode.CEILING);
    if (volume.compareTo(BigDecimal.valueOf(maxVolume)) > 0) {
      return new BreakEven(
          cheaperAtZero,
          contender,
          null,
          String.format(
              Locale.ROOT,
              "%s stays cheaper at every volume up to %,d calls a month",
              cheaperAtZero.displayName(),
              maxVolume));
    }
    return new BreakEven(
        cheaperAtZero,
        contender,
        volume.longValueExact(),
        String.format(
            Locale.ROOT,
            "%s is cheaper below %,d calls a month, %s from there on",
            cheaperAtZero.displayName(),
            volume.longValueExact(),
            contender.displayName()));
  }

  private static BigDecimal monthlySum(Approach approach, List<Line> lines) {
    return lines.stream()
        .filter(line -> line.approach() == approach)
        .map(Line::monthly)
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  private static BigDecimal perRequestSum(Approach approach, List<Line> lines) {
    return lines.stream()
        .filter(line -> line.approach() == approach)
        .map(Line::perRequest)
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  /** Returns an amount without trailing zeros, so that equal amounts are always written alike. */
  private static Money usd(BigDecimal amount) {
    BigDecimal plain = amount.stripTrailingZeros();
    return Money.usd(plain.setScale(Math.max(plain.scale(), 0)));
  }
}
