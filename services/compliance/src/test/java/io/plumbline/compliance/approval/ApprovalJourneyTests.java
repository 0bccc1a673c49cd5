package io.plumbline.compliance.approval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.plumbline.compliance.ComplianceTest;
import io.plumbline.compliance.directory.KeycloakStub;
import io.plumbline.contracts.ComplianceEvent.ApprovalDecided;
import io.plumbline.contracts.Digest;
import io.plumbline.contracts.InferenceEvent.ReleaseChanged;
import io.plumbline.contracts.InferenceEvent.ReleaseRequested;
import io.plumbline.contracts.ModelRegistryEvent.PriceChangeRequested;
import io.plumbline.contracts.ModelRegistryEvent.PriceChangeWithdrawn;
import io.plumbline.contracts.Money;
import io.plumbline.contracts.PromptRegistryEvent.LabelMoveRequested;
import io.plumbline.contracts.state.Decision;
import io.plumbline.contracts.state.ReleaseState;
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
import tools.jackson.databind.node.MissingNode;

/** Follows a request of another service to the decision about it. */
@ComplianceTest
class ApprovalJourneyTests {

  private static final UUID WORKSPACE = UUID.fromString("0190a000-0000-7000-8000-0000000000c3");

  @Autowired TestClient client;
  @Autowired TestEventClient events;

