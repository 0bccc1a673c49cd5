package io.plumbline.evaluation.monitor;

import io.plumbline.contracts.Digest;
import io.plumbline.contracts.InferenceEvent.ArmReported;
import io.plumbline.contracts.state.Outcome;
import io.plumbline.evaluation.monitor.ArmTally.Counts;
import io.plumbline.evaluation.monitor.ArmTally.Report;
import io.plumbline.statistics.ClusteredComparison;
import io.plumbline.statistics.SampleRatioTest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The state of a canary analysis and its result. The reports and their order determine it. In each
 * cluster of callers, the counts of both arms since the last block make up the next one; while one
 * arm has no counts there, the block grows.
 *
 * @param controlVariant the variant of the control; absent before its first report
 * @param formerControls the variants that were the control before, whose late reports count no more
 */
record CanaryAnalysis(
    ArmTally candidate,
    ArmTally control,
    ClusteredComparison errorComparison,
    ClusteredComparison judgementComparison,
    @Nullable Digest controlVariant,
    Set<Digest> formerControls,
    @Nullable String unreadable) {

  /**
   * The evidence above which the exact figure carries no information. A broken candidate reaches
   * hundreds of digits.
   */
  private static final double OVERWHELMING = 1e6;

  private static final ClusteredComparison NOTHING_COMPARED =
      ClusteredComparison.start(ArmReported.CLUSTERS);

  static final CanaryAnalysis START =
      new CanaryAnalysis(
          ArmTally.NONE, ArmTally.NONE, NOTHING_COMPARED, NOTHING_COMPARED, null, Set.of(), null);

  @SuppressWarnings("NullAway") // The state of an earlier build has neither comparison by cluster.
  CanaryAnalysis {
    errorComparison = errorComparison == null ? NOTHING_COMPARED : errorComparison;
    judgementComparison = judgementComparison == null ? NOTHING_COMPARED : judgementComparison;
    formerControls = formerControls == null ? Set.of() : Set.copyOf(formerControls);
  }

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
   * ones would be judged without the missing counts. A report on another control begins the
   * comparison anew, since the candidate was compared with what no longer serves.
   */
  CanaryAnalysis withReport(Arm arm, Digest variant, String epoch, Report report) {
    try {
      return switch (arm) {
        case CANARY -> withArms(candidate.withReport(epoch, report), control).withNextBlocks();
        case CONTROL -> withControlReport(variant, epoch, report);
      };
    } catch (ArmTally.Unreadable e) {
      return withUnreadableReason(
          "A report of the %s arm cannot be counted: %s"
              .formatted(arm.lowerCaseName(), e.getMessage()));
    }
  }

  private CanaryAnalysis withControlReport(Digest variant, String epoch, Report report) {
    if (formerControls.contains(variant)) {
      return this;
    }
    CanaryAnalysis current = variant.equals(controlVariant) ? this : withControl(variant);
    return current
        .withArms(current.candidate, current.control.withReport(epoch, report))
        .withNextBlocks();
  }

  private CanaryAnalysis withControl(Digest variant) {
    if (controlVariant == null) {
      return new CanaryAnalysis(
          candidate,
          control,
          errorComparison,
          judgementComparison,
          variant,
          formerControls,
          unreadable);
    }
    Set<Digest> former = new HashSet<>(formerControls);
    former.add(controlVariant);
    return new CanaryAnalysis(
        candidate.withoutPending(),
        ArmTally.NONE,
        NOTHING_COMPARED,
        NOTHING_COMPARED,
        variant,
        former,
        unreadable);
  }

  /**
   * Returns the analysis with the reason why the guard can no longer see an arm, so that it has to
   * end.
   */
  CanaryAnalysis withUnreadableReason(String why) {
    return new CanaryAnalysis(
        candidate,
        control,
        errorComparison,
        judgementComparison,
        controlVariant,
        formerControls,
        Objects.requireNonNullElse(unreadable, why));
  }

  private CanaryAnalysis withArms(ArmTally candidate, ArmTally control) {
    return new CanaryAnalysis(
        candidate,
        control,
        errorComparison,
        judgementComparison,
        controlVariant,
        formerControls,
        unreadable);
  }

  private CanaryAnalysis withComparisons(
      ClusteredComparison errorComparison, ClusteredComparison judgementComparison) {
    return new CanaryAnalysis(
        candidate,
        control,
        errorComparison,
        judgementComparison,
        controlVariant,
        formerControls,
        unreadable);
  }

  private CanaryAnalysis withNextBlocks() {
    CanaryAnalysis next = this;
    for (int cluster = 0; cluster < ArmReported.CLUSTERS; cluster++) {
      next = next.withRequestBlock(cluster).withJudgementBlock(cluster);
    }
    return next;
  }

  private CanaryAnalysis withRequestBlock(int cluster) {
    Counts mine = candidate.pending().get(cluster);
    Counts theirs = control.pending().get(cluster);
    if (!mine.hasRequests() || !theirs.hasRequests()) {
      return this;
    }
    return withArms(
            candidate.withPending(cluster, mine.withoutRequests()),
            control.withPending(cluster, theirs.withoutRequests()))
        .withComparisons(
            errorComparison.withBlock(
                cluster, theirs.requests(), theirs.errors(), mine.requests(), mine.errors()),
            judgementComparison);
  }

  private CanaryAnalysis withJudgementBlock(int cluster) {
    Counts mine = candidate.pending().get(cluster);
    Counts theirs = control.pending().get(cluster);
    if (!mine.hasJudgements() || !theirs.hasJudgements()) {
      return this;
    }
    return withArms(
            candidate.withPending(cluster, mine.withoutJudgements()),
            control.withPending(cluster, theirs.withoutJudgements()))
        .withComparisons(
            errorComparison,
            judgementComparison.withBlock(
                cluster, theirs.feedback(), theirs.wrong(), mine.feedback(), mine.wrong()));
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
    if (errorComparison.candidateTrials() >= settings.minRequests()
        && errorComparison.baselineTrials() >= settings.minRequests()
        && errorComparison.isWorse(settings.alpha() / 2)) {
      harm.add(harmReason("error rate", errorComparison, settings.alpha() / 2));
    }
    if (judgementComparison.candidateTrials() >= settings.minFeedback()
        && judgementComparison.baselineTrials() >= settings.minFeedback()
        && judgementComparison.isWorse(settings.alpha() / 2)) {
      harm.add(
          harmReason("share of answers judged wrong", judgementComparison, settings.alpha() / 2));
    }
    if (!harm.isEmpty()) {
      return Optional.of(new Decision(Outcome.FAIL, harm));
    }
    boolean longEnough =
        settings.passAfterRequests() > 0
            && errorComparison.candidateTrials() >= settings.passAfterRequests();
    if (!longEnough || hasRatioMismatch(settings, percent)) {
      return Optional.empty();
    }
    return Optional.of(
        new Decision(
            Outcome.PASS,
            List.of("No harm shown in %d requests".formatted(errorComparison.candidateTrials()))));
  }

  /**
   * Returns whether the traffic split differs from the configured one. It does not halt the canary,
   * since a few busy clients can cause it where clients stick to an arm.
   */
  boolean hasRatioMismatch(CanarySettings settings, @Nullable Integer percent) {
    if (percent == null || percent <= 0 || percent >= 100) {
      return false;
    }
    long mine = errorComparison.candidateTrials() + candidate.totalPending().requests();
    long theirs = errorComparison.baselineTrials() + control.totalPending().requests();
    return SampleRatioTest.isMismatch(mine, mine + theirs, percent / 100.0, settings.ratioAlpha());
  }

  /**
   * Returns the compared answers of the candidate, without those of the group of callers that has
   * most of them.
   */
  long comparedAnswers() {
    return errorComparison.candidateTrialsWithoutLargest();
  }

  /**
   * Returns why the comparison decides nothing although there are enough answers: one group of
   * callers has nearly all of them. It is empty otherwise.
   */
  Optional<String> missingCallers(CanarySettings settings) {
    long all = errorComparison.candidateTrials();
    long others = comparedAnswers();
    if (all < settings.minRequests() || others >= settings.minRequests()) {
      return Optional.empty();
    }
    return Optional.of(
        ("Too few callers: %d of the candidate's %d compared answers are of one group of callers,"
                + " which decides nothing by itself.")
            .formatted(all - others, all));
  }

  private static String harmReason(String what, ClusteredComparison comparison, double alpha) {
    double evidence = Math.exp(comparison.logEvidence());
    return String.format(
        Locale.ROOT,
        "The candidate's %s is %.3f (%d of %d), the control's %.3f (%d of %d): clearly worse,"
            + " whichever group of callers is left out (evidence %s, %.1f needed)",
        what,
        rate(comparison.candidateEvents(), comparison.candidateTrials()),
        comparison.candidateEvents(),
        comparison.candidateTrials(),
        rate(comparison.baselineEvents(), comparison.baselineTrials()),
        comparison.baselineEvents(),
        comparison.baselineTrials(),
        evidence > OVERWHELMING ? "over a million" : String.format(Locale.ROOT, "%.1f", evidence),
        1 / alpha);
  }

  private static double rate(long events, long trials) {
    return trials == 0 ? 0 : (double) events / trials;
  }
}
