package io.plumbline.inference.release;

import io.plumbline.contracts.Digest;
import io.plumbline.inference.InferenceProblem;
import io.plumbline.inference.projection.ApplicationProjection;
import io.plumbline.inference.projection.PolicyProjection;
import io.plumbline.inference.projection.Verdict;
import io.plumbline.inference.projection.VerdictProjection;
import io.plumbline.inference.variant.Variant;
import io.plumbline.platform.problem.Problem;
import io.plumbline.policy.PolicyEngine;
import io.plumbline.policy.PolicyTarget;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Whether a release may be requested: {@link VerdictRules} hold for its verdict, and every release
 * policy holds. Without evidence it refuses.
 */
@Component
class ReleaseGate {

  private final ApplicationProjection applications;
  private final VerdictProjection verdicts;
  private final PolicyProjection policies;
  private final PolicyEngine engine;

  ReleaseGate(
      ApplicationProjection applications,
      VerdictProjection verdicts,
      PolicyProjection policies,
      PolicyEngine engine) {
    this.applications = applications;
    this.verdicts = verdicts;
    this.policies = policies;
    this.engine = engine;
  }

  /**
   * @throws Problem that names the missing evidence
   */
  void check(
      Variant variant,
      String environment,
      @Nullable UUID verdictId,
      @Nullable String override,
      int canaryPercent) {
    String criticality =
        applications
            .criticality(variant.application())
            .orElseThrow(() -> Problem.notYetKnown("/application"));
    if (verdictId == null) {
      throw VerdictRules.withoutVerdict(variant);
    }
    Verdict verdict =
        verdicts.verdict(verdictId).orElseThrow(() -> Problem.notYetKnown("/verdictId"));
    Digest criteria = applications.activeCriteria(variant.application()).orElse(null);
    VerdictRules.check(variant, verdict, criteria, override);
    List<String> refusals =
        refusals(
            policies.sources(PolicyTarget.RELEASE),
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
              "Release policies refuse this release. Fulfil what is listed in missing, then request"
                  + " it again.")
          .missing(refusals);
    }
  }

  private List<String> refusals(List<String> sources, Map<String, Object> variables) {
    if (sources.isEmpty()) {
      return List.of("an active policy of the target release; without one nothing is released");
    }
    return sources.stream()
        .flatMap(source -> engine.load(PolicyTarget.RELEASE, source).refusals(variables).stream())
        .toList();
  }
}
