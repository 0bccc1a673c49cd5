package io.plumbline.evaluation.monitor;

import io.plumbline.contracts.InferenceEvent.ArmReported;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The counts of one arm of a canary, from the cumulative reports of every process that serves it.
 *
 * @param reported the last report of each epoch of each instance, by {@link #epochKey}
 * @param pending the counts of each cluster that are not yet in a block of a comparison
 */
record ArmTally(Map<String, Report> reported, List<Counts> pending) {

  /**
   * The largest number of process starts that is accepted. One canary sees far fewer, and without a
   * limit the state could grow without bound.
   */
  static final int MAX_EPOCHS = 1_000;

  static final ArmTally NONE = new ArmTally(Map.of(), noCounts());

  @SuppressWarnings("NullAway") // The state of an earlier build has no counts by cluster.
  ArmTally {
    reported = Map.copyOf(reported);
    pending = pending == null ? noCounts() : List.copyOf(pending);
  }

  private static List<Counts> noCounts() {
    return Collections.nCopies(ArmReported.CLUSTERS, Counts.NONE);
  }

  /**
   * Cumulative or incremental counts; {@code wrong} of {@code feedback} were judged not correct.
   */
  record Counts(long requests, long errors, long feedback, long wrong) {

    static final Counts NONE = new Counts(0, 0, 0, 0);

    Counts plus(Counts other) {
      return new Counts(
          requests + other.requests,
          errors + other.errors,
          feedback + other.feedback,
          wrong + other.wrong);
    }

    /** Returns whether the requests can make a block of the error comparison. */
    boolean hasRequests() {
      return requests > 0;
    }

    /**
     * Returns whether the judgements can make a block of the correctness comparison. A changed
     * judgement reverts a count of another process, and until that process has reported, the counts
     * may be impossible.
     */
    boolean hasJudgements() {
      return feedback > 0 && wrong >= 0 && wrong <= feedback;
    }

    Counts withoutRequests() {
      return new Counts(0, 0, feedback, wrong);
    }

    Counts withoutJudgements() {
      return new Counts(requests, errors, 0, 0);
    }

    Counts minus(Counts other) {
      return new Counts(
          requests - other.requests,
          errors - other.errors,
          feedback - other.feedback,
          wrong - other.wrong);
    }
  }

  /**
   * The counts of an epoch since it started.
   *
   * @param sequence the number of the report in its epoch
   * @param counts the counts of all answers
   * @param abstentions the answers in which the variant abstained, since its model was not sure
   *     enough
   * @param clusters the counts by cluster; none in a report of an earlier version
   */
  record Report(long sequence, Counts counts, long abstentions, List<Counts> clusters) {

    static final Report NONE = new Report(Long.MIN_VALUE, Counts.NONE, 0, List.of());

    @SuppressWarnings("NullAway") // The state of an earlier build has no counts by cluster.
    Report {
      clusters = clusters == null ? List.of() : List.copyOf(clusters);
    }

    /** Returns the counts of a cluster, which are none where the report has no clusters. */
    private Counts cluster(int index) {
      return index < clusters.size() ? clusters.get(index) : Counts.NONE;
    }
  }

  /**
   * Thrown for counts that contradict each other or earlier ones, after which the arm can no longer
   * be judged.
   */
  static final class Unreadable extends IllegalArgumentException {
    Unreadable(String message) {
      super(message);
    }
  }

  static String epochKey(String instance, Object epoch) {
    return instance + "/" + epoch;
  }

  /**
   * Returns the tally after a report. A report that is not newer than the last one of its epoch
   * changes nothing.
   *
   * @throws Unreadable when the counts contradict themselves
   */
  ArmTally withReport(String epoch, Report report) {
    Report former = reported.getOrDefault(epoch, Report.NONE);
    if (report.sequence <= former.sequence) {
      return this;
    }
    requireConsistent(epoch, report.counts.minus(former.counts));
    List<Counts> next = new ArrayList<>();
    for (int cluster = 0; cluster < pending.size(); cluster++) {
      Counts increment = report.cluster(cluster).minus(former.cluster(cluster));
      requireConsistent(epoch, increment);
      next.add(pending.get(cluster).plus(increment));
    }
    Map<String, Report> all = new TreeMap<>(reported);
    all.put(epoch, report);
    if (all.size() > MAX_EPOCHS) {
      throw new Unreadable("more than %d starts of a process reported".formatted(MAX_EPOCHS));
    }
    return new ArmTally(all, next);
  }

  private static void requireConsistent(String epoch, Counts increment) {
    if (increment.requests < 0 || increment.errors < 0 || increment.errors > increment.requests) {
      throw new Unreadable(
          "%s reported %+d requests and %+d errors since its last report"
              .formatted(epoch, increment.requests, increment.errors));
    }
  }

  /** Returns all counts since the canary started. */
  Counts totalCounts() {
    return reported.values().stream().map(Report::counts).reduce(Counts.NONE, Counts::plus);
  }

  /** Returns the number of answers since the canary started in which the variant abstained. */
  long abstentions() {
    return reported.values().stream().mapToLong(Report::abstentions).sum();
  }

  /** Returns the tally after the counts of a cluster, or some of them, went into a block. */
  ArmTally withPending(int cluster, Counts left) {
    List<Counts> next = new ArrayList<>(pending);
    next.set(cluster, left);
    return new ArmTally(reported, next);
  }

  /** Returns the tally with which a comparison begins anew: what was reported counts no more. */
  ArmTally withoutPending() {
    return new ArmTally(reported, noCounts());
  }

  /** Returns the sum of the counts that are not yet in a block. */
  Counts totalPending() {
    return pending.stream().reduce(Counts.NONE, Counts::plus);
  }
}
