package io.plumbline.strategy.plan;

import io.plumbline.contracts.Phase;
import io.plumbline.contracts.state.Outcome;
import io.plumbline.contracts.state.PhaseState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The phases in the order in which money may be spent on them: prompt, retrieval, fine-tuning, and
 * retrieval with a tuned model. Their states depend on the evidence alone, so they can be
 * recomputed whenever evidence arrives, in any order.
 */
final class PhasePlan {

  private static final String CRITERIA = "registered success criteria";

  private final PlanEvidence evidence;

  private PhasePlan(PlanEvidence evidence) {
    this.evidence = evidence;
  }

  static List<PhaseStatus> statuses(PlanEvidence evidence) {
    PhasePlan plan = new PhasePlan(evidence);
    return List.of(
        plan.promptStatus(),
        plan.retrievalStatus(),
        plan.tunedStatus(Phase.FINE_TUNING),
        plan.tunedStatus(Phase.HYBRID));
  }

  private PhaseStatus promptStatus() {
    if (!evidence.registered()) {
      return lockedStatus(
          Phase.PROMPT, List.of(CRITERIA), "Opens when success criteria are registered.");
    }
    return openStatus(Phase.PROMPT);
  }

  private PhaseStatus retrievalStatus() {
    if (evidence.isDecided(Phase.RETRIEVAL)
        || evidence.isDecided(Phase.PROMPT)
        || (evidence.registered() && evidence.knowledge() == PlanEvidence.Knowledge.MISSING)
        || evidence.waivers().containsKey(Phase.RETRIEVAL)) {
      return openStatus(Phase.RETRIEVAL);
    }
    List<String> missing = new ArrayList<>();
    if (!evidence.registered()) {
      missing.add(CRITERIA);
    }
    missing.addAll(missingVariants(Phase.PROMPT));
    missing.add(("a verdict on " + describeDecidingVariant(Phase.PROMPT)).replaceFirst(",$", ""));
    return lockedStatus(
        Phase.RETRIEVAL,
        missing,
        "Opens when the prompt phase is decided, or when an assessment says that knowledge is the"
            + " gap.");
  }

  /** Returns the status of a phase with a tuned model: it opens when all before it are missed. */
  private PhaseStatus tunedStatus(Phase phase) {
    if (evidence.isDecided(phase) || evidence.waivers().containsKey(phase)) {
      return openStatus(phase);
    }
    List<String> missing = new ArrayList<>();
    if (!evidence.registered()) {
      missing.add(CRITERIA);
    }
    Optional<Phase> met =
        Arrays.stream(Phase.values())
            .filter(each -> each.compareTo(phase) < 0 && evidence.passingVerdict(each).isPresent())
            .findFirst();
    met.ifPresent(each ->
        missing.add(
            "an approved waiver: the criteria are already met by the %s phase (verdict %s)"
                .formatted(phaseName(each), evidence.passingVerdict(each).orElseThrow().id())));
    List<Phase> before = evidence.phasesBefore(phase);
    if (met.isEmpty()) {
      before.forEach(each -> missing.addAll(missingFailureEvidence(each)));
    }
    if (missing.isEmpty()) {
      return openStatus(phase);
    }
    return lockedStatus(phase, missing, openingText(phase, before, met));
  }

  private static String openingText(Phase phase, List<Phase> before, Optional<Phase> met) {
    if (met.isPresent()) {
      return "The criteria are already met by the %s phase; only an approved waiver opens %s."
          .formatted(phaseName(met.get()), phaseName(phase));
    }
    if (before.size() == 1) {
      return "Opens when the %s phase has a baseline that misses the criteria, or with an approved waiver."
          .formatted(phaseName(before.getFirst()));
    }
    return "Opens when the %s and %s phases have baselines that miss the criteria, or with an approved waiver."
        .formatted(
            before.subList(0, before.size() - 1).stream()
                .map(PhasePlan::phaseName)
                .collect(Collectors.joining(", ")),
            phaseName(before.getLast()));
  }

  /** Returns the evidence that is missing before a phase counts as having missed the criteria. */
  private List<String> missingFailureEvidence(Phase phase) {
    List<String> missing = new ArrayList<>();
    if (!evidence.baselines().contains(phase)) {
      missing.add("a recorded baseline of the %s phase".formatted(phaseName(phase)));
    }
    if (evidence.decisiveFailure(phase).isEmpty()) {
      missing.addAll(missingVariants(phase));
      missing.add(
          "a verdict that %s misses the criteria".formatted(describeDecidingVariant(phase)));
    }
    return missing;
  }

