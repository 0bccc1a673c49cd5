package io.plumbline.strategy.plan;

import io.plumbline.contracts.Phase;
import io.plumbline.contracts.state.Outcome;
import io.plumbline.contracts.state.PhaseState;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The order in which money may be spent: prompt, retrieval, fine-tuning. Their states are a
 * function of the evidence alone, so they can be recomputed whenever some arrives, in any order.
 */
final class PhasePlan {

  private static final String CRITERIA = "registered success criteria";

  private final PlanEvidence evidence;

  private PhasePlan(PlanEvidence evidence) {
    this.evidence = evidence;
  }

  static List<PhaseStatus> of(PlanEvidence evidence) {
    PhasePlan plan = new PhasePlan(evidence);
    return List.of(plan.prompt(), plan.retrieval(), plan.fineTuning());
  }

  private PhaseStatus prompt() {
    if (!evidence.registered()) {
      return locked(Phase.PROMPT, List.of(CRITERIA), "Opens when success criteria are registered.");
    }
    return workable(Phase.PROMPT);
  }

  private PhaseStatus retrieval() {
    if (evidence.decided(Phase.RETRIEVAL)
        || evidence.decided(Phase.PROMPT)
        || evidence.waivers().containsKey(Phase.RETRIEVAL)) {
      return workable(Phase.RETRIEVAL);
    }
    List<String> missing = new ArrayList<>();
    if (!evidence.registered()) {
      missing.add(CRITERIA);
    }
    missing.addAll(untried(Phase.PROMPT));
    missing.add(("a verdict on " + subject(Phase.PROMPT)).replaceFirst(",$", ""));
    return locked(Phase.RETRIEVAL, missing, "Opens when the prompt phase is decided.");
  }

  private PhaseStatus fineTuning() {
    if (evidence.decided(Phase.FINE_TUNING) || evidence.waivers().containsKey(Phase.FINE_TUNING)) {
      return workable(Phase.FINE_TUNING);
    }
    List<String> missing = new ArrayList<>();
    if (!evidence.registered()) {
      missing.add(CRITERIA);
    }
    Optional<Phase> met =
        Stream.of(Phase.PROMPT, Phase.RETRIEVAL)
            .filter(phase -> evidence.met(phase).isPresent())
            .findFirst();
    met.ifPresent(phase ->
        missing.add(
            "an approved waiver: the criteria are already met by the %s phase (verdict %s)"
                .formatted(name(phase), evidence.met(phase).orElseThrow().id())));
    evidence.before().stream()
        .filter(phase -> evidence.met(phase).isEmpty())
        .forEach(phase -> missing.addAll(unmissed(phase)));
    if (missing.isEmpty()) {
      return workable(Phase.FINE_TUNING);
    }
    return locked(
        Phase.FINE_TUNING,
        missing,
        met.map(phase ->
                "The criteria are already met by the %s phase; only an approved waiver opens fine-tuning."
                    .formatted(name(phase)))
            .orElseGet(() ->
                evidence.knowledgeMissing()
                    ? "Opens when the prompt and retrieval phases have baselines that miss the"
                        + " criteria, or with an approved waiver."
                    : "Opens when the prompt phase has a baseline that misses the criteria, or with"
                        + " an approved waiver."));
  }

  /** What is missing before a phase counts as missed. */
  private List<String> unmissed(Phase phase) {
    List<String> missing = new ArrayList<>();
    if (!evidence.baselines().contains(phase)) {
      missing.add("a recorded baseline of the %s phase".formatted(name(phase)));
    }
    if (evidence.missed(phase).isEmpty()) {
      missing.addAll(untried(phase));
      missing.add("a verdict that %s misses the criteria".formatted(subject(phase)));
    }
    return missing;
  }

  private List<String> untried(Phase phase) {
    int untried = evidence.untried(phase);
    return evidence.registered() && untried > 0
        ? List.of(
            "%d more variants of the %s phase, run over %s: the criteria want %d compared"
                .formatted(
                    untried,
                    name(phase),
                    evidence
                        .best(phase)
                        .map(PlanEvidence.Tried::suite)
                        .orElse(
                            "one validation suite of the same split, with as many items as they"
                                + " register"),
                    evidence.candidatesPerPhase()))
        : List.of();
  }

  /** Whose verdict decides a phase; the phase itself while that is not known. */
  private String subject(Phase phase) {
    return evidence
        .best(phase)
        .filter(best -> evidence.untried(phase) == 0)
        .map(best ->
            "'%s', the best of the %s phase on validation,".formatted(best.name(), name(phase)))
        .orElseGet(() -> "the %s phase".formatted(name(phase)));
  }

  /** The best of a phase, and the run that says so. */
  private String judged(Phase phase) {
    return evidence
        .best(phase)
        .map(best ->
            "'%s', the best of %d on validation (run %s over %s)"
                .formatted(best.name(), evidence.tried(phase), best.run(), best.suite()))
        .orElse("its best variant");
  }

  /** A phase that may be worked on, or is done. */
  private PhaseStatus workable(Phase phase) {
    UUID waiver = evidence.waivers().get(phase);
    List<UUID> verdicts =
        evidence.counting(phase).stream().map(PlanEvidence.PhaseVerdict::id).toList();
    if (evidence.met(phase).isPresent()) {
      return new PhaseStatus(
          phase, PhaseState.MET, List.of(), verdicts, waiver, "A verdict met the criteria.");
    }
    if (evidence.missed(phase).isPresent()) {
      return new PhaseStatus(
          phase,
          PhaseState.MISSED,
          List.of(),
          verdicts,
          waiver,
          because("Missed by " + judged(phase), evidence.missed(phase).get()));
    }
    PhaseState state = waiver == null ? PhaseState.OPEN : PhaseState.WAIVED;
    String reason =
        evidence.counting(phase).stream()
            .findFirst()
            .map(this::undecided)
            .orElse(waiver == null ? "Open for work." : "Opened by an approved waiver.");
    return new PhaseStatus(phase, state, List.of(), verdicts, waiver, reason);
  }

  /** Neither met nor missed: the verdict is inconclusive, or a failure that says too little. */
  private String undecided(PlanEvidence.PhaseVerdict verdict) {
    if (verdict.outcome() == Outcome.INCONCLUSIVE) {
      return because("Inconclusive so far", verdict);
    }
    return because(
        "Not decided by a failure of another variant than the best of %d on validation"
            .formatted(evidence.candidatesPerPhase()),
        verdict);
  }

  private static PhaseStatus locked(Phase phase, List<String> missing, String reason) {
    return new PhaseStatus(phase, PhaseState.LOCKED, missing, List.of(), noWaiver(), reason);
  }

  private static @Nullable UUID noWaiver() {
    return null;
  }

  private static String because(String outcome, PlanEvidence.PhaseVerdict verdict) {
    return verdict.reasons().isEmpty()
        ? outcome + "."
        : outcome + ": " + String.join("; ", verdict.reasons());
  }

  static String name(Phase phase) {
    return phase.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
