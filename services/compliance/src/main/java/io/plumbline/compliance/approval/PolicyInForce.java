package io.plumbline.compliance.approval;

import io.plumbline.contracts.ComplianceEvent.DecidingPolicy;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A version of a policy that was in force when it decided.
 *
 * @param people the people who proposed and activated the version
 */
record PolicyInForce(DecidingPolicy policy, String source, List<String> people) {

  PolicyInForce {
    people = List.copyOf(people);
  }

  /** Creates a version from who activated it and, if somebody else did, who proposed it. */
  static PolicyInForce of(
      DecidingPolicy policy, String source, String activatedBy, @Nullable String proposedBy) {
    return new PolicyInForce(
        policy,
        source,
        proposedBy == null ? List.of(activatedBy) : List.of(proposedBy, activatedBy));
  }

  String nameAndVersion() {
    return "policy %s version %d".formatted(policy.policy(), policy.version());
  }
}
