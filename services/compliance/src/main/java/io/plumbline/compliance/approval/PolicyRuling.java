package io.plumbline.compliance.approval;

import io.plumbline.contracts.ComplianceEvent.DecidingPolicy;
import io.plumbline.contracts.InferenceEvent.Refresh;
import io.plumbline.contracts.InferenceEvent.ReleaseRequested;
import io.plumbline.policy.PolicyEngine;
import io.plumbline.policy.PolicyTarget;
import io.plumbline.policy.WorkBudget;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The decision about a release that the policies of the target refresh make in the place of a
 * person. It depends on nothing but these policies and the event that requests the release, so that
 * the ledger's verification can compute it again.
 */
sealed interface PolicyRuling {

  /** The release is no refresh, or no such policy is active, so a person decides. */
  record NotAsked() implements PolicyRuling {}

  /**
   * All policies allow the release, and none of them was proposed or activated by its requester or
   * an author.
   */
  record Approves(List<DecidingPolicy> policies, String reason) implements PolicyRuling {}

  /**
   * A policy refuses the release, or was proposed or activated by its requester or an author, so a
   * person decides.
   *
   * @param reasons the reasons against the release, each with its policy
   */
  record Refuses(List<String> reasons) implements PolicyRuling {}

  /**
   * Computes the ruling.
   *
   * @param inForce all policies of the target that are in force
   */
  static PolicyRuling of(
      ReleaseRequested release, List<PolicyInForce> inForce, PolicyEngine engine) {
    Refresh refresh = release.refresh();
    if (refresh == null || inForce.isEmpty()) {
      return new NotAsked();
    }
    Map<String, Object> variables = variables(release, refresh);
    WorkBudget budget = new WorkBudget();
    List<String> reasons = new ArrayList<>();
    for (PolicyInForce each : inForce) {
      engine
          .load(PolicyTarget.REFRESH, each.source())
          .refusalReasons(variables, budget)
          .forEach(refusal -> reasons.add(each.nameAndVersion() + ": " + refusal));
      // The people who proposed and activated a policy decide through it, and nobody may decide
      // their own request.
      each.people().stream()
          .filter(
              person -> person.equals(release.requester()) || release.authors().contains(person))
          .forEach(person ->
              reasons.add(
                  "%s: %s put it in force, and is requester or author of this release"
                      .formatted(each.nameAndVersion(), person)));
    }
    if (!reasons.isEmpty()) {
      return new Refuses(List.copyOf(reasons));
    }
    return new Approves(
        inForce.stream().map(PolicyInForce::policy).toList(),
        "by %s: only the documents change, version %d of %s to version %d"
            .formatted(
                inForce.stream()
                    .map(PolicyInForce::nameAndVersion)
                    .collect(Collectors.joining(", ")),
                refresh.formerVersion(),
                refresh.dataset(),
                refresh.version()));
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
