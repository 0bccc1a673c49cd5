package io.plumbline.evaluation.monitor;

import io.plumbline.contracts.state.Outcome;
import io.plumbline.evaluation.monitor.ArmTally.Counts;
import io.plumbline.evaluation.statistics.SampleRatio;
import io.plumbline.evaluation.statistics.SequentialComparison;
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
    ArmTally candidate, ArmTally control, SequentialComparison errors, SequentialComparison wrong) {

  /**
   * Beyond this the exact figure carries no information; a broken candidate reaches hundreds of
   * digits.
   */
  private static final double OVERWHELMING = 1e6;

  static final CanaryAnalysis START =
      new CanaryAnalysis(
          ArmTally.NONE, ArmTally.NONE, SequentialComparison.START, SequentialComparison.START);

  /** The arms of a canary, by the names that inference gives them. */
  enum Arm {
    CANARY,
    CONTROL;

    /** Empty for an arm without a canary, which is not analysed. */
    static Optional<Arm> named(String name) {
      return Arrays.stream(values()).filter(arm -> arm.name().equalsIgnoreCase(name)).findFirst();
    }
  }

  /** A decision and its reasons. */
  record Decision(Outcome outcome, List<String> reasons) {}

  CanaryAnalysis withReport(Arm arm, Counts report) {
    return switch (arm) {
      case CANARY ->
          new CanaryAnalysis(candidate.with(report), control, errors, wrong).withNextBlock();
      case CONTROL ->
          new CanaryAnalysis(candidate, control.with(report), errors, wrong).withNextBlock();
    };
  }

  private CanaryAnalysis withNextBlock() {
    CanaryAnalysis next = this;
    Counts mine = candidate.requestsPending();
    Counts theirs = control.requestsPending();
    if (mine.requests() > 0 && theirs.requests() > 0) {
      next =
          new CanaryAnalysis(
              candidate.withoutPendingRequests(),
              control.withoutPendingRequests(),
              errors.after(theirs.requests(), theirs.errors(), mine.requests(), mine.errors()),
              wrong);
    }
    Counts judged = next.candidate.feedbackPending();
    Counts judgedControl = next.control.feedbackPending();
    if (judged.feedback() > 0 && judgedControl.feedback() > 0) {
      next =
          new CanaryAnalysis(
              next.candidate.withoutPendingFeedback(),
              next.control.withoutPendingFeedback(),
              next.errors,
              wrong.after(
                  judgedControl.feedback(),
                  judgedControl.wrong(),
                  judged.feedback(),
                  judged.wrong()));
    }
    return next;
  }

  /**
   * FAIL when harm is shown, PASS when that is configured and none is shown, empty while the canary
   * goes on. The two comparisons share the level.
   */
  Optional<Decision> decision(CanarySettings settings, @Nullable Integer percent) {
    List<String> harm = new ArrayList<>();
    if (errors.candidateTrials() >= settings.minRequests()
        && errors.baselineTrials() >= settings.minRequests()
        && errors.worse(settings.alpha() / 2)) {
      harm.add(shown("error rate", errors, settings.alpha() / 2));
    }
    if (wrong.candidateTrials() >= settings.minFeedback()
        && wrong.baselineTrials() >= settings.minFeedback()
        && wrong.worse(settings.alpha() / 2)) {
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
