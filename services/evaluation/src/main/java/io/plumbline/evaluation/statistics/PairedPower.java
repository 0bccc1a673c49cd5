package io.plumbline.evaluation.statistics;

/**
 * Sample size and power of McNemar's test: R. J. Connor, Sample size for testing differences in
 * proportions for the paired-sample design, Biometrics 43 (1987) 207–211, the unconditional formula
 * of O. S. Miettinen, Biometrics 24 (1968) 339–352.
 *
 * @param onlyBaseline probability that only the baseline succeeds on an item
 * @param onlyCandidate probability that only the candidate succeeds on an item
 */
public record PairedPower(double onlyBaseline, double onlyCandidate) {

  public PairedPower {
    if (!(onlyBaseline >= 0 && onlyCandidate >= 0 && onlyBaseline + onlyCandidate <= 1)) {
      throw new IllegalArgumentException(
          "The two discordant probabilities are at least 0 and together at most 1");
    }
    if (onlyBaseline == onlyCandidate) {
      throw new IllegalArgumentException("Without a difference no sample size detects one");
    }
  }

  /**
   * The items needed to detect the difference, two-sided at level {@code alpha}, with the given
   * power.
   */
  public long items(double alpha, double power) {
    double discordance = onlyBaseline + onlyCandidate;
    double difference = onlyCandidate - onlyBaseline;
    double root =
        Normal.critical(1 - alpha) * Math.sqrt(discordance)
            + Normal.quantile(power) * Math.sqrt(discordance - difference * difference);
    // The tolerance keeps a sum that is an integer but for rounding from being raised to the next
    // one.
    return (long) Math.ceil(root * root / (difference * difference) - 1e-9);
  }

  /**
   * The probability to detect the difference with so many items, two-sided at level {@code alpha}.
   */
  public double power(long items, double alpha) {
    double discordance = onlyBaseline + onlyCandidate;
    double difference = Math.abs(onlyCandidate - onlyBaseline);
    double variance = discordance - difference * difference;
    double distance =
        difference * Math.sqrt((double) items)
            - Normal.critical(1 - alpha) * Math.sqrt(discordance);
    return variance == 0 ? (distance >= 0 ? 1 : 0) : Normal.cdf(distance / Math.sqrt(variance));
  }
}
