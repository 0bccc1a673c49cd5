package io.plumbline.compliance.approval;

import io.plumbline.compliance.policy.Policies;
import io.plumbline.contracts.ComplianceEvent.DecidingPolicy;
import io.plumbline.contracts.Digest;
import io.plumbline.contracts.InferenceEvent.ReleaseRequested;
import io.plumbline.policy.PolicyEngine;
import io.plumbline.policy.PolicyTarget;
import java.util.List;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Lets policies decide about releases that only refresh documents. It asks all policies of the
 * target {@code refresh} that are in force in the workspace; {@link PolicyRuling} says when they
 * approve in the place of a person.
 */
@Component
class RefreshPolicies {

  private final Policies policies;
  private final PolicyEngine engine;

  RefreshPolicies(Policies policies, PolicyEngine engine) {
    this.policies = policies;
    this.engine = engine;
  }

  /**
   * Returns the ruling of the policies about a release; for a release that is no refresh, that they
   * are not asked. Once they are asked, no policy of the target refresh can be activated until the
   * transaction ends.
   */
  @Transactional(propagation = Propagation.MANDATORY)
  PolicyRuling ruleOn(ReleaseRequested release) {
    if (release.refresh() == null) {
      return new PolicyRuling.NotAsked();
    }
    List<PolicyInForce> inForce =
        policies.lockActive(PolicyTarget.REFRESH).stream()
            .map(each ->
                PolicyInForce.of(
                    new DecidingPolicy(each.name(), each.version(), new Digest(each.digest())),
                    each.source(),
                    each.activatedBy(),
                    each.proposedBy()))
            .toList();
    return PolicyRuling.of(release, inForce, engine);
  }
}
