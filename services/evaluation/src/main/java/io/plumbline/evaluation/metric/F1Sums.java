package io.plumbline.evaluation.metric;

/**
 * The counts that macro-F1 needs. They are filled cell by cell, so that the work grows with the
 * cells that have rows, and not with the size of the table.
 */
final class F1Sums {

  private final long[] hits;

  /** The number of rows that truly have each label, plus the number answered with it. */
  private final long[] marginals;

  F1Sums(int labels) {
    hits = new long[labels];
    marginals = new long[labels];
  }

  /**
   * Adds the rows of a cell.
   *
   * @param answer the number of labels, for an answer that is none of them
   */
  void add(int label, int answer, long rows) {
    marginals[label] += rows;
    if (answer < marginals.length) {
      marginals[answer] += rows;
    }
    if (answer == label) {
      hits[label] += rows;
    }
  }

  double macroF1() {
    double sum = 0;
    int occurring = 0;
    for (int label = 0; label < hits.length; label++) {
      if (marginals[label] > 0) {
        sum += 2.0 * hits[label] / marginals[label];
        occurring++;
      }
    }
    return occurring == 0 ? 0 : sum / occurring;
  }
}
