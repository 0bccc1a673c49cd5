package io.plumbline.compliance;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contracts.ComplianceEvent.PolicyActivated;
import io.plumbline.contracts.ComplianceEvent.PolicyChangeRejected;
import io.plumbline.contracts.ComplianceEvent.RiskChanged;
import io.plumbline.contracts.Digest;
import io.plumbline.platform.identity.Role;
import io.plumbline.platform.test.TestClient;
import io.plumbline.platform.test.TestEventClient;
import io.plumbline.platform.test.Workspaces;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** Tests policies and risks over HTTP. */
@ComplianceTest
class GovernanceJourneyTests {

  private static final String SOURCE =
      "[{\"name\":\"enough-rows\",\"expression\":\"dataset.rows >= 100\",\"message\":\"Bring 100"
          + " rows.\"}]";

  @Autowired TestClient client;
  @Autowired TestEventClient events;

  private TestClient.TestCaller cleo() {
    return client.as("cleo", Role.COMPLIANCE_OFFICER);
  }

  @Test
  void every_workspace_has_its_presets_from_the_start() {
    assertThat(
            client
                .as("vera", Role.VIEWER)
                .get("/api/policies")
                .json()
                .get("items")
                .valueStream()
                .map(each -> each.get("name").asString()))
        .contains("approval-default", "dataset-admission-default", "release-default");
    assertThat(
            client.as("gus", Workspaces.GLOBEX, Role.VIEWER).get("/api/risks").json().get("items"))
        .hasSize(7);
    assertThat(
            events
                .awaitPublished(
                    PolicyActivated.class,
                    each -> each.policy().equals("dataset-admission-default"))
                .target())
        .isEqualTo("dataset-admission");
  }

  @Test
  void a_second_person_activates_a_policy_version_by_version() {
    String name = "rows-" + UUID.randomUUID().toString().substring(0, 8);

    TestClient.Answer first = propose(name, SOURCE);
    TestClient.Answer again = cleo().expectingNoEvent().post("/api/policies", policy(name, SOURCE));
    assertThat(first.status()).as(first.toString()).isEqualTo(201);
    assertThat(again.json().path("proposalId")).isEqualTo(first.json().path("proposalId"));
    assertThat(cleo().get("/api/policies/" + name).status()).isEqualTo(404);
    TestClient.Answer activated = decide(client.as("root", Role.ADMIN), first, "APPROVED");
    assertThat(activated.status()).as(activated.toString()).isEqualTo(200);
    assertThat(activated.json().path("version").asInt()).isEqualTo(1);
    decide(
        client.as("carl", Role.COMPLIANCE_OFFICER),
        propose(name, SOURCE.replace("100", "200")),
        "APPROVED");

    JsonNode versions = cleo().get("/api/policies/" + name).json().get("items");
    assertThat(versions).hasSize(2);
    assertThat(versions.get(0).path("proposedBy").asString()).isEqualTo("cleo");
    assertThat(versions.get(0).path("activatedBy").asString()).isEqualTo("carl");
    PolicyActivated published =
        events.awaitPublished(
            PolicyActivated.class, each -> each.policy().equals(name) && each.version() == 1);
    assertThat(published)
        .isEqualTo(
            new PolicyActivated(
                name,
                1,
                "dataset-admission",
                SOURCE,
                Digest.ofText(SOURCE),
                UUID.fromString(first.json().path("proposalId").asString()),
                "cleo"));
    assertThat(
            cleo()
                .post(
                    "/api/policies",
                    Map.of(
                        "name",
                        name,
                        "target",
                        "release",
                        "source",
                        "[{\"name\":\"a\",\"expression\":\"true\",\"message\":\"m\"}]"))
                .status())
        .isEqualTo(409);
    assertThat(
            cleo()
                .post("/api/policies", policy(name, SOURCE.replace("100", "200")))
                .json()
                .path("type")
                .asString())
        .isEqualTo("/problems/policy-unchanged");
  }

  @Test
  void nobody_activates_what_they_proposed_themselves() {
    String name = "own-" + UUID.randomUUID().toString().substring(0, 8);
    TestClient.Answer proposed = propose(name, SOURCE);

    TestClient.Answer own = decide(cleo(), proposed, "APPROVED");

    assertThat(own.status()).isEqualTo(403);
    assertThat(own.json().path("type").asString()).isEqualTo("/problems/own-proposal");
    assertThat(own.json().path("detail").asString()).contains("compliance-officer or admin");
    assertThat(decide(client.as("ben", Role.APPROVER), proposed, "APPROVED").status())
        .isEqualTo(403);
    assertThat(cleo().get("/api/policies/" + name).status()).isEqualTo(404);
  }

