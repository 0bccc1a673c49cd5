package io.plumbline.compliance.approval;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contracts.ComplianceEvent.DecidingPolicy;
import io.plumbline.contracts.Digest;
import io.plumbline.policy.PolicyEngine;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tests what policies decide about a release in the place of a person. */
class PolicyRulingTests {

  private final PolicyEngine engine = new PolicyEngine();

  @Test
  void without_a_policy_a_person_decides() {
    assertThat(PolicyRuling.of(SampleReleases.refresh("docs"), List.of(), engine))
        .isEqualTo(new PolicyRuling.NotAsked());
  }

  @Test
  void about_anything_but_a_refresh_a_person_decides() {
    assertThat(
            PolicyRuling.of(
                SampleReleases.release("docs", null), List.of(policy("weekly", "true")), engine))
        .isEqualTo(new PolicyRuling.NotAsked());
  }

  @Test
  void all_policies_that_hold_decide_and_are_named() {
    PolicyInForce weekly = policy("weekly", "refresh.version == refresh.formerVersion + 1");
    PolicyInForce careful =
        policy(
            "careful",
            "refresh.canaryPercent >= 10 && refresh.environment == 'production'"
                + " && refresh.dataset == 'help-pages' && refresh.requester == 'ada'"
                + " && 'max' in refresh.authors && application.name == 'docs'"
                + " && application.criticality == 'LOW'");

    assertThat(PolicyRuling.of(SampleReleases.refresh("docs"), List.of(careful, weekly), engine))
        .isEqualTo(
            new PolicyRuling.Approves(
                List.of(careful.policy(), weekly.policy()),
                "by policy careful version 2, policy weekly version 2: only the documents change,"
                    + " version 2 of help-pages to version 3"));
  }

  @Test
  void each_rule_that_refuses_is_named_with_its_policy_and_a_person_decides() {
    assertThat(
            PolicyRuling.of(
                SampleReleases.refresh("docs"),
                List.of(policy("any", "true"), policy("none", "refresh.canaryPercent > 50")),
                engine))
        .isEqualTo(
            new PolicyRuling.Refuses(List.of("policy none version 2: Ask a person for none.")));
  }

  @Test
  void a_policy_that_cannot_be_evaluated_decides_nothing() {
    assertThat(
            PolicyRuling.of(
                SampleReleases.refresh("docs"), List.of(policy("odd", "unheard.of")), engine))
        .isInstanceOf(PolicyRuling.Refuses.class);
  }

  @Test
  void who_put_a_policy_in_force_does_not_have_their_own_release_decided_by_it() {
    for (String own : List.of("ada", "max")) {
      assertThat(
              PolicyRuling.of(
                  SampleReleases.refresh("docs"),
                  List.of(
                      new PolicyInForce(
                          named("weekly"), source("weekly", "true"), List.of("cleo", own))),
                  engine))
          .isEqualTo(
              new PolicyRuling.Refuses(
                  List.of(
                      "policy weekly version 2: %s put it in force, and is requester or author of this"
                              .formatted(own)
                          + " release")));
    }
  }

  private static PolicyInForce policy(String name, String expression) {
    return new PolicyInForce(named(name), source(name, expression), List.of("cleo"));
  }

  private static DecidingPolicy named(String name) {
    return new DecidingPolicy(name, 2, Digest.ofText(name));
  }

  private static String source(String name, String expression) {
    return "[{\"name\":\"%s\",\"expression\":\"%s\",\"message\":\"Ask a person for %s.\"}]"
        .formatted(name, expression, name);
  }
}
