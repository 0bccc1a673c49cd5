package io.plumbline.compliance.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.plumbline.compliance.ComplianceTest;
import io.plumbline.compliance.approval.SampleReleases;
import io.plumbline.compliance.directory.KeycloakStub;
import io.plumbline.contracts.Digest;
import io.plumbline.contracts.EvaluationEvent.RunStarted;
import io.plumbline.contracts.EvaluationEvent.VerdictIssued;
import io.plumbline.contracts.InferenceEvent.ApiKeyRevoked;
import io.plumbline.contracts.InferenceEvent.ReleaseRequested;
import io.plumbline.contracts.Phase;
import io.plumbline.contracts.StrategyEvent.WaiverRequested;
import io.plumbline.contracts.VerdictKind;
import io.plumbline.contracts.state.Outcome;
import io.plumbline.platform.identity.Role;
import io.plumbline.platform.test.TestClient;
import io.plumbline.platform.test.TestEventClient;
import io.plumbline.platform.test.Workspaces;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** Tests that entries are found by the name of an application that they concern or of a person. */
@ComplianceTest
class AuditSearchJourneyTests {

  private static final Digest VARIANT = Digest.ofText("variant");

  @Autowired TestClient client;
  @Autowired TestEventClient events;

  private final String application = "app-" + UUID.randomUUID();

  private TestClient.TestCaller vera() {
    return client.as("vera", Role.VIEWER);
  }

  private List<String> types(String query) {
    return vera()
        .get("/api/audit?limit=100&" + query)
        .json()
        .get("items")
        .valueStream()
        .map(entry -> entry.get("type").asString())
        .sorted()
        .toList();
  }

  private void awaitTypes(String query, String... types) {
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() -> assertThat(types(query)).containsExactly(types));
  }

  @Test
  void an_application_finds_its_runs_verdicts_waivers_releases_and_their_approval() {
    ReleaseRequested release = SampleReleases.release(application, null);
    events.publish(release, release.releaseId().toString(), 1);
    publishRunVerdictAndWaiver(application);
    publishRunVerdictAndWaiver("other-" + application);
    approve(release);

    awaitTypes(
        "application=" + application,
        "approval.decided",
        "release.requested",
        "run.started",
        "verdict.issued",
        "waiver.requested");
    assertThat(types("type=run.started&application=" + application)).containsExactly("run.started");
  }

  @Test
  void a_decision_shows_the_roles_of_who_decided_and_older_events_show_none() {
    ReleaseRequested release = SampleReleases.release(application, null);
    events.publish(release, release.releaseId().toString(), 1);
    approve(release);

    awaitTypes("application=" + application, "approval.decided", "release.requested");
    JsonNode entries = vera().get("/api/audit?application=" + application).json().get("items");
    assertThat(entries.get(0).get("roles").valueStream().map(JsonNode::asString))
        .containsExactly("approver");
    assertThat(entries.get(1).get("roles").isNull()).isTrue();
  }

  private void publishRunVerdictAndWaiver(String of) {
    UUID run = UUID.randomUUID();
    events.publish(
        new RunStarted(run, of, Digest.ofText("suite"), VARIANT, "variant/x", 1, 10),
        run.toString(),
        1);
    UUID verdict = UUID.randomUUID();
    events.publish(
        new VerdictIssued(
            verdict,
            VerdictKind.RELEASE,
            of,
            1,
            Phase.PROMPT,
            VARIANT,
            null,
            null,
            null,
            run,
            null,
            Outcome.PASS,
            List.of(),
            null,
            null),
        verdict.toString(),
        1);
    UUID waiver = UUID.randomUUID();
    events.publish(
        new WaiverRequested(
            waiver, of, Phase.RETRIEVAL, Digest.ofText("w"), "Retrieval does not apply", "ada"),
        waiver.toString(),
        1);
  }

  private void approve(ReleaseRequested release) {
    TestClient.TestCaller ben = client.as("ben", Role.APPROVER);
    JsonNode pending =
        await()
            .atMost(Duration.ofSeconds(60))
            .until(
                () ->
                    ben.get("/api/approvals?state=PENDING&limit=100")
                        .json()
                        .get("items")
                        .valueStream()
                        .filter(each -> each.toString().contains(release.releaseId().toString()))
                        .findFirst(),
                found -> found.isPresent())
            .orElseThrow();
    assertThat(
            ben.post(
                    "/api/approvals/" + pending.get("approvalId").asString() + "/decisions",
                    Map.of("decision", "APPROVED", "reason", "figures are good"))
                .status())
        .isEqualTo(200);
  }

  @Test
  void a_person_is_found_by_name_and_only_among_colleagues() {
    String name = "zoe" + UUID.randomUUID().toString().substring(0, 8);
    UUID zoe = KeycloakStub.person(name, Workspaces.ACME);
    KeycloakStub.person(name, Workspaces.GLOBEX);
    UUID key = UUID.randomUUID();
    events.publish(
        new ApiKeyRevoked(key, "k", "not needed any more"),
        key.toString(),
        1,
        Workspaces.ACME,
        zoe.toString());

    awaitTypes("person=quill%20" + name, "api-key.revoked");
    assertThat(types("actor=%s&person=%s".formatted(zoe, name))).containsExactly("api-key.revoked");
    assertThat(types("actor=somebody&person=" + name)).isEmpty();
    assertThat(types("person=" + name + "%20unknown")).isEmpty();
    // Email addresses are shown to nobody, so nobody may be found by one.
    assertThat(types("person=secret@acme.example")).isEmpty();
  }
}
