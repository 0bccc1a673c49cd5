package io.plumbline.statistics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * A {@link SequentialComparison} of two arms that no single cluster of observations decides. Each
 * cluster compares its own observations of both arms, and the pairs of rates are common to all.
 *
 * <p>Let E(i, j) be the evidence without the clusters i and j. The evidence is the smallest over i
 * of the mean over j of E(i, j). If the observations of one cluster are whatever somebody wants
 * them to be, and both arms are equal in every other cluster, then the mean for i = that cluster is
 * a mean of non-negative supermartingales, which is one too, and the smallest is not above it: the
 * evidence ever reaches 1/α with probability at most α. If that somebody hides a difference
 * instead, each mean has a term without the cluster, so that the evidence is at least that of the
 * remaining clusters, divided by the number of clusters.
 */
public record ClusteredComparison(List<SequentialComparison> clusters) {

  public ClusteredComparison {
    clusters = List.copyOf(clusters);
    if (clusters.size() < 2) {
      throw new IllegalArgumentException("A clustered comparison has at least two clusters");
    }
  }

  /** Returns the comparison before the first observation. */
  public static ClusteredComparison start(int clusters) {
    return new ClusteredComparison(Collections.nCopies(clusters, SequentialComparison.START));
  }

  /** Returns the state after one more block of a cluster, which has observations in both arms. */
  public ClusteredComparison withBlock(
      int cluster,
      long baselineTrials,
      long baselineEvents,
      long candidateTrials,
      long candidateEvents) {
    List<SequentialComparison> next = new ArrayList<>(clusters);
    next.set(
        cluster,
        clusters
            .get(cluster)
            .withBlock(baselineTrials, baselineEvents, candidateTrials, candidateEvents));
    return new ClusteredComparison(next);
  }

  /** Returns the natural logarithm of the evidence; 0 at the start. */
  public double logEvidence() {
    double[][] without = logEvidencesWithoutTwo();
    return Arrays.stream(without).mapToDouble(SequentialComparison::logMean).min().orElseThrow();
  }

  private double[][] logEvidencesWithoutTwo() {
    int count = clusters.size();
    double[][] logs =
        clusters.stream()
            .map(each -> each.logEvidences().stream().mapToDouble(Double::doubleValue).toArray())
            .toArray(double[][]::new);
    double[] total = new double[logs[0].length];
    for (double[] each : logs) {
      for (int pair = 0; pair < total.length; pair++) {
        total[pair] += each[pair];
      }
    }
    double[][] without = new double[count][count];
    for (int i = 0; i < count; i++) {
      for (int j = i; j < count; j++) {
        double[] rest = total.clone();
        for (int pair = 0; pair < rest.length; pair++) {
          rest[pair] -= logs[i][pair];
          if (j > i) {
            rest[pair] -= logs[j][pair];
          }
        }
        without[i][j] = SequentialComparison.logMean(rest);
        without[j][i] = without[i][j];
      }
    }
    return without;
  }

  /**
   * Returns whether the candidate is shown to be worse, whatever one cluster contributed, with a
   * false-alarm probability over the whole course of at most {@code alpha}.
   */
  public boolean isWorse(double alpha) {
    return logEvidence() >= -Math.log(alpha);
  }

  public long baselineTrials() {
    return clusters.stream().mapToLong(SequentialComparison::baselineTrials).sum();
  }

  public long baselineEvents() {
    return clusters.stream().mapToLong(SequentialComparison::baselineEvents).sum();
  }

  public long candidateTrials() {
    return clusters.stream().mapToLong(SequentialComparison::candidateTrials).sum();
  }

  /**
   * Returns the candidate's observations without those of the cluster that has most of them, so
   * that no single cluster makes a comparison look large.
   */
  public long candidateTrialsWithoutLargest() {
    long largest =
        clusters.stream().mapToLong(SequentialComparison::candidateTrials).max().orElseThrow();
    return candidateTrials() - largest;
  }

  public long candidateEvents() {
    return clusters.stream().mapToLong(SequentialComparison::candidateEvents).sum();
  }
}
