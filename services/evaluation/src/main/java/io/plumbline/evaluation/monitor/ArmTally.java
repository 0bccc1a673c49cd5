package io.plumbline.evaluation.monitor;

import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;

/**
 * Counts of one arm of a canary, from the cumulative reports of every process that answers for it.
 *
 * @param reported the last report of each epoch of each instance, by {@link #key}
 * @param requestsPending counts that are not yet in a block of the error comparison
 * @param feedbackPending counts that are not yet in a block of the correctness comparison
 */
record ArmTally(Map<String, Report> reported, Counts requestsPending, Counts feedbackPending) {

  /**
   * More starts of processes than one canary lives through; beyond them the state would grow
   * without bound.
   */
  static final int MAX_EPOCHS = 1_000;

  static final ArmTally NONE = new ArmTally(Map.of(), Counts.NONE, Counts.NONE);

  ArmTally {
    reported = Map.copyOf(reported);
  }

  /**
   * Cumulative or incremental counts: {@code wrong} of {@code feedback} were judged not correct.
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
   * What an epoch has counted since it started.
   *
   * @param sequence of the report in its epoch
   * @param abstentions answers that the variant gave where its model was not sure enough
   * @param wrongBy how many callers judge an answer of the arm wrong, in all epochs
   * @param loudest the judgements of the one caller who says most against the candidate, in all
   *     epochs
   */
  record Report(long sequence, Counts counts, long abstentions, long wrongBy, Counts loudest) {}

  /** Counts that contradict each other or the former ones: the arm can no longer be judged. */
  static final class Unreadable extends IllegalArgumentException {
    Unreadable(String message) {
      super(message);
    }
  }

  static String key(String instance, Object epoch) {
    return instance + "/" + epoch;
  }

  /**
   * The tally after a report; one that is not newer than the last of its epoch changes nothing.
   *
   * @throws Unreadable when the counts contradict themselves
   */
  ArmTally with(String epoch, Report report) {
    Report former =
        reported.getOrDefault(epoch, new Report(Long.MIN_VALUE, Counts.NONE, 0, 0, Counts.NONE));
    if (report.sequence <= former.sequence) {
      return this;
    }
    Counts increment = report.counts.minus(former.counts);
    check(epoch, increment);
    Map<String, Report> next = new TreeMap<>(reported);
    next.put(epoch, report);
    if (next.size() > MAX_EPOCHS) {
      throw new Unreadable("more than %d starts of a process reported".formatted(MAX_EPOCHS));
    }
    return new ArmTally(next, requestsPending.plus(increment), feedbackPending.plus(increment));
  }

  private static void check(String epoch, Counts increment) {
    if (increment.requests < 0 || increment.errors < 0 || increment.errors > increment.requests) {
      throw new Unreadable(
          "%s reported %+d requests and %+d errors since its last report"
              .formatted(epoch, increment.requests, increment.errors));
    }
  }

  /** All counts since the canary started. */
  Counts total() {
    return reported.values().stream().map(Report::counts).reduce(Counts.NONE, Counts::plus);
  }

  /** Answers since the canary started that the variant gave where its model was not sure enough. */
  long abstentions() {
    return reported.values().stream().mapToLong(Report::abstentions).sum();
  }

  /** How many callers judge an answer of the arm wrong, by the report that knows of most. */
  long wrongBy() {
    return reported.values().stream().mapToLong(Report::wrongBy).max().orElse(0);
  }

  /**
   * All judgements but those of the caller who says most against the candidate, by the report that
   * knows of most; within bounds, since a process that was killed has not counted all of them.
   */
  Counts withoutLoudest() {
    Counts loudest =
        reported.values().stream()
            .map(Report::loudest)
            .max(Comparator.comparingLong(Counts::feedback))
            .orElse(Counts.NONE);
    Counts others = total().minus(loudest);
    long feedback = Math.max(0, others.feedback);
    return new Counts(0, 0, feedback, Math.clamp(others.wrong, 0, feedback));
  }

  /** Whether the pending counts can make a block of the error comparison. */
  boolean hasRequests() {
    return requestsPending.requests > 0;
  }

  /**
   * Whether the pending counts can make a block of the correctness comparison. A changed judgement
   * takes back what another process counted; until that has arrived the counts may be impossible.
   */
  boolean hasFeedback() {
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
