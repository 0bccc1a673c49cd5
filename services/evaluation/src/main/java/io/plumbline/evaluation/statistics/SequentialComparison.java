package io.plumbline.evaluation.statistics;

/**
 * Evidence, that may be looked at after every block of observations, that an unwanted event is more frequent in the candidate's
 * arm than in the baseline's: R. J. Turner, A. Ly and P. D. Grünwald, Generic E-variables for exact sequential k-sample tests
 * that allow for optional stopping, Journal of Statistical Planning and Inference 230 (2024) 106116.
 *
 * <p>Each block multiplies the evidence by the likelihood of the estimated rates against that of their mean weighted by the block's
 * sizes. With both true rates equal the factor's expectation is at most 1 (arithmetic and geometric mean); with a candidate
 * that is better it is smaller still, since the factor of the baseline falls in the baseline's rate. The estimates use earlier
 * blocks only, and a block without reason to suspect the candidate bets nothing. So the evidence is a non-negative supermartingale,
 * and by Ville's inequality it ever reaches 1/α with probability at most α. Exact for every sample size and split.
 *
 * @param logEvidence natural logarithm of the evidence; 0 at the start
 */
public record SequentialComparison(
    double logEvidence, long baselineTrials, long baselineEvents, long candidateTrials, long candidateEvents) {

  /** The prior that minimises the worst regret in small samples, by Turner, Ly and Grünwald. */
  private static final double PRIOR = 0.18;

  public static final SequentialComparison START = new SequentialComparison(0, 0, 0, 0, 0);

  /** The state after one more block; both arms must have observations, else the block has to grow first. */
  public SequentialComparison after(long baselineTrials, long baselineEvents, long candidateTrials, long candidateEvents) {
    if (baselineTrials < 1 || candidateTrials < 1 || baselineEvents > baselineTrials || candidateEvents > candidateTrials
        || baselineEvents < 0 || candidateEvents < 0) {
      throw new IllegalArgumentException("A block has observations in both arms, and at most as many events");
    }
    double baseline = rate(this.baselineEvents, this.baselineTrials);
    double candidate = rate(this.candidateEvents, this.candidateTrials);
    double gained = 0;
    if (candidate > baseline) {
      double common = (baselineTrials * baseline + candidateTrials * candidate) / (baselineTrials + candidateTrials);
      gained = gain(baselineEvents, baselineTrials, baseline, common) + gain(candidateEvents, candidateTrials, candidate, common);
    }
    return new SequentialComparison(
        logEvidence + gained, this.baselineTrials + baselineTrials, this.baselineEvents + baselineEvents,
        this.candidateTrials + candidateTrials, this.candidateEvents + candidateEvents);
  }

  /** Whether the candidate is shown to be worse, with a false-alarm probability over the whole course of at most {@code alpha}. */
  public boolean worse(double alpha) {
    return logEvidence >= -Math.log(alpha);
  }

  public double baselineRate() {
    return baselineTrials == 0 ? 0 : (double) baselineEvents / baselineTrials;
  }

  public double candidateRate() {
    return candidateTrials == 0 ? 0 : (double) candidateEvents / candidateTrials;
  }

  private static double rate(long events, long trials) {
    return (events + PRIOR) / (trials + 2 * PRIOR);
  }

  private static double gain(long events, long trials, double rate, double common) {
    return events * Math.log(rate / common) + (trials - events) * Math.log((1 - rate) / (1 - common));
  }
}