  private List<String> missingVariants(Phase phase) {
    int untried = evidence.countUntried(phase);
    if (!evidence.registered() || untried == 0) {
      return List.of();
    }
    String suite =
        evidence
            .bestVariant(phase)
            .map(PlanEvidence.Tried::suite)
            .orElse("one validation suite of the same split, with as many items as they register");
    return List.of(
        "%d more variants of the %s phase, run over %s: the criteria want %d compared"
            .formatted(untried, phaseName(phase), suite, evidence.candidatesPerPhase()));
  }

  /**
   * Returns the name of the variant whose verdict decides a phase; that of the phase while the
   * variant is not known.
   */
  private String describeDecidingVariant(Phase phase) {
    return evidence
        .bestVariant(phase)
        .filter(best -> evidence.countUntried(phase) == 0)
        .map(best ->
            "'%s', the best of the %s phase on validation,"
                .formatted(best.name(), phaseName(phase)))
        .orElseGet(() -> "the %s phase".formatted(phaseName(phase)));
  }

  /** Returns in words the best variant of a phase, with the run that made it the best. */
  private String describeBestVariant(Phase phase) {
    return evidence
        .bestVariant(phase)
        .map(best ->
            "'%s', the best of %d on validation (run %s over %s)"
                .formatted(best.name(), evidence.countTried(phase), best.run(), best.suite()))
        .orElse("its best variant");
  }

  /** Returns the status of a phase that may be worked on or is decided. */
  private PhaseStatus openStatus(Phase phase) {
    UUID waiver = evidence.waivers().get(phase);
    List<UUID> verdicts =
        evidence.effectiveVerdicts(phase).stream().map(PlanEvidence.PhaseVerdict::id).toList();
    if (evidence.passingVerdict(phase).isPresent()) {
      return new PhaseStatus(
          phase, PhaseState.MET, List.of(), verdicts, waiver, "A verdict met the criteria.");
    }
    if (evidence.decisiveFailure(phase).isPresent()) {
      return new PhaseStatus(
          phase,
          PhaseState.MISSED,
          List.of(),
          verdicts,
          waiver,
          withReasons(
              "Missed by " + describeBestVariant(phase), evidence.decisiveFailure(phase).get()));
    }
    PhaseState state = waiver == null ? PhaseState.OPEN : PhaseState.WAIVED;
    String reason =
        evidence.effectiveVerdicts(phase).stream()
            .findFirst()
            .map(this::whyUndecided)
            .orElse(waiver == null ? "Open for work." : "Opened by an approved waiver.");
    return new PhaseStatus(phase, state, List.of(), verdicts, waiver, reason);
  }

  /**
   * Explains why a verdict does not decide its phase. It is inconclusive, or it is a failure before
   * enough variants were compared or of a variant that is not the best on validation.
   */
  private String whyUndecided(PlanEvidence.PhaseVerdict verdict) {
    if (verdict.outcome() == Outcome.INCONCLUSIVE) {
      return withReasons("Inconclusive so far", verdict);
    }
    Phase phase = verdict.phase();
    if (evidence.countUntried(phase) > 0) {
      return withReasons(
          "A failure decides nothing before %d variants are compared on validation (%d so far)"
              .formatted(evidence.candidatesPerPhase(), evidence.countTried(phase)),
          verdict);
    }
    String best =
        evidence.bestVariant(phase).map(PlanEvidence.Tried::name).orElse("the best variant");
    return withReasons(
        "Evaluate '%s', the best of %d on validation, to decide the phase. Another variant failed"
            .formatted(best, evidence.countTried(phase)),
        verdict);
  }

  private static PhaseStatus lockedStatus(Phase phase, List<String> missing, String reason) {
    return new PhaseStatus(phase, PhaseState.LOCKED, missing, List.of(), noWaiver(), reason);
  }

  private static @Nullable UUID noWaiver() {
    return null;
  }

  private static String withReasons(String outcome, PlanEvidence.PhaseVerdict verdict) {
    if (verdict.reasons().isEmpty()) {
      return outcome + ".";
    }
    return outcome + ": " + String.join("; ", verdict.reasons());
  }

  static String phaseName(Phase phase) {
    return phase.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
