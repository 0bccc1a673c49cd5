package io.plumbline.statistics;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The evidence that an unwanted event is more frequent in the candidate's arm than in the
 * baseline's. It may be looked at after every block of observations: R. J. Turner, A. Ly and P. D.
 * Grünwald, Generic E-variables for exact sequential k-sample tests that allow for optional
 * stopping, Journal of Statistical Planning and Inference 230 (2024) 106116.
 *
 * <p>For a pair of rates (a, b), a &lt; b, a block multiplies the pair's evidence by the likelihood
 * of a and b in their arms against that of their mean weighted by the block's sizes. If both true
 * rates are equal, the factor's expectation is at most 1 (arithmetic and geometric mean). If the
 * candidate is better, it is smaller still, since the baseline's factor falls in its rate and the
 * candidate's rises. The evidence is the mean over a fixed grid of pairs: a non-negative
 * supermartingale, so that by Ville's inequality it ever reaches 1/α with probability at most α.
 * This is exact for every sample size and split. The paper estimates the pair from earlier blocks
 * instead. The mixture needs no first block to learn from, and a canary's first block may be most
 * of its traffic.
 *
 * @param logEvidences natural logarithm of each pair's evidence
 */
public record SequentialComparison(
    List<Double> logEvidences,
    long baselineTrials,
    long baselineEvents,
    long candidateTrials,
    long candidateEvents) {

  private record Rates(double baseline, double candidate) {}

  private static final double[] GRID = {
    0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.45, 0.6, 0.75, 0.9
  };
  private static final List<Rates> PAIRS = pairs();

  public static final SequentialComparison START =
      new SequentialComparison(Collections.nCopies(PAIRS.size(), 0.0), 0, 0, 0, 0);

  public SequentialComparison {
    logEvidences = List.copyOf(logEvidences);
    if (logEvidences.size() != PAIRS.size()) {
      throw new IllegalArgumentException(
          "There are %d pairs of rates, not %d".formatted(PAIRS.size(), logEvidences.size()));
    }
  }

  private static List<Rates> pairs() {
    List<Rates> pairs = new ArrayList<>();
    for (int baseline = 0; baseline < GRID.length; baseline++) {
      for (int candidate = baseline + 1; candidate < GRID.length; candidate++) {
        pairs.add(new Rates(GRID[baseline], GRID[candidate]));
      }
    }
    return List.copyOf(pairs);
  }

  /**
   * Returns the state after one more block. Both arms must have observations; otherwise the block
   * has to grow first.
   */
  public SequentialComparison withBlock(
      long baselineTrials, long baselineEvents, long candidateTrials, long candidateEvents) {
    if (baselineTrials < 1
        || candidateTrials < 1
        || baselineEvents > baselineTrials
        || candidateEvents > candidateTrials
        || baselineEvents < 0
        || candidateEvents < 0) {
      throw new IllegalArgumentException(
          "A block has observations in both arms, and at most as many events");
    }
    List<Double> gained = new ArrayList<>(PAIRS.size());
    for (int i = 0; i < PAIRS.size(); i++) {
      Rates pair = PAIRS.get(i);
      double common =
          (baselineTrials * pair.baseline + candidateTrials * pair.candidate)
              / (baselineTrials + candidateTrials);
      gained.add(
          logEvidences.get(i)
              + logFactor(baselineEvents, baselineTrials, pair.baseline, common)
              + logFactor(candidateEvents, candidateTrials, pair.candidate, common));
    }
    return new SequentialComparison(
        gained,
        this.baselineTrials + baselineTrials,
        this.baselineEvents + baselineEvents,
        this.candidateTrials + candidateTrials,
        this.candidateEvents + candidateEvents);
  }

  /** Returns the natural logarithm of the evidence; 0 at the start. */
  public double logEvidence() {
    return logMean(logEvidences.stream().mapToDouble(Double::doubleValue).toArray());
  }

  /** Returns the natural logarithm of the mean of numbers, of which the logarithms are given. */
  static double logMean(double[] logarithms) {
    double largest = Double.NEGATIVE_INFINITY;
    for (double each : logarithms) {
      largest = Math.max(largest, each);
    }
    double sum = 0;
    for (double each : logarithms) {
      sum += Math.exp(each - largest);
    }
    return largest + Math.log(sum / logarithms.length);
  }

  /**
   * Returns whether the candidate is shown to be worse, with a false-alarm probability over the
   * whole course of at most {@code alpha}.
   */
  public boolean isWorse(double alpha) {
    return logEvidence() >= -Math.log(alpha);
  }

  private static double logFactor(long events, long trials, double rate, double common) {
    return events * Math.log(rate / common)
        + (trials - events) * Math.log((1 - rate) / (1 - common));
  }
}
