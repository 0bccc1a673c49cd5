package io.plumbline.evaluation.metric;

import java.util.List;
import java.util.Objects;

/** The confidence of answers, compared with whether they are right. */
final class CalibrationFigures {

  static final int BINS = 15;

  private final double[] confidence;
  private final boolean[] right;

  /** The bin of each answer; {@value #BINS} for an item that failed. */
  private final int[] bin;

  private CalibrationFigures(double[] confidence, boolean[] right, int[] bin) {
    this.confidence = confidence;
    this.right = right;
    this.bin = bin;
  }

  /**
   * Reads confidence and correctness from observations.
   *
   * @param of the scorer whose full score says that an answer is right
   */
  static CalibrationFigures of(List<Observation> observations, String of) {
    int rows = observations.size();
    double[] confidence = new double[rows];
    boolean[] right = new boolean[rows];
    int[] bin = new int[rows];
    for (int row = 0; row < rows; row++) {
      Observation observation = observations.get(row);
      confidence[row] = Objects.requireNonNullElse(observation.confidence(), 1.0);
      right[row] = observation.isRight(of);
      bin[row] = bin(observation);
    }
    return new CalibrationFigures(confidence, right, bin);
  }

  /** Returns the bin of an answer. A bin includes its upper end; the first one includes 0 too. */
  private static int bin(Observation observation) {
    Double confidence = observation.confidence();
    if (observation.failed() || confidence == null) {
      return BINS;
    }
    int bin = 0;
    while (bin < BINS - 1 && confidence > (bin + 1.0) / BINS) {
      bin++;
    }
    return bin;
  }

  /**
   * Returns the expected calibration error: C. Guo, G. Pleiss, Y. Sun, K. Q. Weinberger, On
   * calibration of modern neural networks, ICML 2017, equation 3, with 15 bins of equal width. It
   * is the distance between the mean confidence of a bin and the share of it that is right,
   * averaged over the answers. Items that failed form a bin of their own with a distance of 1, so
   * that no failure makes the error smaller.
   *
   * @param times how often each row occurs
   */
  double expectedCalibrationError(int[] times) {
    double[] distance = new double[BINS];
    long rows = 0;
    long failed = 0;
    for (int row = 0; row < times.length; row++) {
      rows += times[row];
      if (bin[row] == BINS) {
        failed += times[row];
      } else {
        distance[bin[row]] += times[row] * (confidence[row] - (right[row] ? 1 : 0));
      }
    }
    double sum = failed;
    for (double each : distance) {
      sum += Math.abs(each);
    }
    return rows == 0 ? 0 : sum / rows;
  }
}
