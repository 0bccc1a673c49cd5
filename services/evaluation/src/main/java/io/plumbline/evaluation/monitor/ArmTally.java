package io.plumbline.evaluation.monitor;

/**
 * What an arm has answered, from its cumulative reports.
 *
 * @param heard the last report; an arm's counters begin anew when the service that counts restarts
 * @param total everything ever counted
 * @param requestsPending what has not yet been part of a block of the error comparison
 * @param feedbackPending what has not yet been part of a block of the correctness comparison
 */
record ArmTally(Counts heard, Counts total, Counts requestsPending, Counts feedbackPending) {

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

    /** What has come since an earlier report; everything when the counters have begun anew. */
    Counts since(Counts earlier) {
      boolean anew =
          requests < earlier.requests
              || errors < earlier.errors
              || feedback < earlier.feedback
              || wrong < earlier.wrong;
      return anew
          ? this
          : new Counts(
              requests - earlier.requests,
              errors - earlier.errors,
              feedback - earlier.feedback,
              wrong - earlier.wrong);
    }
  }

  static final ArmTally NONE = new ArmTally(Counts.NONE, Counts.NONE, Counts.NONE, Counts.NONE);

  ArmTally reported(Counts report) {
    Counts news = report.since(heard);
    return new ArmTally(
        report, total.plus(news), requestsPending.plus(news), feedbackPending.plus(news));
  }

  ArmTally requestsTaken() {
    return new ArmTally(heard, total, Counts.NONE, feedbackPending);
  }

  ArmTally feedbackTaken() {
    return new ArmTally(heard, total, requestsPending, Counts.NONE);
  }
}
