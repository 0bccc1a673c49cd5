package io.plumbline.compliance.approval;

import io.plumbline.contracts.ComplianceEvent.DecidingPolicy;
import io.plumbline.contracts.InferenceEvent.Refresh;
import io.plumbline.contracts.InferenceEvent.ReleaseRequested;
import io.plumbline.policy.PolicyEngine;
import io.plumbline.policy.PolicyTarget;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What the policies of the target refresh say about a release, in the place of a person: a function
 * of them and of the event that requests it, so that the ledger's verification computes it again.
 */
sealed interface PolicyRuling {

  /** It is no refresh, or no such policy is active: a person decides. */
  record NotAsked() implements PolicyRuling {}

  /** All of them hold. */
  record Approves(List<DecidingPolicy> policies, String reason) implements PolicyRuling {}

  /**
   * A person decides.
   *
   * @param reasons what stands against it, each with its policy
   */
  record Refuses(List<String> reasons) implements PolicyRuling {}

  /**
   * @param inForce all policies of the target
   */
  static PolicyRuling of(
      ReleaseRequested release, List<PolicyInForce> inForce, PolicyEngine engine) {
    Refresh refresh = release.refresh();
    if (refresh == null || inForce.isEmpty()) {
      return new NotAsked();
    }
    Map<String, Object> variables = variables(release, refresh);
    List<String> reasons = new ArrayList<>();
    for (PolicyInForce each : inForce) {
      engine
          .load(PolicyTarget.REFRESH, each.source())
          .refusals(variables)
          .forEach(refusal -> reasons.add(each.title() + ": " + refusal));
      // Who puts a policy in force decides by it, and nobody decides about what is their own.
      if (each.activatedBy().equals(release.requester())
          || release.authors().contains(each.activatedBy())) {
        reasons.add(
            "%s: %s activated it, and is requester or author of this release"
                .formatted(each.title(), each.activatedBy()));
      }
    }
    return reasons.isEmpty()
        ? new Approves(
            inForce.stream().map(PolicyInForce::policy).toList(),
            "by %s: only the documents change, version %d of %s to version %d"
                .formatted(
                    inForce.stream().map(PolicyInForce::title).collect(Collectors.joining(", ")),
                    refresh.formerVersion(),
                    refresh.dataset(),
                    refresh.version()))
        : new Refuses(List.copyOf(reasons));
  }

  private static Map<String, Object> variables(ReleaseRequested release, Refresh refresh) {
    Map<String, Object> variables = new HashMap<>();
    variables.put("refresh.environment", release.environment());
    variables.put("refresh.canaryPercent", (long) release.canaryPercent());
    variables.put("refresh.dataset", refresh.dataset());
    variables.put("refresh.formerVersion", (long) refresh.formerVersion());
    variables.put("refresh.version", (long) refresh.version());
    variables.put("refresh.requester", release.requester());
    variables.put("refresh.authors", release.authors());
    variables.put("application.name", release.application());
    variables.put("application.criticality", refresh.criticality().name());
    return variables;
  }
}
