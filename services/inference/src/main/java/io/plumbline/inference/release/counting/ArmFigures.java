package io.plumbline.inference.release.counting;

import io.plumbline.contracts.InferenceEvent.ArmReported;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * The figures of one arm, in total and by cluster of callers. Its quantiles cover only the latest
 * answers, to follow a change.
 */
public final class ArmFigures {

  private static final int WINDOW = 1_024;

  private final double[] latencies = new double[WINDOW];
  private final Counts total = new Counts();
  private final List<Counts> clusters =
      Stream.generate(Counts::new).limit(ArmReported.CLUSTERS).toList();
  private long abstentions;

  private static final class Counts {

    private long requests;
    private long errors;
    private long feedback;
    private long correct;

    void addAnswer(boolean failed) {
      requests++;
      if (failed) {
        errors++;
      }
    }

    void addFeedback(int moreFeedback, int moreCorrect) {
      feedback += moreFeedback;
      correct += moreCorrect;
    }

    ArmReported.Cluster read() {
      return new ArmReported.Cluster(requests, errors, feedback, correct);
    }
  }

  /** The figures at one moment. */
  public record Reading(
      long requests,
      long errors,
      long abstentions,
      long feedback,
      long correct,
      List<ArmReported.Cluster> clusters,
      double p50,
      double p95) {

    /**
     * Returns whether there is nothing to report. Feedback counts too, since it may arrive at a
     * process that answered nothing itself.
     */
    public boolean isEmpty() {
      return requests == 0 && feedback == 0 && correct == 0;
    }
  }

  /**
   * Counts an answer.
   *
   * @param cluster the cluster of its caller; empty when it counts in the total alone
   */
  public synchronized void countAnswer(
      OptionalInt cluster, boolean failed, boolean abstained, double millis) {
    latencies[(int) (total.requests % WINDOW)] = millis;
    total.addAnswer(failed);
    cluster.ifPresent(index -> clusters.get(index).addAnswer(failed));
    if (abstained) {
      abstentions++;
    }
  }

  public synchronized void countFeedback(int cluster, int moreFeedback, int moreCorrect) {
    total.addFeedback(moreFeedback, moreCorrect);
    clusters.get(cluster).addFeedback(moreFeedback, moreCorrect);
  }

  public synchronized Reading snapshot() {
    int count = (int) Math.min(total.requests, WINDOW);
    double[] sorted = Arrays.copyOf(latencies, count);
    Arrays.sort(sorted);
    return new Reading(
        total.requests,
        total.errors,
        abstentions,
        total.feedback,
        total.correct,
        clusters.stream().map(Counts::read).toList(),
        quantile(sorted, 0.50),
        quantile(sorted, 0.95));
  }

  /** Returns a quantile by the nearest-rank method; 0 without values. */
  private static double quantile(double[] sorted, double q) {
    return sorted.length == 0 ? 0 : sorted[Math.max(0, (int) Math.ceil(q * sorted.length) - 1)];
  }
}
