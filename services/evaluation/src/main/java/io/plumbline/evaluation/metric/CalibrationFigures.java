package io.plumbline.evaluation.metric;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The confidence of answers, held against whether they are right. */
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
   * @param of the scorer whose full score says that an answer is right
   */
  static CalibrationFigures of(List<Observation> observations, String of) {
    int rows = observations.size();
    double[] confidence = new double[rows];
    boolean[] right = new boolean[rows];
    int[] bin = new int[rows];
    for (int row = 0; row < rows; row++) {
      Observation observation = observations.get(row);
      Double sure = observation.confidence();
      confidence[row] = sure == null ? 1 : sure;
      right[row] = observation.right(of);
      bin[row] = observation.failed() ? BINS : bin(sure);
    }
    return new CalibrationFigures(confidence, right, bin);
  }

  /** Each bin has its upper end; the first one has 0 too. */
  private static int bin(@Nullable Double confidence) {
    if (confidence == null) {
      return BINS;
    }
    int bin = 0;
    while (bin < BINS - 1 && confidence > (bin + 1.0) / BINS) {
      bin++;
    }
    return bin;
  }

  /**
   * The expected calibration error: C. Guo, G. Pleiss, Y. Sun, K. Q. Weinberger, On calibration of
   * modern neural networks, ICML 2017, equation 3, with 15 bins of equal width: the distance of the
   * mean confidence of a bin from the share of it that is right, in the mean over the answers.
   * Items that failed are a bin of their own whose distance is 1, so that none of them makes it
   * smaller.
   *
   * @param times how often each row occurs
   */
  double error(int[] times) {
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
