package io.plumbline.statistics;

import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * The correction for multiple tests of S. Holm, A simple sequentially rejective multiple test
 * procedure, Scandinavian Journal of Statistics 6 (1979) 65–70.
 */
public final class Holm {

  private Holm() {}

  /**
   * Returns the adjusted p-values in the order given. Rejecting those that are at most α keeps the
   * probability of any false rejection in the family at most α.
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
