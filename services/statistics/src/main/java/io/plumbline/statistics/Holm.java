package io.plumbline.statistics;

import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Multiplicity: S. Holm, A simple sequentially rejective multiple test procedure, Scandinavian
 * Journal of Statistics 6 (1979) 65–70.
 */
public final class Holm {

  private Holm() {}

  /**
   * Adjusted p-values in the order given: reject at level α those that are at most α, and at most α
   * errors of the family occur.
   */
  public static double[] adjust(double[] pValues) {
    int[] order =
        IntStream.range(0, pValues.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> pValues[i]))
            .mapToInt(i -> i)
            .toArray();
    double[] adjusted = new double[pValues.length];
    double largest = 0;
    for (int rank = 0; rank < order.length; rank++) {
      largest = Math.max(largest, Math.min(1, (order.length - rank) * pValues[order[rank]]));
      adjusted[order[rank]] = largest;
    }
    return adjusted;
  }
}
