package io.plumbline.evaluation.monitor;

/**
 * Counts of one arm of a canary, from its cumulative reports.
 *
 * @param reported the last report; an arm's counters restart when the service that counts restarts
 * @param total all counts since the canary started
 * @param requestsPending counts that are not yet in a block of the error comparison
 * @param feedbackPending counts that are not yet in a block of the correctness comparison
 */
record ArmTally(Counts reported, Counts total, Counts requestsPending, Counts feedbackPending) {

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

    /**
     * The counts since an earlier report. Counters restart with the service that counts: when one
     * fell, or more errors than requests were added, the report is the count since the restart. A
     * restart after which every counter has passed its former value goes unnoticed; what is lost
     * then are counts of before.
     */
    Counts since(Counts earlier) {
      boolean restarted =
          requests < earlier.requests
              || errors < earlier.errors
              || feedback < earlier.feedback
              || wrong < earlier.wrong
              || errors - earlier.errors > requests - earlier.requests
              || wrong - earlier.wrong > feedback - earlier.feedback;
      return restarted
          ? this
          : new Counts(
              requests - earlier.requests,
              errors - earlier.errors,
              feedback - earlier.feedback,
              wrong - earlier.wrong);
    }
  }

  static final ArmTally NONE = new ArmTally(Counts.NONE, Counts.NONE, Counts.NONE, Counts.NONE);

  ArmTally with(Counts report) {
    Counts increment = report.since(reported);
    return new ArmTally(
        report,
        total.plus(increment),
        requestsPending.plus(increment),
        feedbackPending.plus(increment));
  }

  ArmTally withoutPendingRequests() {
    return new ArmTally(reported, total, Counts.NONE, feedbackPending);
  }

  ArmTally withoutPendingFeedback() {
    return new ArmTally(reported, total, requestsPending, Counts.NONE);
  }
}
