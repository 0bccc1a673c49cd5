package io.plumbline.statistics;

import java.util.function.DoubleUnaryOperator;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.apache.commons.statistics.distribution.BinomialDistribution;

/**
 * The paired 2×2 table of two yes-or-no outcomes on the same items.
 *
 * @param both items on which both succeed
 * @param onlyBaseline items on which only the baseline succeeds
 * @param onlyCandidate items on which only the candidate succeeds
 * @param neither items on which both fail
 */
public record PairedOutcomes(long both, long onlyBaseline, long onlyCandidate, long neither) {

  public PairedOutcomes {
    if (both < 0
        || onlyBaseline < 0
        || onlyCandidate < 0
        || neither < 0
        || both + onlyBaseline + onlyCandidate + neither < 1) {
      throw new IllegalArgumentException("A paired table counts at least one item");
    }
  }

  public static PairedOutcomes of(boolean[] baseline, boolean[] candidate) {
    int items = baseline.length;
    return new PairedOutcomes(
        count(items, i -> baseline[i] && candidate[i]),
        count(items, i -> baseline[i] && !candidate[i]),
        count(items, i -> !baseline[i] && candidate[i]),
        count(items, i -> !baseline[i] && !candidate[i]));
  }

  private static long count(int items, IntPredicate outcome) {
    return IntStream.range(0, items).filter(outcome).count();
  }

  public long items() {
    return both + onlyBaseline + onlyCandidate + neither;
  }

  /** Returns the success rate of the candidate minus that of the baseline. */
  public double difference() {
    return (double) (onlyCandidate - onlyBaseline) / items();
  }

  /**
   * Returns the p-value of the two-sided exact conditional test: Q. McNemar, Psychometrika 12
   * (1947) 153–157, with the binomial distribution of the discordant pairs; equation 3 of M. W.
   * Fagerland, S. Lydersen and P. Laake, BMC Medical Research Methodology 13:91 (2013).
   */
  public double mcNemarExact() {
    long discordant = onlyBaseline + onlyCandidate;
    if (discordant == 0) {
      return 1;
    }
    return Math.min(
        1, 2 * discordants().cumulativeProbability((int) Math.min(onlyBaseline, onlyCandidate)));
  }

  /**
   * Returns the mid-p version of {@link #mcNemarExact}, which Fagerland, Lydersen and Laake (2013,
   * equation 4) recommend.
   */
  public double mcNemarMidP() {
    long discordant = onlyBaseline + onlyCandidate;
    if (discordant == 0) {
      return 1;
    }
    double exact =
        2 * discordants().cumulativeProbability((int) Math.min(onlyBaseline, onlyCandidate));
    return Math.min(1, exact - discordants().probability((int) onlyCandidate));
  }

  private BinomialDistribution discordants() {
    return BinomialDistribution.of(Math.toIntExact(onlyBaseline + onlyCandidate), 0.5);
  }

  /**
   * Returns the score interval of the difference: T. Tango, Equivalence test and confidence
   * interval for the difference in proportions for the paired-sample design, Statistics in Medicine
   * 17 (1998) 891–908. The score decreases as the hypothesised difference grows, so each bound is
   * found by bisection.
   */
  public Interval tangoInterval(double confidence) {
    double z = Normal.criticalValue(confidence);
    double low = difference() == -1 ? -1 : bisect(delta -> scoreAt(delta) - z);
    double high = difference() == 1 ? 1 : bisect(delta -> scoreAt(delta) + z);
    return new Interval(low, high);
  }

  private double scoreAt(double delta) {
    double n = items();
    double linear = -onlyCandidate - onlyBaseline + (2 * n - onlyCandidate + onlyBaseline) * delta;
    double constant = -onlyBaseline * delta * (1 - delta);
    double discordance = (Math.sqrt(linear * linear - 8 * n * constant) - linear) / (4 * n);
    double excess = onlyCandidate - onlyBaseline - n * delta;
    if (excess == 0) {
      return 0;
    }
    return excess / Math.sqrt(n * (2 * discordance + delta * (1 - delta)));
  }

  private static double bisect(DoubleUnaryOperator falling) {
    double low = -1 + 1e-12;
    double high = 1 - 1e-12;
    while (high - low > 1e-12) {
      double middle = (low + high) / 2;
      if (falling.applyAsDouble(middle) > 0) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return (low + high) / 2;
  }
}
