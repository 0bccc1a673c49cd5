package io.plumbline.evaluation.metric;

/**
 * The counts that macro-F1 needs, filled cell by cell: as many operations as there are cells with
 * rows in them, not as the table has cells.
 */
final class F1Sums {

  private final long[] hits;

  /** Rows that truly have the label, and rows that were answered with it. */
  private final long[] marginals;

  F1Sums(int labels) {
    hits = new long[labels];
    marginals = new long[labels];
  }

  /**
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

  double macro() {
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
