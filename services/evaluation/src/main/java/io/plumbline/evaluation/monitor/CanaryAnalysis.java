package io.plumbline.evaluation.monitor;

import io.plumbline.contracts.state.Outcome;
import io.plumbline.evaluation.monitor.ArmTally.Counts;
import io.plumbline.evaluation.monitor.ArmTally.Report;
import io.plumbline.statistics.SampleRatio;
import io.plumbline.statistics.SequentialComparison;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The state of a canary analysis and its result; determined by the reports and their order. The
 * counts of both arms since the last block make the next one; while one arm has none, the block
 * grows.
 */
record CanaryAnalysis(
    ArmTally candidate,
    ArmTally control,
    SequentialComparison errors,
    SequentialComparison wrong,
    @Nullable String unreadable) {

  /**
   * Beyond this the exact figure carries no information; a broken candidate reaches hundreds of
   * digits.
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

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** Empty for an arm without a canary, which is not analysed. */
    static Optional<Arm> named(String name) {
      return Arrays.stream(values()).filter(arm -> arm.name().equalsIgnoreCase(name)).findFirst();
    }
  }

  /** A decision and its reasons. */
  record Decision(Outcome outcome, List<String> reasons) {}

  /**
   * The analysis after a report; with one that cannot be read it ends, since what follows would be
   * judged without the counts that are missing.
   */
  CanaryAnalysis withReport(Arm arm, String epoch, Report report) {
    try {
      return switch (arm) {
        case CANARY -> withArms(candidate.with(epoch, report), control).withNextBlock();
        case CONTROL -> withArms(candidate, control.with(epoch, report)).withNextBlock();
      };
    } catch (ArmTally.Unreadable e) {
      return unreadable("A report of the %s arm: %s".formatted(arm.word(), e.getMessage()));
    }
  }

  /** The analysis that has to end: the guard can no longer see an arm. */
  CanaryAnalysis unreadable(String why) {
    return new CanaryAnalysis(
        candidate, control, errors, wrong, unreadable == null ? why : unreadable);
  }

  private CanaryAnalysis withArms(ArmTally candidate, ArmTally control) {
    return new CanaryAnalysis(candidate, control, errors, wrong, unreadable);
  }

  private CanaryAnalysis withNextBlock() {
    CanaryAnalysis next = this;
    if (candidate.hasRequests() && control.hasRequests()) {
      Counts mine = candidate.requestsPending();
      Counts theirs = control.requestsPending();
      next =
          new CanaryAnalysis(
              candidate.withoutPendingRequests(),
              control.withoutPendingRequests(),
              errors.after(theirs.requests(), theirs.errors(), mine.requests(), mine.errors()),
              wrong,
              unreadable);
    }
    if (next.candidate.hasFeedback() && next.control.hasFeedback()) {
      Counts mine = next.candidate.feedbackPending();
      Counts theirs = next.control.feedbackPending();
      next =
          new CanaryAnalysis(
              next.candidate.withoutPendingFeedback(),
              next.control.withoutPendingFeedback(),
              next.errors,
              wrong.after(theirs.feedback(), theirs.wrong(), mine.feedback(), mine.wrong()),
              unreadable);
    }
    return next;
  }

  /**
   * INCONCLUSIVE when an arm can no longer be seen, FAIL when harm is shown, PASS when that is
   * configured and none is shown, empty while the canary goes on. The two comparisons share the
   * level.
   */
  Optional<Decision> decision(CanarySettings settings, @Nullable Integer percent) {
    if (unreadable != null) {
      return Optional.of(
          new Decision(Outcome.INCONCLUSIVE, List.of(unreadable + ". The guard is blind.")));
    }
    List<String> harm = new ArrayList<>();
    if (errors.candidateTrials() >= settings.minRequests()
        && errors.baselineTrials() >= settings.minRequests()
        && errors.worse(settings.alpha() / 2)) {
      harm.add(shown("error rate", errors, settings.alpha() / 2));
    }
    if (wrong.candidateTrials() >= settings.minFeedback()
        && wrong.baselineTrials() >= settings.minFeedback()
        && candidate.wrongBy() >= settings.minFeedbackCallers()
        && wrong.worse(settings.alpha() / 2)
        && (settings.minFeedbackCallers() <= 1 || othersSayWorse(settings.alpha() / 2))) {
      harm.add(shown("share of answers judged wrong", wrong, settings.alpha() / 2));
    }
    if (!harm.isEmpty()) {
      return Optional.of(new Decision(Outcome.FAIL, harm));
    }
    boolean longEnough =
        settings.passAfterRequests() > 0
            && candidate.total().requests() >= settings.passAfterRequests();
    return longEnough && !ratioMismatch(settings, percent)
        ? Optional.of(
            new Decision(
                Outcome.PASS,
                List.of("No harm shown in %d requests".formatted(candidate.total().requests()))))
        : Optional.empty();
  }

  /** Otherwise one caller decided as soon as enough others had judged anything wrong. */
  private boolean othersSayWorse(double alpha) {
    Counts mine = candidate.withoutLoudest();
    Counts theirs = control.withoutLoudest();
    return mine.feedback() > 0
        && theirs.feedback() > 0
        && SequentialComparison.START
            .after(theirs.feedback(), theirs.wrong(), mine.feedback(), mine.wrong())
            .worse(alpha);
  }

  /**
   * Whether the traffic split differs from the configured one; with sticky clients a few busy ones
   * can cause it, so it does not halt the canary.
   */
  boolean ratioMismatch(CanarySettings settings, @Nullable Integer percent) {
    if (percent == null || percent <= 0 || percent >= 100) {
      return false;
    }
    long mine = candidate.total().requests();
    return SampleRatio.mismatch(
        mine, mine + control.total().requests(), percent / 100.0, settings.ratioAlpha());
  }

  private static String shown(String what, SequentialComparison comparison, double alpha) {
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
