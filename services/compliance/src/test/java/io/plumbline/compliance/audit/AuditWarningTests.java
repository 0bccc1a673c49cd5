package io.plumbline.compliance.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.plumbline.compliance.ComplianceTest;
import io.plumbline.compliance.directory.KeycloakStub;
import io.plumbline.contracts.Digest;
import io.plumbline.contracts.InferenceEvent.ApiKeyCreated;
import io.plumbline.contracts.InferenceEvent.ReleaseRequested;
import io.plumbline.contracts.PromptRegistryEvent.PromptVersionPublished;
import io.plumbline.platform.identity.Role;
import io.plumbline.platform.test.EmbeddedServers;
import io.plumbline.platform.test.TestClient;
import io.plumbline.platform.test.TestEventClient;
import io.plumbline.platform.test.Workspaces;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** Tests the warnings about entries that the log has just as they were received. */
@ComplianceTest
class AuditWarningTests {

  @Autowired TestClient client;
  @Autowired TestEventClient events;

  @Test
  void an_actor_of_the_workspace_is_not_warned_of() {
    awaitWarnings(published(KeycloakStub.person("ada", Workspaces.ACME)));
  }

  @Test
  void an_actor_whom_nobody_knows_is_warned_of() {
    awaitWarnings(published(UUID.randomUUID()), "UNKNOWN_ACTOR");
  }

  @Test
  void a_person_of_another_workspace_is_warned_of_as_if_nobody_knew_them() {
    awaitWarnings(published(KeycloakStub.person("gus", Workspaces.GLOBEX)), "UNKNOWN_ACTOR");
  }

  @Test
  void an_api_key_is_known_by_its_creation_in_the_workspace() {
    UUID key = UUID.randomUUID();
    ApiKeyCreated created =
        new ApiKeyCreated(key, "a key", true, List.of(), List.of(), Instant.EPOCH);
    events.publish(created, key.toString(), 1, Workspaces.GLOBEX, "gus");
    String refused = published("api-key:" + key);
    awaitWarnings(refused, "UNKNOWN_ACTOR");

    events.publish(created, key.toString(), 1);

    awaitWarnings(refused);
  }

  @Test
  void a_decision_that_was_made_is_not_warned_of() {
    awaitWarnings(decided());
  }

  @Test
  void a_decision_without_its_approval_is_warned_of() {
    String approval = decided();
    awaitWarnings(approval);
    UUID elsewhere = UUID.randomUUID();

    tamper("UPDATE approval SET id = '%s' WHERE id = '%s'".formatted(elsewhere, approval));
    try {
      awaitWarnings(approval, "NO_SUCH_DECISION");
    } finally {
      // The tests of this service share one ledger, which other tests verify, so restore the row.
      tamper("UPDATE approval SET id = '%s' WHERE id = '%s'".formatted(approval, elsewhere));
    }
  }

  @Test
  void a_decision_that_its_approval_contradicts_is_warned_of() {
    String approval = decided();
    awaitWarnings(approval);

    tamper("UPDATE approval SET state = 'REJECTED' WHERE id = '%s'".formatted(approval));
    try {
      awaitWarnings(approval, "NO_SUCH_DECISION");
    } finally {
      tamper("UPDATE approval SET state = 'APPROVED' WHERE id = '%s'".formatted(approval));
    }
  }

  /**
   * Publishes an event of an actor.
   *
   * @return the object of its entry
   */
  private String published(UUID actor) {
    return published(actor.toString());
  }

  private String published(String actor) {
    String prompt = "warning-" + UUID.randomUUID();
    events.publish(
        new PromptVersionPublished(prompt, 1, Digest.ofText("v1"), null, actor, "first"),
        prompt,
        1,
        Workspaces.ACME,
        actor);
    return prompt;
  }

  /**
   * Requests and decides an approval.
   *
   * @return the id of the approval, which is the object of its entry
   */
  private String decided() {
    ReleaseRequested request =
        new ReleaseRequested(
            UUID.randomUUID(),
            "app-" + UUID.randomUUID(),
            "production",
            Digest.ofText("v1"),
            null,
            UUID.randomUUID(),
            null,
            100,
            "ada",
            List.of("ada"),
            null,
            null);
    events.publish(request, request.releaseId().toString(), 1);
    TestClient.TestCaller ben =
        client.as(KeycloakStub.person("ben", Workspaces.ACME).toString(), Role.APPROVER);
    String approval =
        await()
            .atMost(Duration.ofSeconds(60))
            .until(() -> pending(ben, request.releaseId()), found -> !found.isEmpty())
            .getFirst();
    TestClient.Answer answer =
        ben.post(
            "/api/approvals/" + approval + "/decisions",
            Map.of("decision", "APPROVED", "reason", "figures are good"));
    assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
    return approval;
  }

  private static List<String> pending(TestClient.TestCaller who, UUID request) {
    return who.get("/api/approvals?state=PENDING&limit=100")
        .json()
        .get("items")
        .valueStream()
        .filter(item -> item.get("requestId").asString().equals(request.toString()))
        .map(item -> item.get("approvalId").asString())
        .toList();
  }

  /**
   * Waits until the only entry about an object has these warnings. They may appear late, because
   * nobody is reported as unknown while Keycloak does not answer, as on a busy machine.
   */
  private void awaitWarnings(String object, String... expected) {
    TestClient.TestCaller vera = client.as("vera", Role.VIEWER);
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() ->
            assertThat(vera.get("/api/audit?object=" + object).json().get("items").valueStream())
                .singleElement()
                .satisfies(entry ->
                    assertThat(entry.get("warnings").valueStream().map(JsonNode::asString))
                        .containsExactly(expected)));
  }

  /** Runs a statement without the triggers that make decisions final. */
  private static void tamper(String statement) {
    EmbeddedServers.executeAsSuperuser(
        "compliance", "SET session_replication_role = replica", statement);
  }
}
