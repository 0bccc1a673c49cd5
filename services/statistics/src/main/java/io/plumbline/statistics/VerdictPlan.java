package io.plumbline.statistics;

/**
 * How many verdicts are planned on one set of test items, and the level that each is judged at.
 * Together they err by more than α with a probability below α, however they depend on each other:
 * O. J. Dunn, Multiple comparisons among means, JASA 56 (1961) 52–64 (Bonferroni's inequality).
 */
public record VerdictPlan(int planned) {

  /** The one-sided level of all planned verdicts together. */
  public static final double TOTAL_ALPHA = 0.025;

  public VerdictPlan {
    if (planned < 1) {
      throw new IllegalArgumentException("A plan has at least one verdict, not " + planned);
    }
  }

  /** The one-sided level of one verdict. */
  public double alpha() {
    return TOTAL_ALPHA / planned;
  }

  /** The level of the two-sided intervals whose bounds a verdict compares with its thresholds. */
  public double confidence() {
    return 1 - 2 * alpha();
  }
}
