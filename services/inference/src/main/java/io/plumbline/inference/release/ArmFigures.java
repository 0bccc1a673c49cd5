package io.plumbline.inference.release;

import java.util.Arrays;

/** The figures of one arm. Its quantiles cover only the latest answers, to follow a change. */
final class ArmFigures {

  private static final int WINDOW = 1_024;

  private final double[] latencies = new double[WINDOW];
  private long requests;
  private long errors;
  private long abstentions;
  private long feedback;
  private long correct;

  record Reading(
      long requests,
      long errors,
      long abstentions,
      long feedback,
      long correct,
      double p50,
      double p95) {

    /**
     * Returns whether there is nothing to report. Feedback counts too, since it may arrive at a
     * process that answered nothing itself.
     */
    boolean isEmpty() {
      return requests == 0 && feedback == 0 && correct == 0;
    }
  }

  synchronized void countAnswer(boolean failed, boolean abstained, double millis) {
    latencies[(int) (requests % WINDOW)] = millis;
    requests++;
    if (failed) {
      errors++;
    }
    if (abstained) {
      abstentions++;
    }
  }

  synchronized void countFeedback(int moreFeedback, int moreCorrect) {
    feedback += moreFeedback;
    correct += moreCorrect;
  }

  synchronized Reading snapshot() {
    int count = (int) Math.min(requests, WINDOW);
    double[] sorted = Arrays.copyOf(latencies, count);
    Arrays.sort(sorted);
    return new Reading(
        requests,
        errors,
        abstentions,
        feedback,
        correct,
        quantile(sorted, 0.50),
        quantile(sorted, 0.95));
  }

  /** Returns a quantile by the nearest-rank method; 0 without values. */
  private static double quantile(double[] sorted, double q) {
    return sorted.length == 0 ? 0 : sorted[Math.max(0, (int) Math.ceil(q * sorted.length) - 1)];
  }
}
