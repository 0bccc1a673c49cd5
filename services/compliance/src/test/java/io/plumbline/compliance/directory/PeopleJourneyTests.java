package io.plumbline.compliance.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.plumbline.compliance.ComplianceTest;
import io.plumbline.platform.identity.Role;
import io.plumbline.platform.test.TestClient;
import io.plumbline.platform.test.Workspaces;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.node.ObjectNode;

/** Follows an id that a service recorded to the name that a person reads. */
@ComplianceTest
class PeopleJourneyTests {

  @Autowired TestClient client;

  @Test
  void a_colleague_has_a_name_and_nothing_else_is_returned() {
    UUID ada = KeycloakStub.person("ada", Workspaces.ACME);

    TestClient.Answer answer = vera().get("/api/people/" + ada);

    assertThat(answer.body())
        .isEqualTo(
            "{\"actor\":\"%s\",\"name\":\"ADA Quill\",\"username\":\"ada\",\"service\":false}"
                .formatted(ada));
  }

  @Test
  void a_service_of_the_platform_is_named_in_every_workspace() {
    UUID evaluation = KeycloakStub.serviceAccount("evaluation");

    String named =
        "{\"actor\":\"%s\",\"name\":\"evaluation\",\"username\":\"service-account-evaluation\",\"service\":true}"
            .formatted(evaluation);
    assertThat(vera().get("/api/people/" + evaluation).body()).isEqualTo(named);
    assertThat(
            client
                .as("gus", Workspaces.GLOBEX, Role.VIEWER)
                .get("/api/people/" + evaluation)
                .body())
        .isEqualTo(named);
  }

  @Test
  void a_person_of_another_workspace_is_as_unknown_as_nobody() {
    UUID gus = KeycloakStub.person("gus", Workspaces.GLOBEX);

    assertThat(client.as("gail", Workspaces.GLOBEX, Role.VIEWER).get("/api/people/" + gus).status())
        .isEqualTo(200);
    assertThat(refusal(gus))
        .isEqualTo(refusal(UUID.randomUUID()))
        .startsWith("404 ")
        .contains("/problems/not-found");
  }

  @Test
  void an_account_without_a_workspace_is_nobodys_colleague() {
    UUID stranger = KeycloakStub.account("\"username\": \"stranger\"");
    UUID odd =
        KeycloakStub.account(
            "\"username\": \"odd\", \"attributes\": {\"workspace\": [\"not a workspace\"]}");

    assertThat(vera().get("/api/people/" + stranger).status()).isEqualTo(404);
    assertThat(vera().get("/api/people/" + odd).status()).isEqualTo(404);
  }

  @Test
  void without_a_known_name_the_username_stands_for_it() {
    UUID mia =
        KeycloakStub.account(
            "\"username\": \"mia\", \"firstName\": \" \", \"attributes\": {\"workspace\": [\"%s\"]}"
                .formatted(Workspaces.ACME));

    assertThat(vera().get("/api/people/" + mia).json().get("name").asString()).isEqualTo("mia");
  }

  @Test
  void while_keycloak_is_unavailable_the_answer_says_when_to_retry() {
    UUID sam = KeycloakStub.person("sam", Workspaces.ACME);
    KeycloakStub.unavailable(true);
    try {
      TestClient.Answer answer = vera().get("/api/people/" + sam);

      assertThat(answer.status()).isEqualTo(503);
      assertThat(answer.header("Retry-After")).isEqualTo("1");
      assertThat(answer.json().get("type").asString()).isEqualTo("/problems/unavailable");
    } finally {
      KeycloakStub.unavailable(false);
    }
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> vera().get("/api/people/" + sam).status() == 200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "system",
        "..",
        "%2e%2e",
        "..%2fclients",
        "%2e%2e%2fclients",
        "0190a000-0000-7000-8000-000000000101%2f..%2f..%2fclients",
        "count",
        "0190a000-0000-7000-8000-000000000101;x=/..",
        "0190a000-0000-7000-8000-000000000101%3fa=b",
        "%00",
        "%7bid%7d"
      })
  void nothing_but_an_id_reaches_keycloak(String path) {
    int before = KeycloakStub.requests().size();

    assertThat(vera().get("/api/people/" + path).status()).isBetween(400, 404);

    assertThat(KeycloakStub.requests()).hasSize(before);
  }

  private String refusal(UUID actor) {
    TestClient.Answer answer = vera().get("/api/people/" + actor);
    ObjectNode body = (ObjectNode) answer.json();
    body.remove("traceId");
    return answer.status() + " " + body.toString().replace(actor.toString(), "");
  }

  private TestClient.TestCaller vera() {
    return client.as("vera", Role.VIEWER);
  }
}
