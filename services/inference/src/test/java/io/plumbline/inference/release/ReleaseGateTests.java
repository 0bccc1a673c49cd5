package io.plumbline.inference.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.plumbline.contracts.Criticality;
import io.plumbline.contracts.Digest;
import io.plumbline.contracts.VerdictKind;
import io.plumbline.contracts.state.Outcome;
import io.plumbline.inference.InferenceProblem;
import io.plumbline.inference.InferenceTest;
import io.plumbline.inference.variant.Variant;
import io.plumbline.inference.variant.VariantCatalog;
import io.plumbline.platform.event.EventHandlers;
import io.plumbline.platform.problem.CommonProblem;
import io.plumbline.platform.problem.Problem;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.PlatformTransactionManager;

/** Tests that the gate rests on the newest events of evaluation, strategy and compliance. */
class ReleaseGateTests extends InferenceTest {

  private static final String POLICY =
      """
      [{"name":"canary",
        "expression":"release.canaryPercent > 0 || application.criticality == 'LOW'",
        "message":"Use a canary."},
       {"name":"no-override","expression":"!release.override","message":"Do not override."}]
      """;

  @Autowired ReleaseGate gate;
  @Autowired EventHandlers handlers;
  @Autowired VariantCatalog variants;
  @Autowired PlatformTransactionManager transactions;

  private GovernedApplication application;

  @BeforeEach
  void govern() {
    application = GovernedApplication.open(receivers());
  }

  @Test
  void each_missing_evidence_refuses() {
    Variant variant = application.variant();
    UUID unknown = UUID.randomUUID();
    assertThat(refusal(variant, null, null, 0).type())
        .isEqualTo(InferenceProblem.RELEASE_WITHOUT_VERDICT);
    assertThat(refusal(variant, unknown, null, 0).type()).isEqualTo(CommonProblem.NOT_YET_KNOWN);
    assertThat(closed(variant).missing())
        .containsExactly(
            "a verdict of kind RELEASE or PHASE for variant %s under the criteria in force, %s"
                .formatted(variant.digest(), Digest.ofText("criteria")));

    UUID verdict = application.issue(variant, Outcome.PASS);

    application.run(() -> gate.requireOpen(question(variant, verdict, null, 0)));
    assertThat(application.call(() -> gate.decide(question(variant, null, null, 0))))
        .isInstanceOfSatisfying(
            GateAnswer.Open.class, open -> assertThat(open.verdict().id()).isEqualTo(verdict));
  }

  @Test
  void without_application_criteria_or_policy_nothing_is_released() {
    GovernedApplication bare = new GovernedApplication(receivers());
    bare.register(Criticality.LOW);
    Variant variant = bare.variant();
    application = bare;
    assertThat(closed(variant).missing())
        .containsExactly("registered criteria of application mail");
    bare.registerCriteria("criteria");
    bare.issue(variant, Outcome.PASS);

    assertThat(closed(variant).missing())
        .singleElement()
        .asString()
        .contains("an active policy of the target release");
  }

  @Test
  void a_pass_that_a_later_failure_superseded_opens_nothing() {
    Variant variant = application.variant();
    UUID passed = application.issue(variant, Outcome.PASS);
    UUID failed = application.issue(variant, Outcome.FAIL);

    Problem refused = refusal(variant, passed, null, 0);

    assertThat(refused.type()).isEqualTo(InferenceProblem.VERDICT_FAILED);
    assertThat(refused.missing())
        .containsExactly("verdict %s of kind RELEASE is FAIL: accuracy".formatted(failed));
    assertThat(closed(variant).missing()).isEqualTo(refused.missing());
    assertThat(refusal(variant, passed, "we accept the risk", 0).type())
        .isEqualTo(InferenceProblem.VERDICT_FAILED);
  }

  @Test
  void the_order_is_that_of_the_verdicts_and_not_of_their_arrival() {
    Variant variant = application.variant();
    Digest criteria = Digest.ofText("criteria");
    UUID passed = application.issue(variant, VerdictKind.RELEASE, criteria, Outcome.PASS, 8);
    application.issue(variant, VerdictKind.RELEASE, criteria, Outcome.FAIL, 7);

    assertThatCode(
            () -> application.run(() -> gate.requireOpen(question(variant, passed, null, 0))))
        .doesNotThrowAnyException();
  }

