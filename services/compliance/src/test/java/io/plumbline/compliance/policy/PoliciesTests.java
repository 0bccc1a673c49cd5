package io.plumbline.compliance.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.plumbline.compliance.ComplianceTest;
import io.plumbline.contracts.ComplianceEvent.PolicyActivated;
import io.plumbline.contracts.Digest;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.problem.Problem;
import io.plumbline.platform.test.TestEventClient;
import io.plumbline.policy.PolicyTarget;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Tests the activation of policies, in a workspace that no other test uses. */
@ComplianceTest
class PoliciesTests {

  private static final String LIMIT =
      "[{\"name\":\"limit\",\"expression\":\"release.canaryPercent <= 10\",\"message\":\"At most"
          + " 10.\"}]";
  private static final String OVERRIDE =
      "[{\"name\":\"override\",\"expression\":\"!release.override\",\"message\":\"No override.\"}]";

  @Autowired Policies policies;
  @Autowired TestEventClient events;

  private final UUID workspace = UUID.randomUUID();
  private final String name = "policy-" + workspace.toString().substring(0, 8);

  @Test
  void the_same_source_again_is_the_same_version() throws Exception {
    List<PolicyView> activated =
        as(() ->
            List.of(
                policies.activate(name, PolicyTarget.RELEASE, LIMIT),
                policies.activate(name, PolicyTarget.RELEASE, LIMIT)));

    assertThat(activated.getFirst()).isEqualTo(activated.getLast());
    assertThat(as(() -> policies.versions(name))).hasSize(1);
  }

  @Test
  void a_new_source_becomes_the_active_version_and_the_former_one_is_kept() throws Exception {
    as(() -> policies.activate(name, PolicyTarget.RELEASE, LIMIT));
    as(() -> policies.activate(name, PolicyTarget.RELEASE, OVERRIDE));

    assertThat(as(() -> policies.versions(name)))
        .extracting(PolicyView::version, PolicyView::active, PolicyView::digest)
        .containsExactly(
            tuple(2, true, Digest.ofText(OVERRIDE).hex()),
            tuple(1, false, Digest.ofText(LIMIT).hex()));
    assertThat(
            events.awaitPublished(
                PolicyActivated.class, each -> each.policy().equals(name) && each.version() == 2))
        .isEqualTo(new PolicyActivated(name, 2, "release", OVERRIDE, Digest.ofText(OVERRIDE)));
  }

  @Test
  void the_target_of_a_policy_cannot_change() throws Exception {
    as(() -> policies.activate(name, PolicyTarget.RELEASE, LIMIT));

    assertThatThrownBy(() ->
            as(() ->
                policies.activate(
                    name,
                    PolicyTarget.APPROVAL,
                    "[{\"name\":\"a\",\"expression\":\"true\",\"message\":\"m\"}]")))
        .isInstanceOf(Problem.class)
        .hasMessage(
            "The policy "
                + name
                + " has the target release; choose another name for a policy of the target"
                + " approval.");
  }

  @Test
  void a_flawed_source_leaves_the_active_version_alone() throws Exception {
    as(() -> policies.activate(name, PolicyTarget.RELEASE, LIMIT));

    assertThatThrownBy(() -> as(() -> policies.activate(name, PolicyTarget.RELEASE, "[]")))
        .isInstanceOf(Problem.class);
    assertThat(as(() -> policies.versions(name)))
        .extracting(PolicyView::digest)
        .containsExactly(Digest.ofText(LIMIT).hex());
  }

  @Test
  void all_active_policies_of_a_target_must_hold() throws Exception {
    as(() -> policies.activate(name + "-a", PolicyTarget.RELEASE, LIMIT));
    as(() -> policies.activate(name + "-b", PolicyTarget.RELEASE, OVERRIDE));

    assertThat(
            as(() ->
                policies.refusals(
                    PolicyTarget.RELEASE,
                    Map.of("release.canaryPercent", 50L, "release.override", true))))
        .containsExactly("At most 10.", "No override.");
  }

  @Test
  void a_target_without_a_policy_refuses() throws Exception {
    assertThat(as(() -> policies.refusals(PolicyTarget.APPROVAL, Map.of())))
        .containsExactly(
            "No policy is active for the target approval; a compliance officer has to activate"
                + " one.");
  }

  private <T> T as(Callable<T> work) throws Exception {
    return Caller.system(workspace).call(work);
  }
}
