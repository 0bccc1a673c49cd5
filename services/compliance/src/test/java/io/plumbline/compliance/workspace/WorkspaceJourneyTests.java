package io.plumbline.compliance.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.compliance.ComplianceTest;
import io.plumbline.compliance.directory.KeycloakStub;
import io.plumbline.contracts.ComplianceEvent.WorkspaceArchived;
import io.plumbline.contracts.ComplianceEvent.WorkspaceChanged;
import io.plumbline.contracts.ComplianceEvent.WorkspaceConfiguration;
import io.plumbline.contracts.ComplianceEvent.WorkspaceCreated;
import io.plumbline.contracts.ComplianceEvent.WorkspaceQuota;
import io.plumbline.contracts.EventTypes;
import io.plumbline.platform.identity.Role;
import io.plumbline.platform.test.EmbeddedServers;
import io.plumbline.platform.test.TestClient;
import io.plumbline.platform.test.TestEventClient;
import io.plumbline.platform.test.Workspaces;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** Tests workspaces from creation to archive. ACME is the operator's workspace. */
@ComplianceTest
class WorkspaceJourneyTests {

  @Autowired TestClient client;
  @Autowired TestEventClient events;

  private final UUID id = UUID.randomUUID();
  private final String name = "w-" + id;

  @Test
  void a_new_workspace_has_policies_and_risks_at_once_and_an_event_of_its_own() {
    TestClient.Answer created =
        root()
            .header("Idempotency-Key", name)
            .post(
                "/api/workspaces",
                Map.of(
                    "workspaceId",
                    id,
                    "name",
                    name,
                    "regions",
                    List.of("DE"),
                    "currency",
                    "EUR",
                    "quotas",
                    List.of(Map.of("kind", "prompts", "limit", 7))));

    assertThat(created.status()).as(created.toString()).isEqualTo(201);
    assertThat(created.header("ETag")).isEqualTo("\"1\"");
    TestClient.TestCaller officer = client.as("olga", id, Role.COMPLIANCE_OFFICER);
    assertThat(names(officer.get("/api/policies").json()))
        .containsExactly("approval-default", "dataset-admission-default", "release-default");
    assertThat(officer.get("/api/risks").json().get("items").size()).isPositive();
    WorkspaceCreated published =
        events.awaitPublished(WorkspaceCreated.class, each -> each.workspaceId().equals(id));
    assertThat(published)
        .isEqualTo(
            new WorkspaceCreated(
                id,
                false,
                new WorkspaceConfiguration(
                    name,
                    List.of("DE"),
                    "EUR",
                    List.of(),
                    List.of(new WorkspaceQuota("prompts", 7)),
                    null)));
    assertThat(workspacesOfEvents(EventTypes.typeOf(WorkspaceCreated.class)))
        .contains(id.toString());
  }

  @Test
  void the_same_request_creates_one_workspace_and_another_one_cannot_take_its_id_or_name() {
    Map<String, Object> body = Map.of("workspaceId", id, "name", name);
    TestClient.TestCaller once = root().header("Idempotency-Key", name);

    assertThat(once.post("/api/workspaces", body).status()).isEqualTo(201);
    assertThat(once.post("/api/workspaces", body).status()).isEqualTo(201);
    assertThat(
            events.published(WorkspaceCreated.class).stream()
                .filter(each -> each.workspaceId().equals(id)))
        .hasSizeLessThan(2);
    assertThat(root().post("/api/workspaces", body).status()).isEqualTo(409);
    TestClient.Answer sameName = root().post("/api/workspaces", Map.of("name", name));
    assertThat(sameName.status()).isEqualTo(409);
    assertThat(sameName.body()).contains("/problems/workspace-exists", "/name");
  }

  @Test
  void a_configuration_is_replaced_by_the_holder_of_the_current_version() {
    TestClient.Answer created = create();
    Map<String, Object> change = Map.of("name", name, "retentionDays", 14);

    assertThat(root().put(path(), change).status()).isEqualTo(428);
    TestClient.Answer changed =
        root().header("If-Match", created.header("ETag")).put(path(), change);
    assertThat(changed.status()).as(changed.toString()).isEqualTo(200);
    assertThat(changed.json().get("retentionDays").asInt()).isEqualTo(14);
    assertThat(root().header("If-Match", created.header("ETag")).put(path(), change).status())
        .isEqualTo(412);
    assertThat(
            events
                .awaitPublished(WorkspaceChanged.class, each -> each.workspaceId().equals(id))
                .configuration()
                .retentionDays())
        .isEqualTo(14);
  }

