package io.plumbline.prompttemplate.schema;

/**
 * The work that one or several validations may take together. It is bounded twice: before a
 * validation by the sizes of schema and value, since a keyword may look at as many names, options
 * or items as there are, and during it by the keywords that are evaluated.
 */
public final class ValidationBudget {

  /** The maximum number of pairs of one value in a schema and one value that it validates. */
  static final long MAX_PAIRS = 30_000_000;

  /**
   * The maximum number of keywords, evaluated at one place of a value each, and errors together.
   */
  static final long MAX_STEPS = 1_000_000;

  private long pairs = MAX_PAIRS;
  private long steps = MAX_STEPS;

  /** Signals that a validation takes more work than is left. */
  static final class Exceeded extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private Exceeded() {
      super("validation takes too much work", null, false, false);
    }
  }

  /**
   * Takes the pairs of a schema and a value.
   *
   * @throws Exceeded when fewer are left
   */
  void spendPairs(long schemaWeight, long valueWeight) {
    pairs -= schemaWeight * valueWeight;
    requireLeft(pairs);
  }

  /**
   * Takes steps.
   *
   * @throws Exceeded when fewer are left
   */
  void spendSteps(int taken) {
    steps -= taken;
    requireLeft(steps);
  }

  private static void requireLeft(long left) {
    if (left < 0) {
      throw new Exceeded();
    }
  }
}