  @Test
  void a_release_is_approved_by_a_second_person_and_by_nobody_else() {
    String application = "app-" + UUID.randomUUID();
    ReleaseRequested request = release(application, "v1");
    UUID event = events.publish(request, request.releaseId().toString(), 1);
    TestClient.TestCaller ben = client.as("ben", Role.APPROVER);
    JsonNode pending = awaitPending(ben, request.releaseId());
    String decisions = "/api/approvals/" + pending.get("approvalId").asString() + "/decisions";
    Map<String, String> approve = Map.of("decision", "APPROVED", "reason", "figures are good");

    assertThat(problem(client.as("ada", Role.PROMPT_ENGINEER).post(decisions, approve)))
        .isEqualTo("403 /problems/own-approval");
    assertThat(problem(client.as("max", Role.APPROVER).post(decisions, approve)))
        .isEqualTo("403 /problems/own-approval");
    TestClient.Answer maker = client.as("paul", Role.ML_ENGINEER).post(decisions, approve);
    assertThat(problem(maker)).isEqualTo("403 /problems/forbidden");
    assertThat(maker.json().get("detail").asString()).startsWith("This needs the role approver.");
    assertThat(problem(client.as("vera", Role.VIEWER).post(decisions, approve)))
        .isEqualTo("403 /problems/forbidden");
    assertThat(
            client.as("gail", Workspaces.GLOBEX, Role.APPROVER).post(decisions, approve).status())
        .isEqualTo(404);
    assertThat(
            problem(
                ben.post(
                    decisions,
                    Map.of(
                        "decision", "APPROVED", "subjectDigest", Digest.ofText("another").hex()))))
        .isEqualTo("409 /problems/approval-digest");
    assertThat(problem(ben.post(decisions, Map.of("decision", "REJECTED"))))
        .isEqualTo("409 /problems/approval-refused");
    assertThat(problem(ben.post(decisions, Map.of("decision", "MAYBE"))))
        .isEqualTo("400 /problems/invalid");

    TestClient.Answer decided = ben.post(decisions, approve);
    assertThat(decided.status()).as(decided.toString()).isEqualTo(200);
    assertThat(decided.json().get("state").asString()).isEqualTo("APPROVED");
    assertThat(ben.expectingNoEvent().post(decisions, approve).status()).isEqualTo(200);
    assertThat(
            problem(
                ben.post(decisions, Map.of("decision", "REJECTED", "reason", "changed my mind"))))
        .isEqualTo("409 /problems/approval-closed");
    TestClient.Answer late = ben.post(decisions, Map.of("decision", "APPROVED", "reason", "late"));
    assertThat(problem(late)).isEqualTo("409 /problems/approval-closed");
    assertThat(late.json().get("detail").asString())
        .startsWith("The request was APPROVED by you at 20");

    ApprovalDecided published =
        events.awaitPublished(
            ApprovalDecided.class, each -> each.requestId().equals(request.releaseId()));
    assertThat(published)
        .isEqualTo(
            new ApprovalDecided(
                published.approvalId(),
                event,
                "release.requested",
                request.releaseId(),
                request.variantDigest(),
                Decision.APPROVED,
                "ben",
                "figures are good",
                null,
                null,
                List.of("approver")));
    assertThat(
            events.published(ApprovalDecided.class).stream()
                .filter(each -> each.requestId().equals(request.releaseId())))
        .hasSize(1);
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() ->
            ben.get("/api/audit?type=action.denied&actor=max").json().get("items").size() == 1);
  }

  @Test
  void a_newer_request_for_the_same_object_supersedes_the_older_one() {
    String application = "app-" + UUID.randomUUID();
    ReleaseRequested older = release(application, "v1");
    ReleaseRequested newer = release(application, "v2");
    events.publish(older, older.releaseId().toString(), 1);
    TestClient.TestCaller ben = client.as("ben", Role.APPROVER);
    awaitPending(ben, older.releaseId());

    events.publish(newer, newer.releaseId().toString(), 1);

    ApprovalDecided published =
        events.awaitPublished(
            ApprovalDecided.class, each -> each.requestId().equals(older.releaseId()));
    assertThat(published.decision()).isEqualTo(Decision.EXPIRED);
    assertThat(awaitPending(ben, newer.releaseId()).get("subjectDigest").asString())
        .isEqualTo(newer.variantDigest().hex());
  }

  @Test
  void nobody_ends_the_request_of_another_person_by_a_newer_one() {
    String application = "app-" + UUID.randomUUID();
    ReleaseRequested older = release(application, "v1");
    ReleaseRequested newer =
        new ReleaseRequested(
            UUID.randomUUID(),
            application,
            "production",
            Digest.ofText("v2"),
            null,
            UUID.randomUUID(),
            null,
            100,
            "max",
            List.of("max"),
            null,
            null);
    events.publish(older, older.releaseId().toString(), 1);
    TestClient.TestCaller ben = client.as("ben", Role.APPROVER);
    awaitPending(ben, older.releaseId());

    events.publish(newer, newer.releaseId().toString(), 1);

    awaitPending(ben, newer.releaseId());
    awaitPending(ben, older.releaseId());
  }

  @Test
  void a_withdrawn_request_is_offered_to_nobody_and_cannot_be_decided() {
    String application = "app-" + UUID.randomUUID();
    ReleaseRequested request = release(application, "v1");
    ReleaseRequested elsewhere = release(application + "-2", "v1");
    events.publish(elsewhere, elsewhere.releaseId().toString(), 1);
    events.publish(request, request.releaseId().toString(), 1);
    TestClient.TestCaller ben = client.as("ben", Role.APPROVER);
    JsonNode pending = awaitPending(ben, request.releaseId());
    awaitPending(ben, elsewhere.releaseId());

    events.publish(
        changed(request, ReleaseState.REJECTED, "withdrawn by its requester: the wrong variant"),
        request.releaseId().toString(),
        2);

    ApprovalDecided published =
        events.awaitPublished(
            ApprovalDecided.class, each -> each.requestId().equals(request.releaseId()));
    assertThat(published)
        .isEqualTo(
            new ApprovalDecided(
                published.approvalId(),
                published.requestEventId(),
                "release.requested",
                request.releaseId(),
                request.variantDigest(),
                Decision.EXPIRED,
                "system",
                "withdrawn by its requester: the wrong variant",
                null,
                null,
                null));
    JsonNode inbox = ben.get("/api/approvals?state=PENDING&limit=100").json();
    assertThat(find(inbox, request.releaseId()).isMissingNode()).isTrue();
    assertThat(find(inbox, elsewhere.releaseId()).isMissingNode()).isFalse();
    TestClient.Answer late =
        ben.post(
            "/api/approvals/" + pending.get("approvalId").asString() + "/decisions",
            Map.of("decision", "APPROVED", "reason", "figures are good"));
    assertThat(problem(late)).isEqualTo("409 /problems/approval-closed");
    assertThat(late.json().get("detail").asString())
        .startsWith("The request ended at 20")
        .contains("without a decision (withdrawn by its requester: the wrong variant)");
  }

  @Test
  void prices_that_no_longer_wait_cannot_be_approved() {
    UUID proposal = UUID.randomUUID();
    String model = "openai/model-" + proposal;
    Money price = Money.usd("1");
    Digest digest = Digest.ofText("prices of " + model);
    String subject = "price-proposal/" + proposal;
    events.publish(
        new PriceChangeRequested(
            proposal, model, digest, price, null, price, null, null, null, "the page", "ada"),
        subject,
        1);
    TestClient.TestCaller ben = client.as("ben", Role.APPROVER);
    JsonNode pending = awaitPending(ben, proposal);

    events.publish(
        new PriceChangeWithdrawn(proposal, model, digest, "ada", "The prices have changed since."),
        subject,
        2);

    events.awaitPublished(ApprovalDecided.class, each -> each.requestId().equals(proposal));
    TestClient.Answer late =
        ben.post(
            "/api/approvals/" + pending.get("approvalId").asString() + "/decisions",
            Map.of("decision", "APPROVED", "reason", "these are the prices"));
    assertThat(problem(late)).isEqualTo("409 /problems/approval-closed");
    assertThat(late.json().get("detail").asString()).contains("The prices have changed since.");
  }

  @Test
  void no_other_change_of_a_release_and_no_late_withdrawal_touches_its_approval() {
    String application = "app-" + UUID.randomUUID();
    ReleaseRequested request = release(application, "v1");
    events.publish(request, request.releaseId().toString(), 1);
    TestClient.TestCaller ben = client.as("ben", Role.APPROVER);
    String approval =
        "/api/approvals/" + awaitPending(ben, request.releaseId()).get("approvalId").asString();
    events.publish(
        changed(request, ReleaseState.BLOCKED, "verdict superseded"),
        request.releaseId().toString(),
        2);
    assertThat(
            ben.post(
                    approval + "/decisions", Map.of("decision", "APPROVED", "reason", "it is good"))
                .status())
        .isEqualTo(200);

    events.publish(
        changed(request, ReleaseState.REJECTED, "too late"), request.releaseId().toString(), 3);
    // An event that is published later under the same key is also consumed later.
    ReleaseRequested marker = release(application + "-marker", "v1");
    events.publish(marker, request.releaseId().toString(), 4);
    awaitPending(ben, marker.releaseId());

    assertThat(ben.get(approval).json().get("state").asString()).isEqualTo("APPROVED");
  }

  @Test
  void nobody_whose_words_a_version_has_approves_the_move_of_its_label() {
    UUID move = UUID.randomUUID();
    events.publish(
        new LabelMoveRequested(
            move,
            "prompt-" + move,
            "production",
            null,
            3,
            Digest.ofText("p"),
            "ada",
            "ada",
            List.of("ada", "mona")),
        "prompt-" + move,
        1);
    TestClient.TestCaller ben = client.as("ben", Role.APPROVER);
    JsonNode pending = awaitPending(ben, move);
    String decisions = "/api/approvals/" + pending.get("approvalId").asString() + "/decisions";
    Map<String, String> approve = Map.of("decision", "APPROVED", "reason", "it is good");

    assertThat(problem(client.as("mona", Role.APPROVER).post(decisions, approve)))
        .isEqualTo("403 /problems/own-approval");
    assertThat(ben.post(decisions, approve).status()).isEqualTo(200);
  }

  @Test
  void a_refusal_names_who_may_approve() {
    UUID author = KeycloakStub.person("author", WORKSPACE, Role.APPROVER);
    KeycloakStub.person("quinn", WORKSPACE, Role.APPROVER);
    KeycloakStub.person("vera", WORKSPACE, Role.VIEWER);
    KeycloakStub.person("other", Workspaces.GLOBEX, Role.APPROVER);
    UUID move = UUID.randomUUID();
    events.publish(
        new LabelMoveRequested(
            move,
            "prompt-" + move,
            "production",
            null,
            1,
            Digest.ofText("p"),
            "ada",
            "ada",
            List.of("ada", author.toString())),
        "prompt-" + move,
        1,
        WORKSPACE,
        "ada");
    TestClient.TestCaller caller = client.as(author.toString(), WORKSPACE, Role.APPROVER);
    JsonNode pending = awaitPending(caller, move);

    TestClient.Answer refused =
        caller.post(
            "/api/approvals/" + pending.get("approvalId").asString() + "/decisions",
            Map.of("decision", "APPROVED", "reason", "it is good"));

    assertThat(problem(refused)).isEqualTo("403 /problems/own-approval");
    assertThat(refused.json().get("detail").asString())
        .endsWith("so another approver has to decide: QUINN Quill.");
  }

  @Test
  void the_inbox_marks_own_requests() {
    UUID move = UUID.randomUUID();
    events.publish(
        new LabelMoveRequested(
            move, "prompt-" + move, "production", null, 1, Digest.ofText("p"), "max", "ada"),
        "prompt-" + move,
        1);
    TestClient.TestCaller ada = client.as("ada", Role.PROMPT_ENGINEER);
    TestClient.TestCaller ben = client.as("ben", Role.APPROVER);
    awaitPending(ben, move);

    assertThat(find(ada.get("/api/approvals?mine=true").json(), move).get("own").asBoolean())
        .isTrue();
    assertThat(find(ada.get("/api/approvals?mine=false").json(), move).isMissingNode()).isTrue();
    assertThat(
            find(ben.get("/api/approvals?mine=false&state=PENDING").json(), move)
                .get("request")
                .get("label")
                .asString())
        .isEqualTo("production");
    assertThat(
            find(
                    client
                        .as("gail", Workspaces.GLOBEX, Role.APPROVER)
                        .get("/api/approvals")
                        .json(),
                    move)
                .isMissingNode())
        .isTrue();
  }

  private static ReleaseChanged changed(
      ReleaseRequested request, ReleaseState state, String reason) {
    return new ReleaseChanged(
        request.releaseId(),
        request.application(),
        request.environment(),
        request.variantDigest(),
        null,
        state,
        0,
        reason,
        0);
  }

  private static ReleaseRequested release(String application, String variant) {
    return new ReleaseRequested(
        UUID.randomUUID(),
        application,
        "production",
        Digest.ofText(variant),
        null,
        UUID.randomUUID(),
        null,
        100,
        "ada",
        List.of("max", "ada"),
        null,
        null);
  }

  private static JsonNode awaitPending(TestClient.TestCaller who, UUID request) {
    return await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () -> find(who.get("/api/approvals?state=PENDING&limit=100").json(), request),
            found -> !found.isMissingNode());
  }

  private static JsonNode find(JsonNode page, UUID request) {
    return page.get("items")
        .valueStream()
        .filter(item -> item.get("requestId").asString().equals(request.toString()))
        .findFirst()
        .orElse(MissingNode.getInstance());
  }

  private static String problem(TestClient.Answer answer) {
    return answer.status() + " " + answer.json().path("type").asString("");
  }
}
