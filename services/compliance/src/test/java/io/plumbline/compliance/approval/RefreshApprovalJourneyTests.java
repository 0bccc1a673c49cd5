package io.plumbline.compliance.approval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.plumbline.compliance.ComplianceTest;
import io.plumbline.contracts.ComplianceEvent.ApprovalDecided;
import io.plumbline.contracts.ComplianceEvent.DecidingPolicy;
import io.plumbline.contracts.Digest;
import io.plumbline.contracts.InferenceEvent.ReleaseRequested;
import io.plumbline.contracts.state.Decision;
import io.plumbline.platform.identity.Role;
import io.plumbline.platform.test.TestClient;
import io.plumbline.platform.test.TestEventClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** Follows the request of a refresh to the decision of policies or to a person's inbox. */
@ComplianceTest
class RefreshApprovalJourneyTests {

  /** The policy that all tests share; the test that runs first activates it. */
  private static final String POLICY = "refresh-documents";

  private static final String SOURCE =
      "[{\"name\":\"auto\",\"expression\":\"application.name.startsWith('auto-')\","
          + "\"message\":\"Only the applications that refresh by themselves.\"}]";

  @Autowired TestClient client;
  @Autowired TestEventClient events;

  private final String suffix = UUID.randomUUID().toString().substring(0, 8);

  @Test
  void policies_decide_in_the_place_of_a_person_and_are_named() {
    activate();
    ReleaseRequested refresh = SampleReleases.refresh("auto-" + suffix);

    UUID event = request(refresh);

    ApprovalDecided decided =
        events.awaitPublished(
            ApprovalDecided.class, each -> each.requestId().equals(refresh.releaseId()));
    assertThat(decided)
        .isEqualTo(
            new ApprovalDecided(
                decided.approvalId(),
                event,
                "release.requested",
                refresh.releaseId(),
                refresh.variantDigest(),
                Decision.APPROVED,
                "system",
                "by policy refresh-documents version 1: only the documents change, version 2 of"
                    + " help-pages to version 3",
                List.of(new DecidingPolicy(POLICY, 1, Digest.ofText(SOURCE))),
                null,
                null));
    JsonNode shown = approval(refresh);
    assertThat(shown.path("state").asString()).isEqualTo("APPROVED");
    assertThat(shown.at("/policies/0/policy").asString()).isEqualTo(POLICY);
    assertThat(shown.path("policyRefusals")).isEmpty();
    assertThat(
            client
                .as("ben", Role.APPROVER)
                .post(
                    "/api/approvals/" + shown.path("approvalId").asString() + "/decisions",
                    Map.of("decision", "REJECTED", "reason", "I would rather not"))
                .json()
                .path("detail")
                .asString())
        .startsWith("The request was APPROVED by system at 20");
  }

  @Test
  void where_a_rule_refuses_a_person_decides_and_reads_why() {
    activate();
    ReleaseRequested refresh = SampleReleases.refresh("manual-" + suffix);

    request(refresh);

    JsonNode pending = approval(refresh);
    assertThat(pending.path("state").asString()).isEqualTo("PENDING");
    assertThat(pending.at("/policyRefusals/0").asString())
        .isEqualTo(
            "policy refresh-documents version 1: Only the applications that refresh by"
                + " themselves.");
    client
        .as("ben", Role.APPROVER)
        .post(
            "/api/approvals/" + pending.path("approvalId").asString() + "/decisions",
            Map.of("decision", "APPROVED", "reason", "I have read the new pages"));
    ApprovalDecided decided =
        events.awaitPublished(
            ApprovalDecided.class, each -> each.requestId().equals(refresh.releaseId()));
    assertThat(decided.decidedBy()).isEqualTo("ben");
    assertThat(decided.policies()).isNull();
  }

  @Test
  void anything_but_a_refresh_waits_for_a_person() {
    activate();
    ReleaseRequested release = SampleReleases.release("auto-" + suffix, null);

    request(release);

    assertThat(approval(release).path("state").asString()).isEqualTo("PENDING");
  }

  @Test
  void what_a_person_rejected_policy_does_not_approve() {
    activate();
    ReleaseRequested release = SampleReleases.release("auto-rejected-" + suffix, null);
    request(release);
    client
        .as("ben", Role.APPROVER)
        .post(
            "/api/approvals/" + approval(release).path("approvalId").asString() + "/decisions",
            Map.of("decision", "REJECTED", "reason", "The pages are wrong"));
    ReleaseRequested refresh = SampleReleases.refresh("auto-rejected-" + suffix);

    request(refresh);

    JsonNode pending = approval(refresh);
    assertThat(pending.path("state").asString()).isEqualTo("PENDING");
    assertThat(pending.at("/policyRefusals/0").asString())
        .isEqualTo("a person rejected this variant before");
  }

  private void activate() {
    TestClient.TestCaller cleo = client.as("cleo", Role.COMPLIANCE_OFFICER);
    if (cleo.get("/api/policies/" + POLICY).status() == 200) {
      return;
    }
    TestClient.Answer proposed =
        cleo.post("/api/policies", Map.of("name", POLICY, "target", "refresh", "source", SOURCE));
    assertThat(proposed.status()).as(proposed.body()).isEqualTo(201);
    TestClient.Answer activated =
        client
            .as("root", Role.ADMIN)
            .post(
                "/api/policy-proposals/"
                    + proposed.json().path("proposalId").asString()
                    + "/decisions",
                Map.of("decision", "APPROVED"));
    assertThat(activated.status()).as(activated.body()).isEqualTo(200);
  }

  private UUID request(ReleaseRequested release) {
    return events.publish(release, release.releaseId().toString(), 1);
  }

  private JsonNode approval(ReleaseRequested release) {
    return await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () ->
                client
                    .as("ben", Role.APPROVER)
                    .get("/api/approvals?limit=100")
                    .json()
                    .path("items")
                    .valueStream()
                    .filter(item ->
                        item.path("requestId").asString().equals(release.releaseId().toString()))
                    .toList(),
            found -> !found.isEmpty())
        .getFirst();
  }
}