  @Test
  void a_configuration_that_breaks_a_rule_is_refused_with_the_field() {
    TestClient.Answer refused =
        root()
            .post(
                "/api/workspaces",
                Map.of("name", name, "regions", List.of("ZZ"), "currency", "ZZZ"));

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.body()).contains("/regions/0", "/currency");
  }

  @Test
  void an_administrator_of_another_workspace_sees_and_configures_that_one_alone() {
    TestClient.Answer created = create();
    TestClient.TestCaller own = client.as("ines", id, Role.ADMIN);
    TestClient.TestCaller stranger = client.as("gwen", Workspaces.GLOBEX, Role.ADMIN);

    assertThat(names(own.get("/api/workspaces").json())).containsExactly(name);
    assertThat(own.header("If-Match", created.header("ETag")).put(path(), plain()).status())
        .isEqualTo(200);
    assertThat(
            own.header("If-Match", "*")
                .put(
                    path(),
                    Map.of("name", name, "quotas", List.of(Map.of("kind", "prompts", "limit", 9))))
                .status())
        .isEqualTo(403);
    assertThat(own.post("/api/workspaces", Map.of("name", "more")).status()).isEqualTo(403);
    assertThat(own.post(path() + "/archive", Map.of("reason", "enough")).status()).isEqualTo(403);
    assertThat(stranger.get(path()).status()).isEqualTo(404);
    assertThat(stranger.post(path() + "/archive", Map.of("reason", "enough")).status())
        .isEqualTo(404);
    assertThat(stranger.header("If-Match", "*").put(path(), plain()).status()).isEqualTo(404);
    assertThat(names(stranger.get("/api/workspaces").json())).containsExactly("globex");
  }

  @Test
  void people_of_a_workspace_read_their_own_alone() {
    create();

    assertThat(client.as("vic", id, Role.VIEWER).get(path()).status()).isEqualTo(200);
    assertThat(client.as("vera", Role.VIEWER).get(path()).status()).isEqualTo(404);
    assertThat(client.as("vic", id, Role.VIEWER).get("/api/workspaces").status()).isEqualTo(403);
  }

  @Test
  void roles_that_nobody_has_are_listed_and_an_administrator_covers_some() {
    create();
    KeycloakStub.person("ines-" + name, id, Role.ADMIN);
    KeycloakStub.person("olga-" + name, id, Role.COMPLIANCE_OFFICER);

    TestClient.Answer unheld = root().get(path() + "/unheld-roles");

    assertThat(unheld.status()).as(unheld.toString()).isEqualTo(200);
    assertThat(unheld.json().get("roles").valueStream().map(each -> each.get("role").asString()))
        .containsExactly("approver");
    assertThat(client.as("vera", Role.VIEWER).get(path() + "/unheld-roles").status())
        .isEqualTo(404);
  }

  @Test
  void an_archived_workspace_stays_readable_and_never_changes_again() {
    create();

    TestClient.Answer archived =
        root().post(path() + "/archive", Map.of("reason", "The pilot has ended."));
    assertThat(archived.status()).as(archived.toString()).isEqualTo(200);
    assertThat(archived.json().get("state").asString()).isEqualTo("ARCHIVED");
    assertThat(events.awaitPublished(WorkspaceArchived.class, e -> e.workspaceId().equals(id)))
        .isEqualTo(new WorkspaceArchived(id, "The pilot has ended."));
    assertThat(root().get(path()).status()).isEqualTo(200);
    assertThat(root().header("If-Match", "*").put(path(), plain()).status()).isEqualTo(409);
    assertThat(root().post(path() + "/archive", Map.of("reason", "again")).status()).isEqualTo(409);
  }

  @Test
  void the_operators_workspace_cannot_be_archived() {
    TestClient.Answer refused =
        root().post("/api/workspaces/" + Workspaces.ACME + "/archive", Map.of("reason", "enough"));

    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.body()).contains("/problems/workspace-of-operator");
  }

  @Test
  void a_workspace_of_a_former_version_is_announced_at_the_start() {
    assertThat(
            events.awaitPublished(
                WorkspaceCreated.class, each -> each.workspaceId().equals(Workspaces.GLOBEX)))
        .isEqualTo(
            new WorkspaceCreated(
                Workspaces.GLOBEX,
                false,
                new WorkspaceConfiguration(
                    "globex", List.of(), "USD", List.of(), List.of(), null)));
  }

  @Test
  void the_first_workspace_is_that_of_the_administrator_who_creates_it() throws SQLException {
    asSuperuser(
        "CREATE TABLE workspace_kept AS SELECT * FROM workspace",
        "SET session_replication_role = replica",
        "DELETE FROM workspace");
    try {
      TestClient.TestCaller first = client.as("fay", id, Role.ADMIN);
      assertThat(
              first
                  .post("/api/workspaces", Map.of("workspaceId", UUID.randomUUID(), "name", name))
                  .status())
          .isEqualTo(400);
      TestClient.Answer created = first.post("/api/workspaces", Map.of("name", name));
      assertThat(created.status()).as(created.toString()).isEqualTo(201);
      assertThat(created.json().get("workspaceId").asString()).isEqualTo(id.toString());
      assertThat(created.json().get("operator").asBoolean()).isTrue();
      assertThat(root().post("/api/workspaces", Map.of("name", "acme")).status()).isEqualTo(403);
    } finally {
      asSuperuser(
          "SET session_replication_role = replica",
          "DELETE FROM workspace",
          "INSERT INTO workspace SELECT * FROM workspace_kept",
          "DROP TABLE workspace_kept");
    }
  }

  private TestClient.Answer create() {
    TestClient.Answer created =
        root().post("/api/workspaces", Map.of("workspaceId", id, "name", name));
    assertThat(created.status()).as(created.toString()).isEqualTo(201);
    return created;
  }

  private Map<String, Object> plain() {
    return Map.of("name", name);
  }

  private String path() {
    return "/api/workspaces/" + id;
  }

  private TestClient.TestCaller root() {
    return client.as("root", Role.ADMIN);
  }

  private static List<String> names(JsonNode page) {
    return page.get("items").valueStream().map(item -> item.get("name").asString()).toList();
  }

  private List<String> workspacesOfEvents(String type) {
    return events.read(EventTypes.topicOf("compliance")).stream()
        .filter(message -> type.equals(TestEventClient.header(message, "ce_type")))
        .map((ConsumerRecord<byte[], byte[]> message) ->
            TestEventClient.header(message, "ce_workspace"))
        .toList();
  }

  private static void asSuperuser(String... statements) throws SQLException {
    try (Connection connection = EmbeddedServers.connectAsSuperuser("compliance");
        Statement sql = connection.createStatement()) {
      for (String statement : statements) {
        sql.execute(statement);
      }
    }
  }
}
