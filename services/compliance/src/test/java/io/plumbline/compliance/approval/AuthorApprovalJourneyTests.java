package io.plumbline.compliance.approval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.plumbline.compliance.ComplianceTest;
import io.plumbline.compliance.directory.KeycloakStub;
import io.plumbline.contracts.ComplianceEvent.ApprovalDecided;
import io.plumbline.contracts.ComplianceEvent.AuthorApproved;
import io.plumbline.contracts.Digest;
import io.plumbline.contracts.InferenceEvent.PartAuthors;
import io.plumbline.contracts.InferenceEvent.ReleaseRequested;
import io.plumbline.platform.identity.Role;
import io.plumbline.platform.test.TestClient;
import io.plumbline.platform.test.TestEventClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** Follows releases in a workspace whose only approvers are authors. */
@ComplianceTest
class AuthorApprovalJourneyTests {

  @Autowired TestClient client;
  @Autowired TestEventClient events;

  private final UUID workspace = UUID.randomUUID();
  private final String bob = KeycloakStub.person("bob", workspace, Role.APPROVER).toString();
  private final String max = KeycloakStub.person("max", workspace, Role.APPROVER).toString();
  private final String zoe = KeycloakStub.person("zoe", workspace, Role.APPROVER).toString();

  @Test
  void two_authors_of_different_parts_approve_where_nobody_else_is_left_and_a_policy_allows_it() {
    activate("approvals", "approval");
    ReleaseRequested release =
        request(
            new PartAuthors("prompt", List.of("ada", bob)),
            new PartAuthors("model", List.of(max)),
            new PartAuthors("index", List.of(bob, zoe)));
    String decisions = decisions(release);

    TestClient.Answer refused = approve(bob, decisions);
    assertThat(problem(refused)).isEqualTo("403 /problems/own-approval");
    assertThat(refused.json().path("detail").asString())
        .contains("your workspace has no other approver");

    activate("authors", "author-approval");
    assertThat(state(approve(bob, decisions))).isEqualTo("PENDING");
    assertThat(state(approveAgain(bob, decisions))).isEqualTo("PENDING");
    // Both wrote a part of the index.
    assertThat(state(approve(zoe, decisions))).isEqualTo("PENDING");
    assertThat(problem(approve("ada", decisions))).isEqualTo("403 /problems/own-approval");
    assertThat(
            problem(as(max).post(decisions, Map.of("decision", "REJECTED", "reason", "too early"))))
        .isEqualTo("403 /problems/own-approval");
    assertThat(state(approve(max, decisions))).isEqualTo("APPROVED");
    assertThat(state(approveAgain(max, decisions))).isEqualTo("APPROVED");

    events.awaitPublished(
        AuthorApproved.class,
        each -> each.requestId().equals(release.releaseId()) && each.approvedBy().equals(bob));
    ApprovalDecided decided =
        events.awaitPublished(
            ApprovalDecided.class, each -> each.requestId().equals(release.releaseId()));
    assertThat(decided.decidedBy()).isEqualTo(max);
    assertThat(decided.approvedByAuthors()).containsExactly(bob, zoe, max);
  }

  @Test
  void no_author_approves_while_somebody_else_could() {
    activate("approvals", "approval");
    activate("authors", "author-approval");
    ReleaseRequested release =
        request(
            new PartAuthors("prompt", List.of("ada", bob)), new PartAuthors("model", List.of(max)));
    String decisions = decisions(release);

    TestClient.Answer refused = approve(bob, decisions);

    assertThat(problem(refused)).isEqualTo("403 /problems/own-approval");
    assertThat(refused.json().path("detail").asString())
        .endsWith("another approver has to decide: ZOE Quill.");
    assertThat(state(approve(zoe, decisions))).isEqualTo("APPROVED");
  }

  private void activate(String name, String target) {
    TestClient.Answer answer =
        client
            .as("cleo", workspace, Role.COMPLIANCE_OFFICER)
            .post(
                "/api/policies",
                Map.of(
                    "name",
                    name,
                    "target",
                    target,
                    "source",
                    "[{\"name\":\"any\",\"expression\":\"true\",\"message\":\"m\"}]"));
    assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
    TestClient.Answer activated =
        client
            .as("root", workspace, Role.ADMIN)
            .post(
                "/api/policy-proposals/"
                    + answer.json().path("proposalId").asString()
                    + "/decisions",
                Map.of("decision", "APPROVED"));
    assertThat(activated.status()).as(activated.toString()).isEqualTo(200);
  }

  private ReleaseRequested request(PartAuthors... parts) {
    ReleaseRequested release =
        new ReleaseRequested(
            UUID.randomUUID(),
            "app",
            "production",
            Digest.ofText("variant"),
            null,
            UUID.randomUUID(),
            null,
            100,
            "ada",
            Stream.of(parts).flatMap(each -> each.authors().stream()).distinct().toList(),
            null,
            List.of(parts));
    events.publish(release, release.releaseId().toString(), 1, workspace, "ada");
    return release;
  }

  private String decisions(ReleaseRequested release) {
    JsonNode pending =
        await()
            .atMost(Duration.ofSeconds(60))
            .until(
                () -> as(bob).get("/api/approvals?state=PENDING").json().at("/items/0"),
                found ->
                    found.path("requestId").asString("").equals(release.releaseId().toString()));
    return "/api/approvals/" + pending.path("approvalId").asString() + "/decisions";
  }

  private TestClient.TestCaller as(String person) {
    return client.as(person, workspace, Role.APPROVER);
  }

  private TestClient.Answer approve(String person, String decisions) {
    return as(person).post(decisions, Map.of("decision", "APPROVED", "reason", "it is good"));
  }

  private TestClient.Answer approveAgain(String person, String decisions) {
    return as(person)
        .expectingNoEvent()
        .post(decisions, Map.of("decision", "APPROVED", "reason", "again"));
  }

  private static String state(TestClient.Answer answer) {
    assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
    return answer.json().path("state").asString();
  }

  private static String problem(TestClient.Answer answer) {
    return answer.status() + " " + answer.json().path("type").asString();
  }
}
