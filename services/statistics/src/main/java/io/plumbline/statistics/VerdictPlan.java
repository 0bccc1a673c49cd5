package io.plumbline.statistics;

/**
 * The number of verdicts planned on one set of test items, which sets the level of each. Together
 * they err with a probability of at most α, however they depend on each other: O. J. Dunn, Multiple
 * comparisons among means, JASA 56 (1961) 52–64 (Bonferroni's inequality).
 */
public record VerdictPlan(int planned) {

  /** The one-sided level of all planned verdicts together. */
  public static final double TOTAL_ALPHA = 0.025;

  public VerdictPlan {
    if (planned < 1) {
      throw new IllegalArgumentException("A plan has at least one verdict, not " + planned);
    }
  }

  /** Returns the one-sided level of one verdict. */
  public double alphaPerVerdict() {
    return TOTAL_ALPHA / planned;
  }

  /** Returns the level of the two-sided intervals whose bounds are compared with thresholds. */
  public double intervalConfidence() {
    return 1 - 2 * alphaPerVerdict();
  }
}
