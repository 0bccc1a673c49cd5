package io.plumbline.evaluation.monitor;

import io.plumbline.contracts.state.Outcome;
import io.plumbline.evaluation.monitor.ArmTally.Counts;
import io.plumbline.evaluation.monitor.ArmTally.Report;
import io.plumbline.statistics.SampleRatioTest;
import io.plumbline.statistics.SequentialComparison;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The state of a canary analysis and its result. The reports and their order determine it. The
 * counts of both arms since the last block make up the next one; while one arm has no counts, the
 * block grows.
 */
record CanaryAnalysis(
    ArmTally candidate,
    ArmTally control,
    SequentialComparison errors,
    SequentialComparison wrong,
    @Nullable String unreadable) {

  /**
   * The evidence above which the exact figure carries no information. A broken candidate reaches
   * hundreds of digits.
   */
  private static final double OVERWHELMING = 1e6;

  static final CanaryAnalysis START =
      new CanaryAnalysis(
          ArmTally.NONE,
          ArmTally.NONE,
          SequentialComparison.START,
          SequentialComparison.START,
          null);

  /** The arms of a canary, by the names that inference gives them. */
  enum Arm {
    CANARY,
    CONTROL;

    String lowerCaseName() {
      return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Returns the arm with a name that inference gives; empty for an arm outside a canary, which is
     * not analysed.
     */
    static Optional<Arm> ofName(String name) {
      return Arrays.stream(values()).filter(arm -> arm.name().equalsIgnoreCase(name)).findFirst();
    }
  }

  /** A decision and its reasons. */
  record Decision(Outcome outcome, List<String> reasons) {}

  /**
   * Returns the analysis after a report. It ends with a report that cannot be read, since later
   * ones would be judged without the missing counts.
   */
  CanaryAnalysis withReport(Arm arm, String epoch, Report report) {
    try {
      return switch (arm) {
        case CANARY -> withArms(candidate.withReport(epoch, report), control).withNextBlock();
        case CONTROL -> withArms(candidate, control.withReport(epoch, report)).withNextBlock();
      };
    } catch (ArmTally.Unreadable e) {
      return withUnreadableReason(
          "A report of the %s arm cannot be counted: %s"
              .formatted(arm.lowerCaseName(), e.getMessage()));
    }
  }

  /**
   * Returns the analysis with the reason why the guard can no longer see an arm, so that it has to
   * end.
   */
  CanaryAnalysis withUnreadableReason(String why) {
    return new CanaryAnalysis(
        candidate, control, errors, wrong, Objects.requireNonNullElse(unreadable, why));
  }

  private CanaryAnalysis withArms(ArmTally candidate, ArmTally control) {
    return new CanaryAnalysis(candidate, control, errors, wrong, unreadable);
  }

  private CanaryAnalysis withNextBlock() {
    CanaryAnalysis next = this;
    if (candidate.hasRequestBlock() && control.hasRequestBlock()) {
      Counts mine = candidate.requestsPending();
      Counts theirs = control.requestsPending();
      next =
          new CanaryAnalysis(
              candidate.withoutPendingRequests(),
              control.withoutPendingRequests(),
              errors.withBlock(theirs.requests(), theirs.errors(), mine.requests(), mine.errors()),
              wrong,
              unreadable);
    }
    if (next.candidate.hasFeedbackBlock() && next.control.hasFeedbackBlock()) {
      Counts mine = next.candidate.feedbackPending();
      Counts theirs = next.control.feedbackPending();
      next =
          new CanaryAnalysis(
              next.candidate.withoutPendingFeedback(),
              next.control.withoutPendingFeedback(),
              next.errors,
              wrong.withBlock(theirs.feedback(), theirs.wrong(), mine.feedback(), mine.wrong()),
              unreadable);
    }
    return next;
  }

  /**
   * Returns the decision: INCONCLUSIVE when an arm can no longer be seen, FAIL when harm is shown,
   * PASS when passing is configured and no harm is shown. It is empty while the canary goes on. The
   * two comparisons share the level.
   */
  Optional<Decision> decision(CanarySettings settings, @Nullable Integer percent) {
    if (unreadable != null) {
      return Optional.of(
          new Decision(
              Outcome.INCONCLUSIVE,
              List.of(unreadable + ". The guard can no longer see this arm.")));
    }
    List<String> harm = new ArrayList<>();
    if (errors.candidateTrials() >= settings.minRequests()
        && errors.baselineTrials() >= settings.minRequests()
        && errors.isWorse(settings.alpha() / 2)) {
      harm.add(harmReason("error rate", errors, settings.alpha() / 2));
    }
    if (wrong.candidateTrials() >= settings.minFeedback()
        && wrong.baselineTrials() >= settings.minFeedback()
        && candidate.callersJudgingWrong() >= settings.minFeedbackCallers()
        && wrong.isWorse(settings.alpha() / 2)
        && (settings.minFeedbackCallers() <= 1
            || isWorseWithoutTopDissenter(settings.alpha() / 2))) {
      harm.add(harmReason("share of answers judged wrong", wrong, settings.alpha() / 2));
    }
    if (!harm.isEmpty()) {
      return Optional.of(new Decision(Outcome.FAIL, harm));
    }
    boolean longEnough =
        settings.passAfterRequests() > 0
            && candidate.totalCounts().requests() >= settings.passAfterRequests();
    if (!longEnough || hasRatioMismatch(settings, percent)) {
      return Optional.empty();
    }
    return Optional.of(
        new Decision(
            Outcome.PASS,
            List.of("No harm shown in %d requests".formatted(candidate.totalCounts().requests()))));
  }

  /**
   * Returns whether the candidate is worse without the caller who reports most against it.
   * Otherwise that caller alone would decide as soon as enough others had judged anything wrong.
   */
  private boolean isWorseWithoutTopDissenter(double alpha) {
    Counts mine = candidate.countsWithoutTopDissenter();
    Counts theirs = control.countsWithoutTopDissenter();
    return mine.feedback() > 0
        && theirs.feedback() > 0
        && SequentialComparison.START
            .withBlock(theirs.feedback(), theirs.wrong(), mine.feedback(), mine.wrong())
            .isWorse(alpha);
  }

  /**
   * Returns whether the traffic split differs from the configured one. It does not halt the canary,
   * since a few busy clients can cause it where clients stick to an arm.
   */
  boolean hasRatioMismatch(CanarySettings settings, @Nullable Integer percent) {
    if (percent == null || percent <= 0 || percent >= 100) {
      return false;
    }
    long mine = candidate.totalCounts().requests();
    return SampleRatioTest.isMismatch(
        mine, mine + control.totalCounts().requests(), percent / 100.0, settings.ratioAlpha());
  }

  private static String harmReason(String what, SequentialComparison comparison, double alpha) {
    double evidence = Math.exp(comparison.logEvidence());
    return String.format(
        Locale.ROOT,
        "The candidate's %s is %.3f (%d of %d), the control's %.3f (%d of %d): worse, with evidence"
            + " %s where %.1f is required",
        what,
        comparison.candidateRate(),
        comparison.candidateEvents(),
        comparison.candidateTrials(),
        comparison.baselineRate(),
        comparison.baselineEvents(),
        comparison.baselineTrials(),
        evidence > OVERWHELMING ? "over a million" : String.format(Locale.ROOT, "%.1f", evidence),
        1 / alpha);
  }
}