  @Test
  void an_inconclusive_verdict_supersedes_too() {
    Variant variant = application.variant();
    UUID passed = application.issue(variant, Outcome.PASS);
    application.issue(variant, VerdictKind.PHASE, Digest.ofText("criteria"), Outcome.INCONCLUSIVE);

    assertThat(refusal(variant, passed, null, 0)).hasMessageContaining("inconclusive");
  }

  @Test
  void a_request_refers_to_the_newest_verdict() {
    Variant variant = application.variant();
    UUID failed = application.issue(variant, Outcome.FAIL);
    UUID passed = application.issue(variant, Outcome.PASS);

    Problem refused = refusal(variant, failed, "we accept the risk", 0);

    assertThat(refused.type()).isEqualTo(InferenceProblem.VERDICT_SUPERSEDED);
    assertThat(refused.missing()).singleElement().asString().contains(passed.toString());
  }

  @Test
  void of_two_that_passed_the_later_one_is_the_newest() {
    Variant variant = application.variant();
    application.issue(variant, Outcome.PASS);
    UUID later = application.issue(variant, Outcome.PASS);

    assertThat(application.call(() -> gate.decide(question(variant, null, null, 0))))
        .isInstanceOfSatisfying(
            GateAnswer.Open.class, open -> assertThat(open.verdict().id()).isEqualTo(later));
  }

  @Test
  void a_canary_that_failed_supersedes_and_one_that_passed_opens_nothing() {
    Variant variant = application.variant();
    UUID passed = application.issue(variant, Outcome.PASS);
    UUID harmed = application.issue(variant, VerdictKind.CANARY, null, Outcome.FAIL);
    assertThat(closed(variant).missing()).singleElement().asString().contains(harmed.toString());
    assertThat(refusal(variant, passed, null, 0).type()).isEqualTo(InferenceProblem.VERDICT_FAILED);
    application.run(() -> gate.requireOpen(question(variant, harmed, "we accept the risk", 0)));

    application.issue(variant, VerdictKind.CANARY, null, Outcome.PASS);

    assertThat(closed(variant).missing()).singleElement().asString().contains(harmed.toString());
  }

  @Test
  void new_criteria_close_the_gate_for_the_old_verdict() {
    Variant variant = application.variant();
    UUID passed = application.issue(variant, Outcome.PASS);
    Digest stricter = application.registerCriteria("stricter");

    assertThat(closed(variant).missing()).singleElement().asString().contains(stricter.hex());
    assertThat(refusal(variant, passed, null, 0).missing())
        .containsExactly(
            "a verdict under the criteria in force, %s; this one is under %s"
                .formatted(stricter, Digest.ofText("criteria")));
    UUID again = application.issue(variant, VerdictKind.RELEASE, stricter, Outcome.PASS);

    application.run(() -> gate.requireOpen(question(variant, again, null, 0)));
  }

  @Test
  void all_policies_in_force_that_refuse_are_named() {
    GovernedApplication critical = GovernedApplication.open(receivers());
    application = critical;
    application.register(Criticality.HIGH);
    Variant variant = application.variant();
    UUID failed = application.issue(variant, Outcome.FAIL);
    application.run(() -> gate.requireOpen(question(variant, failed, "we accept the risk", 0)));

    application.activate(POLICY);

    Problem refused = refusal(variant, failed, "we accept the risk", 0);
    assertThat(refused.type()).isEqualTo(InferenceProblem.RELEASE_REFUSED);
    assertThat(refused.missing()).contains("Do not override.");
  }

  @Test
  void a_policy_that_cannot_be_evaluated_refuses() {
    Variant variant = application.variant();
    application.issue(variant, Outcome.PASS);
    application.activate("[{\"name\":\"odd\",\"expression\":\"nothing.here\",\"message\":\"m\"}]");

    assertThat(closed(variant).missing())
        .singleElement()
        .asString()
        .startsWith("odd could not be evaluated");
  }

  private GovernedApplication.Receivers receivers() {
    return new GovernedApplication.Receivers(handlers, variants, transactions);
  }

  private Problem closed(Variant variant) {
    return ((GateAnswer.Closed)
            application.call(() -> gate.decide(question(variant, null, null, 0))))
        .problem();
  }

  private Problem refusal(
      Variant variant, @Nullable UUID verdictId, @Nullable String override, int canary) {
    return catchThrowableOfType(
        Problem.class,
        () ->
            application.run(
                () -> gate.requireOpen(question(variant, verdictId, override, canary))));
  }

  private static GateQuestion question(
      Variant variant, @Nullable UUID verdictId, @Nullable String override, int canary) {
    return new GateQuestion(variant, "production", null, verdictId, override, canary);
  }
}
