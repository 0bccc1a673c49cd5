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

/** Evaluates the policies of the target refresh that are in force. */
@Component
class RefreshPolicies {

  private final Policies policies;
  private final PolicyEngine engine;

  RefreshPolicies(Policies policies, PolicyEngine engine) {
    this.policies = policies;
    this.engine = engine;
  }

  /**
   * Returns the ruling of the policies about a release. From this call until the transaction ends,
   * no policy of the target refresh can be activated.
   */
  @Transactional(propagation = Propagation.MANDATORY)
  PolicyRuling ruleOn(ReleaseRequested release) {
    if (release.refresh() == null) {
      return new PolicyRuling.NotAsked();
    }
    List<PolicyInForce> inForce =
        policies.lockActive(PolicyTarget.REFRESH).stream()
            .map(each ->
                new PolicyInForce(
                    new DecidingPolicy(each.name(), each.version(), new Digest(each.digest())),
                    each.source(),
                    each.activatedBy()))
            .toList();
    return PolicyRuling.of(release, inForce, engine);
  }
}
