package io.plumbline.compliance.approval;

import io.plumbline.contracts.ComplianceEvent.DecidingPolicy;

/**
 * A version of a policy that was in force when it decided.
 *
 * @param activatedBy the person who activated the version
 */
record PolicyInForce(DecidingPolicy policy, String source, String activatedBy) {

  String nameAndVersion() {
    return "policy %s version %d".formatted(policy.policy(), policy.version());
  }
}
