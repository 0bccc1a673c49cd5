package io.plumbline.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.plumbline.contracts.ComplianceEvent.ApprovalDecided;
import io.plumbline.contracts.ComplianceEvent.PolicyActivated;
import io.plumbline.contracts.Digest;
import io.plumbline.contracts.EvaluationEvent.VerdictIssued;
import io.plumbline.contracts.ModelRegistryEvent.BaseModelListed;
import io.plumbline.contracts.Money;
import io.plumbline.contracts.StrategyEvent.CriteriaRegistered;
import io.plumbline.contracts.VerdictKind;
import io.plumbline.contracts.state.Decision;
import io.plumbline.contracts.state.Outcome;
import io.plumbline.platform.test.TestClient;
import io.plumbline.platform.test.TestEventClient;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/** The steps of a release outside of this service, and waiting for their effects. */
record ReleaseSteps(TestEventClient events, TestClient.TestCaller reader) {

  static final String MODEL = "local/choice-minilm";

  private static final String POLICY =
      """
      [{"name":"verdict-passed",
        "expression":"verdict.outcome == 'PASS' || release.override && verdict.outcome == 'FAIL'",
        "message":"Pass first."}]
      """;

  /** Activates the one policy that all tests share; of two, the last to arrive would decide. */
  void activatePolicy() {
    events.publish(
        new PolicyActivated("release-default", 1, "release", POLICY, Digest.ofText(POLICY)),
        "release-default",
        1);
  }

  /** Lists the local model with its prices, as model-registry would. */
  void listModel() {
    events.publish(
        new BaseModelListed(
            MODEL,
            Digest.ofText("m"),
            "local",
            512,
            Money.usd("0.5"),
            null,
            Money.usd("1"),
            "Apache-2.0",
            null,
            true),
        MODEL,
        1);
  }

  /** Registers the first criteria of an application. */
  void registerCriteria(String application, Digest criteria) {
    events.publish(
        new CriteriaRegistered(
            application, 1, criteria, Digest.ofText("suite"), 5, 3, List.of(), null, null),
        application,
        2);
  }

  /** Issues the first verdict on a variant of the application, and returns its id. */
  UUID judge(String application, String variant, Digest criteria, Outcome outcome) {
    return issue(application, variant, criteria, 1, outcome);
  }

  /** Issues a verdict on a variant, and returns its id. */
  UUID issue(String application, String variant, Digest criteria, long sequence, Outcome outcome) {
    UUID id = UUID.randomUUID();
    events.publish(
        new VerdictIssued(
            id,
            VerdictKind.RELEASE,
            application,
            sequence,
            null,
            new Digest(variant),
            criteria,
            1,
            null,
            UUID.randomUUID(),
            null,
            outcome,
            List.of(),
            null,
            null),
        id.toString(),
        1);
    return id;
  }

  void approve(String release, String variant) {
    events.publish(
        new ApprovalDecided(
            UUID.randomUUID(),
            UUID.randomUUID(),
            "release.requested",
            UUID.fromString(release),
            new Digest(variant),
            Decision.APPROVED,
            "ben",
            null,
            null,
            null,
            null),
        release,
        1);
  }

  void awaitState(String release, String state) {
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() ->
            assertThat(reader.get("/api/releases/" + release).json().path("state").asString())
                .isEqualTo(state));
  }
}