  @Test
  void what_was_rejected_or_overtaken_is_not_activated() {
    String name = "late-" + UUID.randomUUID().toString().substring(0, 8);
    TestClient.Answer rejected = propose(name, SOURCE);
    TestClient.Answer overtaken = propose(name, SOURCE.replace("100", "300"));
    TestClient.Answer faster = propose(name, SOURCE.replace("100", "400"));
    TestClient.TestCaller root = client.as("root", Role.ADMIN);

    assertThat(
            root.post(
                    "/api/policy-proposals/"
                        + rejected.json().path("proposalId").asString()
                        + "/decisions",
                    Map.of("decision", "REJECTED"))
                .status())
        .isEqualTo(400);
    assertThat(decide(root, rejected, "REJECTED").json().path("state").asString())
        .isEqualTo("REJECTED");
    assertThat(decide(root, rejected, "APPROVED").json().path("type").asString())
        .isEqualTo("/problems/policy-proposal-closed");
    assertThat(decide(root, faster, "APPROVED").status()).isEqualTo(200);
    assertThat(decide(root, overtaken, "APPROVED").json().path("type").asString())
        .isEqualTo("/problems/policy-proposal-outdated");
    assertThat(cleo().get("/api/policies/" + name).json().get("items")).hasSize(1);
    events.awaitPublished(PolicyChangeRejected.class, each -> each.policy().equals(name));
  }

  private TestClient.Answer propose(String name, String source) {
    return cleo().post("/api/policies", policy(name, source));
  }

  private static Map<String, String> policy(String name, String source) {
    return Map.of("name", name, "target", "dataset-admission", "source", source);
  }

  private static TestClient.Answer decide(
      TestClient.TestCaller person, TestClient.Answer proposal, String decision) {
    return person.post(
        "/api/policy-proposals/" + proposal.json().path("proposalId").asString() + "/decisions",
        Map.of("decision", decision, "reason", "looked at it"));
  }

  @Test
  void a_flawed_policy_is_refused_with_the_place_of_each_flaw() {
    TestClient.Answer answer =
        cleo()
            .post(
                "/api/policies",
                Map.of(
                    "name",
                    "flawed",
                    "target",
                    "dataset-admission",
                    "source",
                    SOURCE.replace("dataset.rows", "dataset.lines")));

    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.json().get("errors").get(0).get("pointer").asString())
        .isEqualTo("/source/0/expression");
    assertThat(cleo().get("/api/policies/flawed").status()).isEqualTo(404);
    assertThat(
            cleo()
                .post(
                    "/api/policies/check", Map.of("target", "dataset-admission", "source", SOURCE))
                .status())
        .isEqualTo(204);
    assertThat(
            cleo()
                .post("/api/policies", Map.of("name", "x", "target", "nothing", "source", SOURCE))
                .status())
        .isEqualTo(400);
    assertThat(
            client
                .as("ada", Role.PROMPT_ENGINEER)
                .post("/api/policies", Map.of("name", "x", "target", "release", "source", SOURCE))
                .status())
        .isEqualTo(403);
  }

  @Test
  void each_gate_lists_the_variables_that_its_policies_may_use() {
    JsonNode targets =
        client.as("vera", Role.VIEWER).get("/api/policy-targets").json().get("items");

    assertThat(targets.valueStream().map(each -> each.get("name").asString()))
        .containsExactly(
            "dataset-admission",
            "release",
            "approval",
            "refresh",
            "author-approval",
            "withdrawn-data");
    assertThat(targets.get(0).get("variables").valueStream().map(JsonNode::toString))
        .contains(
            "{\"name\":\"dataset.labels\",\"type\":\"map(string, int)\",\"meaning\":\"rows of each"
                + " label\"}",
            "{\"name\":\"dataset.rows\",\"type\":\"int\",\"meaning\":\"\"}");
  }

  @Test
  void a_risk_is_assessed_again_on_what_is_there_now() {
    TestClient.Answer read = cleo().get("/api/risks/drift");
    Map<String, Object> change =
        Map.of("residualLikelihood", 4, "evidence", List.of("feedback correctness fell to 0.81"));

    assertThat(cleo().patch("/api/risks/drift", change).status()).isEqualTo(428);
    TestClient.Answer changed =
        cleo().header("If-Match", read.header("ETag")).patch("/api/risks/drift", change);
    assertThat(changed.status()).as(changed.toString()).isEqualTo(200);
    assertThat(changed.json().get("residual").get("score").asInt())
        .isEqualTo(4 * read.json().get("residual").get("impact").asInt());
    assertThat(
            cleo()
                .header("If-Match", read.header("ETag"))
                .patch("/api/risks/drift", change)
                .status())
        .isEqualTo(412);
    assertThat(
            cleo()
                .header("If-Match", "*")
                .patch("/api/risks/drift", Map.of("residualLikelihood", 6))
                .status())
        .isEqualTo(400);
    assertThat(cleo().header("If-Match", "*").patch("/api/risks/unheard", change).status())
        .isEqualTo(404);
    assertThat(
            client
                .as("ada", Role.ML_ENGINEER)
                .header("If-Match", "*")
                .patch("/api/risks/drift", change)
                .status())
        .isEqualTo(403);
    assertThat(events.awaitPublished(RiskChanged.class, each -> each.risk().equals("drift")))
        .isEqualTo(
            new RiskChanged("drift", null, 4, 2, List.of("feedback correctness fell to 0.81")));
  }
}
