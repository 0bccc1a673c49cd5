package io.plumbline.compliance.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.plumbline.compliance.ComplianceTest;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.problem.CommonProblem;
import io.plumbline.platform.problem.Problem;
import io.plumbline.policy.PolicyTarget;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Tests the limits on proposed policies, in a workspace that no other test uses. */
@ComplianceTest
class PolicyProposalsTests {

  private static final String LIMIT =
      "[{\"name\":\"limit\",\"expression\":\"release.canaryPercent <= 10\",\"message\":\"At most"
          + " 10.\"}]";

  @Autowired PolicyProposals proposals;

  private final UUID workspace = UUID.randomUUID();

  @Test
  void one_person_does_not_fill_the_proposals_of_a_workspace() throws Exception {
    for (int number = 1; number <= 25; number++) {
      propose("dora", "policy-" + number);
    }

    Problem refused = catchThrowableOfType(Problem.class, () -> propose("dora", "one-more"));

    assertThat(refused.type()).isEqualTo(CommonProblem.QUOTA_REACHED);
    assertThat(refused)
        .hasMessage(
            "Your account has 25 proposed policies, the most it may have. Have some of them"
                + " decided. An operator can raise the limit with"
                + " plumbline.policies.proposed-per-person.");
    // The same proposal again takes no room.
    assertThat(propose("dora", "policy-25").policy()).isEqualTo("policy-25");
    assertThat(propose("cleo", "one-more").state()).isEqualTo(PolicyProposal.State.PROPOSED);
  }

  private PolicyProposal propose(String person, String policy) throws Exception {
    return Caller.requester(workspace, person)
        .call(() -> proposals.propose(policy, PolicyTarget.RELEASE, LIMIT, "one of many"));
  }
}
