package io.plumbline.strategy.plan;

import io.plumbline.contracts.Phase;
import io.plumbline.contracts.state.PhaseState;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The order in which money may be spent: prompt, retrieval, fine-tuning. Their states are a
 * function of the evidence alone, so they can be recomputed whenever some arrives, in any order.
 */
final class PhasePlan {

  private final PlanEvidence evidence;

  private PhasePlan(PlanEvidence evidence) {
    this.evidence = evidence;
  }

  static List<PhaseStatus> of(PlanEvidence evidence) {
    PhasePlan plan = new PhasePlan(evidence);
    return List.of(plan.prompt(), plan.retrieval(), plan.fineTuning());
  }

  private PhaseStatus prompt() {
    if (evidence.criteria().isEmpty()) {
      return locked(
          Phase.PROMPT,
          List.of("registered success criteria"),
          "Opens when success criteria are registered.");
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
    if (evidence.criteria().isEmpty()) {
      missing.add("registered success criteria");
    }
    missing.add("a verdict on the prompt phase");
    return locked(Phase.RETRIEVAL, missing, "Opens when the prompt phase is decided.");
  }

  private PhaseStatus fineTuning() {
    if (evidence.decided(Phase.FINE_TUNING) || evidence.waivers().containsKey(Phase.FINE_TUNING)) {
      return workable(Phase.FINE_TUNING);
    }
    List<String> missing = new ArrayList<>();
    if (evidence.criteria().isEmpty()) {
      missing.add("registered success criteria");
    }
    String met = "";
    for (Phase former : List.of(Phase.PROMPT, Phase.RETRIEVAL)) {
      String name = name(former);
      if (evidence.met(former).isPresent()) {
        met = name;
        missing.add(
            "an approved waiver: the criteria are already met by the %s phase (verdict %s)"
                .formatted(name, evidence.met(former).get().id()));
        continue;
      }
      if (!evidence.baselines().contains(former)) {
        missing.add("a recorded baseline of the %s phase".formatted(name));
      }
      if (evidence.missed(former).isEmpty()) {
        missing.add("a verdict that the %s phase misses the criteria".formatted(name));
      }
    }
    if (missing.isEmpty()) {
      return workable(Phase.FINE_TUNING);
    }
    return locked(
        Phase.FINE_TUNING,
        missing,
        met.isEmpty()
            ? "Opens when the prompt and retrieval phases have baselines that miss the criteria, or"
                + " with an approved waiver."
            : "The criteria are already met by the %s phase; only an approved waiver opens fine-tuning."
                .formatted(met));
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
          because("Missed", evidence.missed(phase).get()));
    }
    PhaseState state = waiver == null ? PhaseState.OPEN : PhaseState.WAIVED;
    String reason =
        // Neither met nor missed: what counts here is inconclusive.
        evidence.counting(phase).stream()
            .findFirst()
            .map(each -> because("Inconclusive so far", each))
            .orElse(waiver == null ? "Open for work." : "Opened by an approved waiver.");
    return new PhaseStatus(phase, state, List.of(), verdicts, waiver, reason);
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
