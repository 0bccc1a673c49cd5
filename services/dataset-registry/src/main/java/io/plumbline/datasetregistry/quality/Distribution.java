package io.plumbline.datasetregistry.quality;

/**
 * The distribution of a count over the rows. Percentiles are nearest-rank: the smallest value that
 * at least the given percentage of rows do not exceed. So each percentile is the value of some row.
 */
public record Distribution(int min, double mean, int p50, int p95, int p99, int max, long sum) {

  static Distribution of(IntList values) {
    int[] sorted = values.sorted();
    if (sorted.length == 0) {
      return new Distribution(0, 0, 0, 0, 0, 0, 0);
    }
    long sum = 0;
    for (int value : sorted) {
      sum += value;
    }
    double mean = Math.round(1000.0 * sum / sorted.length) / 1000.0;
    return new Distribution(
        sorted[0],
        mean,
        percentile(sorted, 50),
        percentile(sorted, 95),
        percentile(sorted, 99),
        sorted[sorted.length - 1],
        sum);
  }

  private static int percentile(int[] sorted, int percent) {
    int rank = (int) Math.ceil(percent / 100.0 * sorted.length);
    return sorted[Math.max(rank, 1) - 1];
  }
}
