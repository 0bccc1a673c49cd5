package io.plumbline.inference.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.plumbline.contracts.ComplianceEvent.PolicyActivated;
import io.plumbline.contracts.Criticality;
import io.plumbline.contracts.Digest;
import io.plumbline.contracts.EvaluationEvent.VerdictIssued;
import io.plumbline.contracts.StrategyEvent.ApplicationRegistered;
import io.plumbline.contracts.StrategyEvent.CriteriaRegistered;
import io.plumbline.contracts.TaskType;
import io.plumbline.contracts.VerdictKind;
import io.plumbline.contracts.state.Outcome;
import io.plumbline.inference.InferenceProblem;
import io.plumbline.inference.InferenceTest;
import io.plumbline.inference.projection.ApplicationProjection;
import io.plumbline.inference.projection.PolicyProjection;
import io.plumbline.inference.projection.VerdictProjection;
import io.plumbline.inference.variant.Variant;
import io.plumbline.inference.variant.VariantParameters;
import io.plumbline.platform.event.EventMetadata;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.problem.CommonProblem;
import io.plumbline.platform.problem.Problem;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The order of the gate's checks and its policies; the rules for verdicts have their own tests. */
class ReleaseGateTests extends InferenceTest {

  private static final Digest CRITERIA = Digest.ofText("criteria");
  private static final Variant VARIANT =
      new Variant(
          Digest.ofText("variant"),
          "mail",
          "first",
          Digest.ofText("prompt"),
          "m",
          null,
          null,
          VariantParameters.NONE,
          List.of("ada"),
          "ada",
          Instant.EPOCH);
  private static final String POLICY =
      """
      [{"name":"canary",
        "expression":"release.canaryPercent > 0 || application.criticality == 'LOW'",
        "message":"Use a canary."},
       {"name":"no-override","expression":"!release.override","message":"Do not override."}]
      """;

  @Autowired ReleaseGate gate;
  @Autowired ApplicationProjection applications;
  @Autowired VerdictProjection verdicts;
  @Autowired PolicyProjection policies;
  @Autowired PlatformTransactionManager transactions;

  private final Caller caller = Caller.system(UUID.randomUUID());
  private final UUID verdict = UUID.randomUUID();

  @Test
  void each_missing_evidence_refuses() {
    assertThat(refusal(verdict, null, 0).type()).isEqualTo(CommonProblem.NOT_YET_KNOWN);
    registerApplication(Criticality.LOW);
    assertThat(refusal(null, null, 0).type()).isEqualTo(InferenceProblem.RELEASE_WITHOUT_VERDICT);
    assertThat(refusal(verdict, null, 0).type()).isEqualTo(CommonProblem.NOT_YET_KNOWN);
    issueVerdict(Outcome.PASS);
    Problem withoutPolicy = refusal(verdict, null, 0);
    assertThat(withoutPolicy.type()).isEqualTo(InferenceProblem.RELEASE_REFUSED);
    assertThat(withoutPolicy.missing()).singleElement().asString().contains("active policy");
    activatePolicy(POLICY);
    run(() -> gate.check(VARIANT, "production", verdict, null, 0));
  }

  @Test
  void all_policies_that_refuse_are_named() {
    registerApplication(Criticality.HIGH);
    issueVerdict(Outcome.FAIL);
    activatePolicy(POLICY);

    Problem refused = refusal(verdict, "we accept the risk", 0);

    assertThat(refused.type()).isEqualTo(InferenceProblem.RELEASE_REFUSED);
    assertThat(refused.missing()).containsExactly("Use a canary.", "Do not override.");
  }

  @Test
  void a_policy_that_cannot_be_evaluated_refuses() {
    registerApplication(Criticality.LOW);
    issueVerdict(Outcome.PASS);
    activatePolicy("[{\"name\":\"odd\",\"expression\":\"nothing.here\",\"message\":\"m\"}]");

    assertThat(refusal(verdict, null, 0).missing())
        .singleElement()
        .asString()
        .startsWith("odd could not be evaluated");
  }

  private Problem refusal(@Nullable UUID verdictId, @Nullable String override, int canary) {
    return catchThrowableOfType(
        Problem.class,
        () -> run(() -> gate.check(VARIANT, "production", verdictId, override, canary)));
  }

  private void registerApplication(Criticality criticality) {
    run(() -> {
      applications.on(
          new ApplicationRegistered(
              UUID.randomUUID(), "mail", "ada", "sort", criticality, TaskType.CLASSIFICATION, 10),
          meta());
      applications.on(new CriteriaRegistered("mail", 1, CRITERIA, List.of()), meta());
    });
  }

  private void issueVerdict(Outcome outcome) {
    run(() ->
        verdicts.on(
            new VerdictIssued(
                verdict,
                VerdictKind.RELEASE,
                "mail",
                null,
                VARIANT.digest(),
                CRITERIA,
                null,
                null,
                outcome,
                List.of()),
            meta()));
  }

  private void activatePolicy(String source) {
    run(() ->
        policies.on(
            new PolicyActivated("default", 1, "release", source, Digest.ofText(source)), meta()));
  }

  private EventMetadata meta() {
    return new EventMetadata(
        UUID.randomUUID(),
        "type",
        "source",
        "subject",
        Instant.EPOCH,
        caller.workspace(),
        "someone",
        1,
        null);
  }

  private void run(Runnable work) {
    caller.run(
        () -> new TransactionTemplate(transactions).executeWithoutResult(status -> work.run()));
  }
}
