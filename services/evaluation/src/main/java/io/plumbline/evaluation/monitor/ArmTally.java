package io.plumbline.evaluation.monitor;

import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;

/**
 * The counts of one arm of a canary, from the cumulative reports of every process that serves it.
 *
 * @param reported the last report of each epoch of each instance, by {@link #epochKey}
 * @param requestsPending the counts that are not yet in a block of the error comparison
 * @param feedbackPending the counts that are not yet in a block of the correctness comparison
 */
record ArmTally(Map<String, Report> reported, Counts requestsPending, Counts feedbackPending) {

  /**
   * The largest number of process starts that is accepted. One canary sees far fewer, and without a
   * limit the state could grow without bound.
   */
  static final int MAX_EPOCHS = 1_000;

  static final ArmTally NONE = new ArmTally(Map.of(), Counts.NONE, Counts.NONE);

  ArmTally {
    reported = Map.copyOf(reported);
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
   * @param abstentions the answers in which the variant abstained, since its model was not sure
   *     enough
   * @param wrongBy how many callers judge an answer of the arm wrong, in all epochs
   * @param loudest the judgements of the one caller who reports most against the candidate, in all
   *     epochs
   */
  record Report(long sequence, Counts counts, long abstentions, long wrongBy, Counts loudest) {}

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
    Report former =
        reported.getOrDefault(epoch, new Report(Long.MIN_VALUE, Counts.NONE, 0, 0, Counts.NONE));
    if (report.sequence <= former.sequence) {
      return this;
    }
    Counts increment = report.counts.minus(former.counts);
    requireConsistent(epoch, increment);
    Map<String, Report> next = new TreeMap<>(reported);
    next.put(epoch, report);
    if (next.size() > MAX_EPOCHS) {
      throw new Unreadable("more than %d starts of a process reported".formatted(MAX_EPOCHS));
    }
    return new ArmTally(next, requestsPending.plus(increment), feedbackPending.plus(increment));
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

  /**
   * Returns how many callers judge an answer of the arm wrong, as the report with the largest
   * number says.
   */
  long callersJudgingWrong() {
    return reported.values().stream().mapToLong(Report::wrongBy).max().orElse(0);
  }

  /**
   * Returns all judgements except those of the caller who reports most against the candidate. It
   * takes that caller's judgements from the report with the most of them. The counts are clamped,
   * since a process that was killed has not counted all of them.
   */
  Counts countsWithoutTopDissenter() {
    Counts loudest =
        reported.values().stream()
            .map(Report::loudest)
            .max(Comparator.comparingLong(Counts::feedback))
            .orElse(Counts.NONE);
    Counts others = totalCounts().minus(loudest);
    long feedback = Math.max(0, others.feedback);
    return new Counts(0, 0, feedback, Math.clamp(others.wrong, 0, feedback));
  }

  /** Returns whether the pending counts can make the next block of the error comparison. */
  boolean hasRequestBlock() {
    return requestsPending.requests > 0;
  }

  /**
   * Returns whether the pending counts can make a block of the correctness comparison. A changed
   * judgement reverts a count of another process, and until that process has reported, the counts
   * may be impossible.
   */
  boolean hasFeedbackBlock() {
    return feedbackPending.feedback > 0
        && feedbackPending.wrong >= 0
        && feedbackPending.wrong <= feedbackPending.feedback;
  }

  ArmTally withoutPendingRequests() {
    return new ArmTally(reported, Counts.NONE, feedbackPending);
  }

  ArmTally withoutPendingFeedback() {
    return new ArmTally(reported, requestsPending, Counts.NONE);
  }
}
