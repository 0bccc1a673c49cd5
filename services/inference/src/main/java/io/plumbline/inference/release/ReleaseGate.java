package io.plumbline.inference.release;

import io.plumbline.contracts.Digest;
import io.plumbline.contracts.Outcome;
import io.plumbline.contracts.VerdictKind;
import io.plumbline.inference.InferenceProblem;
import io.plumbline.inference.projection.PolicyGate;
import io.plumbline.inference.projection.ProjectionReader;
import io.plumbline.inference.projection.Verdict;
import io.plumbline.inference.variant.Variant;
import io.plumbline.platform.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Whether a release may be asked for: a verdict for exactly this variant under the criteria in
 * force, passed, or overridden with a reason where it failed; and every release policy holds.
 * Without evidence it says no.
 */
@Component
class ReleaseGate {

  private final ProjectionReader knowledge;
  private final PolicyGate policies;

  ReleaseGate(ProjectionReader knowledge, PolicyGate policies) {
    this.knowledge = knowledge;
    this.policies = policies;
  }

  /**
   * @throws Problem that names what is missing
   */
  void check(
      Variant variant,
      String environment,
      @Nullable UUID verdictId,
      @Nullable String override,
      int canaryPercent) {
    String criticality =
        knowledge
            .criticality(variant.application())
            .orElseThrow(() -> Problem.notYetKnown("/application"));
    if (verdictId == null) {
      throw without(List.of("a verdict of kind RELEASE or PHASE for variant " + variant.digest()));
    }
    Verdict verdict =
        knowledge.verdict(verdictId).orElseThrow(() -> Problem.notYetKnown("/verdictId"));
    List<String> missing = missing(variant, verdict);
    if (!missing.isEmpty()) {
      throw without(missing);
    }
    outcome(verdict, override);
    List<String> refusals =
        policies.refusals(
            Map.of(
                "release.environment",
                environment,
                "release.canaryPercent",
                (long) canaryPercent,
                "release.override",
                override != null,
                "verdict.outcome",
                verdict.outcome().name(),
                "verdict.reasons",
                verdict.reasons(),
                "application.name",
                variant.application(),
                "application.criticality",
                criticality));
    if (!refusals.isEmpty()) {
      throw new Problem(
              InferenceProblem.RELEASE_REFUSED,
              "Meet what the policies ask for, listed in missing, then request again.")
          .missing(refusals);
    }
  }

  private List<String> missing(Variant variant, Verdict verdict) {
    List<String> missing = new ArrayList<>();
    if (verdict.kind() != VerdictKind.RELEASE && verdict.kind() != VerdictKind.PHASE) {
      missing.add("a verdict of kind RELEASE or PHASE; this one is " + verdict.kind());
    }
    if (!verdict.subject().equals(variant.digest())
        || !verdict.application().equals(variant.application())) {
      missing.add(
          "a verdict for variant " + variant.digest() + "; this one is for " + verdict.subject());
    }
    Optional<Digest> criteria = knowledge.activeCriteria(variant.application());
    if (criteria.isEmpty()) {
      missing.add("registered criteria of application " + variant.application());
    } else if (!criteria.get().equals(verdict.criteria())) {
      missing.add("a verdict under the criteria in force, " + criteria.get());
    }
    return missing;
  }

  private static void outcome(Verdict verdict, @Nullable String override) {
    if (verdict.outcome() == Outcome.PASS && override != null) {
      throw Problem.invalid(
          "/override", "is for failed verdicts; this one passed, so leave it out");
    }
    if (verdict.outcome() == Outcome.INCONCLUSIVE) {
      throw new Problem(
              InferenceProblem.VERDICT_FAILED,
              "The verdict is inconclusive, which no override can stand for: evaluate more items.")
          .missing(verdict.reasons());
    }
    if (verdict.outcome() == Outcome.FAIL && override == null) {
      throw new Problem(
              InferenceProblem.VERDICT_FAILED,
              "Choose a variant that passes, or give a reason in override for a second person to"
                  + " judge.")
          .missing(verdict.reasons());
    }
  }

  private static Problem without(List<String> missing) {
    return new Problem(
            InferenceProblem.RELEASE_WITHOUT_VERDICT,
            "Run the evaluation of this variant, ask for its verdict against the criteria in force,"
                + " and pass its id as verdictId.")
        .missing(missing);
  }
}
