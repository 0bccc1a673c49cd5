package io.plumbline.statistics;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * The nonparametric bootstrap: B. Efron and R. J. Tibshirani, An Introduction to the Bootstrap
 * (1993). Rows are resampled with replacement. A row may hold the answers of several systems to one
 * item, which makes the bootstrap paired.
 *
 * <p>Rows of equal content share a cell, and a statistic sees how often each cell was drawn. The
 * cost of a statistic of a confusion table therefore grows with its cells, not with its rows. Every
 * resample draws from a generator of its own, whose seed comes from the seed of the sample, so that
 * the replicates do not depend on the number of threads. A row's number is taken from 32 random
 * bits by multiplication (D. Lemire, ACM TOMACS 29 (2019), without the rejection step): its bias is
 * below rows / 2³².
 */
public final class Bootstrap {

  /**
   * A figure of a sample, from the number of rows in each cell; called from several threads at
   * once.
   */
  @FunctionalInterface
  public interface Statistic {
    double of(int[] rowsInCell);
  }

  private final int[] cellOfRow;
  private final int cells;
  private final int resamples;
  private final long seed;

  private Bootstrap(int[] cellOfRow, int cells, int resamples, long seed) {
    if (cellOfRow.length == 0 || resamples < 1) {
      throw new IllegalArgumentException("A bootstrap needs rows and resamples");
    }
    this.cellOfRow = cellOfRow.clone();
    this.cells = cells;
    this.resamples = resamples;
    this.seed = seed;
  }

  public static Bootstrap ofCells(int[] cellOfRow, int cells, int resamples, long seed) {
    return new Bootstrap(cellOfRow, cells, resamples, seed);
  }

  /** Returns a bootstrap in which every row is a cell of its own. */
  public static Bootstrap ofRows(int rows, int resamples, long seed) {
    return new Bootstrap(IntStream.range(0, rows).toArray(), rows, resamples, seed);
  }

  /** Returns the statistic of the sample itself. */
  public double observed(Statistic statistic) {
    return statistic.of(rowsInCells());
  }

  /** Returns the statistic of every resample, sorted. */
  public double[] replicates(Statistic statistic) {
    long[] seeds = new SplittableRandom(seed).longs(resamples).toArray();
    double[] replicates = new double[resamples];
    int chunk = Math.max(1, resamples / 64);
    IntStream.range(0, (resamples + chunk - 1) / chunk)
        .parallel()
        .forEach(c -> {
          int[] even = new int[cells];
          int[] odd = new int[cells];
          for (int i = c * chunk; i < Math.min(resamples, (c + 1) * chunk); i++) {
            drawResample(new SplittableRandom(seeds[i]), even, odd);
            replicates[i] = statistic.of(even);
          }
        });
    Arrays.sort(replicates);
    return replicates;
  }

  /**
   * Draws one resample into {@code even}. Two tables are filled in turn, because successive draws
   * of a frequent cell would otherwise wait for each other's increment.
   */
  private void drawResample(SplittableRandom random, int[] even, int[] odd) {
    Arrays.fill(even, 0);
    Arrays.fill(odd, 0);
    int rows = cellOfRow.length;
    for (int pair = 0; pair < rows / 2; pair++) {
      long bits = random.nextLong();
      even[cellOfRow[(int) (((bits >>> 32) * rows) >>> 32)]]++;
      odd[cellOfRow[(int) (((bits & 0xFFFF_FFFFL) * rows) >>> 32)]]++;
    }
    if (rows % 2 == 1) {
      even[cellOfRow[(int) (((random.nextLong() >>> 32) * rows) >>> 32)]]++;
    }
    for (int cell = 0; cell < cells; cell++) {
      even[cell] += odd[cell];
    }
  }

  /** Returns the percentile interval (chapter 13). */
  public Interval percentileInterval(Statistic statistic, double confidence) {
    double[] replicates = replicates(statistic);
    double tail = (1 - confidence) / 2;
    return new Interval(Quantiles.of(replicates, tail), Quantiles.of(replicates, 1 - tail));
  }

  /**
   * Returns the bias-corrected and accelerated interval (chapter 14, equations 14.9 to 14.15).
   * Replicates equal to the observed value count half in the bias, for statistics that take few
   * values. When every replicate lies on one side, the percentile interval is returned.
   */
  public Interval bcaInterval(Statistic statistic, double confidence) {
    double[] replicates = replicates(statistic);
    double observed = observed(statistic);
    double below = 0;
    for (double replicate : replicates) {
      below += weightBelow(replicate, observed);
    }
    double bias = Normal.quantile(below / replicates.length);
    double tail = (1 - confidence) / 2;
    if (Double.isInfinite(bias)) {
      return new Interval(Quantiles.of(replicates, tail), Quantiles.of(replicates, 1 - tail));
    }
    double acceleration = acceleration(statistic);
    double one = Quantiles.of(replicates, correctedLevel(bias, acceleration, tail));
    double other = Quantiles.of(replicates, correctedLevel(bias, acceleration, 1 - tail));
    return new Interval(Math.min(one, other), Math.max(one, other));
  }

  private static double weightBelow(double replicate, double observed) {
    if (replicate < observed) {
      return 1;
    }
    if (replicate == observed) {
      return 0.5;
    }
    return 0;
  }

  private static double correctedLevel(double bias, double acceleration, double level) {
    double shifted = bias + Normal.quantile(level);
    return Normal.cdf(bias + shifted / (1 - acceleration * shifted));
  }

  /** Computes equation 14.15 by leaving out one row of each cell in turn. */
  double acceleration(Statistic statistic) {
    int[] counts = rowsInCells();
    if (cellOfRow.length == 1) {
      return 0;
    }
    double[] without =
        IntStream.range(0, cells)
            .parallel()
            .mapToDouble(cell -> {
              if (counts[cell] == 0) {
                return 0;
              }
              int[] fewer = counts.clone();
              fewer[cell]--;
              return statistic.of(fewer);
            })
            .toArray();
    double mean = 0;
    for (int cell = 0; cell < cells; cell++) {
      mean += counts[cell] * without[cell] / cellOfRow.length;
    }
    double squares = 0;
    double cubes = 0;
    for (int cell = 0; cell < cells; cell++) {
      double distance = mean - without[cell];
      squares += counts[cell] * distance * distance;
      cubes += counts[cell] * distance * distance * distance;
    }
    if (squares == 0) {
      return 0;
    }
    return cubes / (6 * Math.pow(squares, 1.5));
  }

  private int[] rowsInCells() {
    int[] counts = new int[cells];
    for (int cell : cellOfRow) {
      counts[cell]++;
    }
    return counts;
  }
}
