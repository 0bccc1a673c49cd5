package io.plumbline.compliance.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.plumbline.compliance.ComplianceTest;
import io.plumbline.compliance.directory.KeycloakStub;
import io.plumbline.compliance.directory.PeopleDirectory;
import io.plumbline.platform.identity.Role;
import io.plumbline.platform.identity.SecuritySettings;
import io.plumbline.platform.test.TestClient;
import io.plumbline.platform.test.Workspaces;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.client.RestClient;
import tools.jackson.databind.JsonNode;

/** Tests that what administrators change becomes entries of the ledger, each once. */
@ComplianceTest
class IdentityPassTests {

  private static final long NOON = 1_790_000_000_000L;
  private static final String MAPPING = "REALM_ROLE_MAPPING";

  @Autowired TestClient client;
  @Autowired PeopleDirectory people;
  @Autowired IdentityReading reading;
  @Autowired SecuritySettings security;
  @Autowired RestClient.Builder http;
  @Autowired JdbcClient sql;
  @Autowired TransactionTemplate transactions;
  @Autowired Clock clock;

  private final AtomicLong nanos = new AtomicLong();
  private final UUID administrator = KeycloakStub.person("root", Workspaces.ACME);
  private final UUID vera = KeycloakStub.person("vera", Workspaces.ACME);
  private AdminApiStub keycloak = new AdminApiStub();

  IdentityPassTests() throws IOException {}

  @BeforeEach
  void startAnew() {
    transactions.executeWithoutResult(status ->
        sql.sql(
                "UPDATE identity_reading SET state = NULL, reason = NULL, newest_millis = 0,"
                    + " newest_id = NULL")
            .update());
  }

  @AfterEach
  void stop() {
    keycloak.close();
  }

  private IdentityPass pass() {
    IdentitySettings settings =
        new IdentitySettings(
            true, null, "compliance-events", "secret", Duration.ofHours(1), Duration.ofSeconds(10));
    AdminApi api = AdminApi.of(keycloak.address(), settings, security, http, clock);
    return new IdentityPass(Optional.empty(), api, people, reading, nanos::get);
  }

  private String path(UUID person) {
    return "users/" + person + "/role-mappings/realm";
  }

  private List<JsonNode> entries(UUID workspace, String query) {
    return client
        .as("cleo", workspace, Role.COMPLIANCE_OFFICER)
        .get("/api/audit?limit=100&" + query)
        .json()
        .get("items")
        .valueStream()
        .toList();
  }

  private List<JsonNode> awaitEntries(UUID workspace, String object, int count) {
    return await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () -> entries(workspace, "type=identity.changed&object=" + object),
            found -> found.size() >= count);
  }

  private List<JsonNode> awaitChanges(UUID person, int count) {
    return awaitEntries(Workspaces.ACME, "users/" + person, count);
  }

  @Test
  void a_role_that_was_given_says_who_gave_which_to_whom() {
    keycloak.add(
        NOON,
        MAPPING,
        path(vera),
        "[{\"id\":\"7\",\"name\":\"approver\",\"composite\":false}]",
        administrator);

    pass().run();

    JsonNode entry = awaitChanges(vera, 1).getFirst();
    assertThat(entry.get("actor").asString()).isEqualTo(administrator.toString());
    JsonNode change = entry.get("payload");
    assertThat(change.get("resourceType").asString()).isEqualTo(MAPPING);
    assertThat(change.get("operation").asString()).isEqualTo("CREATE");
    assertThat(change.get("changedBy").asString()).isEqualTo(administrator.toString());
    assertThat(change.get("changedAt").asString()).isEqualTo("2026-09-21T14:13:20Z");
    assertThat(change.get("names").get(0).asString()).isEqualTo("approver");
    assertThat(change.get("representationDigest").asString()).hasSize(64);
    assertThat(entries(Workspaces.GLOBEX, "object=users/" + vera)).isEmpty();
  }

  @Test
  void events_of_one_moment_over_several_pages_become_one_entry_each() {
    for (int i = 0; i < 2 * AdminApi.PAGE - 5; i++) {
      keycloak.add(NOON, MAPPING, path(vera), "[]", administrator);
    }
    pass().run();
    pass().run();
    keycloak.add(NOON + 1, MAPPING, path(vera), "[]", administrator);
    pass().run();

    assertThat(awaitChanges(vera, 96)).hasSize(96);
  }

  @Test
  void the_ids_of_events_that_are_read_no_more_are_forgotten_and_no_others() {
    long now = Instant.now().toEpochMilli();
    long days = Duration.ofDays(1).toMillis();
    keycloak.add(now - 40 * days, MAPPING, path(vera), "[]", administrator);
    keycloak.add(now - 35 * days, MAPPING, path(vera), "[]", administrator);
    pass().run();
    pass().run();
    assertThat(storedSince(now - 41 * days)).isEqualTo(2);

    keycloak.add(now - 3 * days, MAPPING, path(vera), "[]", administrator);
    pass().run();
    pass().run();

    assertThat(storedSince(now - 41 * days)).isEqualTo(1);
    assertThat(awaitChanges(vera, 3)).hasSize(3);
  }

  @Test
  void the_id_of_a_new_event_cannot_be_removed() {
    keycloak.add(Instant.now().toEpochMilli(), MAPPING, path(vera), "[]", administrator);
    pass().run();

    assertThatThrownBy(() ->
            transactions.executeWithoutResult(
                status -> sql.sql("DELETE FROM identity_event").update()))
        .hasStackTraceContaining("identity_event is append-only");
  }

  private long storedSince(long millis) {
    return Objects.requireNonNull(
        transactions.execute(status ->
            sql.sql(
                    "SELECT count(*) FROM identity_event WHERE occurred_at BETWEEN to_timestamp(?)"
                        + " AND to_timestamp(?)")
                .params(millis / 1_000, millis / 1_000 + Duration.ofDays(39).toSeconds())
                .query(Long.class)
                .single()));
  }

  @Test
  void an_event_that_appears_late_is_read() {
    keycloak.add(NOON, MAPPING, path(vera), "[]", administrator);
    pass().run();
    keycloak.add(NOON - 60_000, MAPPING, path(vera), "[]", administrator);
    pass().run();

    assertThat(awaitChanges(vera, 2)).hasSize(2);
  }

  @Test
  void a_clock_that_was_ahead_hides_no_later_event() {
    long now = Instant.now().toEpochMilli();
    keycloak.add(now + Duration.ofDays(400).toMillis(), MAPPING, path(vera), "[]", administrator);
    pass().run();
    keycloak.add(now, MAPPING, path(vera), "[]", administrator);
    pass().run();

    assertThat(awaitChanges(vera, 2)).hasSize(2);
  }

  @Test
  void replicas_that_read_at_once_publish_each_event_once() throws Exception {
    for (int i = 0; i < 80; i++) {
      keycloak.add(NOON + i, MAPPING, path(vera), "[]", administrator);
    }
    try (ExecutorService replicas = Executors.newFixedThreadPool(3)) {
      List<Future<?>> passes = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        passes.add(replicas.submit(pass()::run));
      }
      for (Future<?> each : passes) {
        each.get();
      }
    }
    keycloak.add(NOON + 100, MAPPING, path(vera), "[]", administrator);
    pass().run();

    assertThat(awaitChanges(vera, 81)).hasSize(81);
  }

  @Test
  void a_pass_that_ends_between_two_pages_is_continued() {
    for (int i = 0; i < AdminApi.PAGE + 10; i++) {
      keycloak.add(NOON + i, MAPPING, path(vera), "[]", administrator);
    }
    keycloak.pagesLeft.set(1);
    assertThatThrownBy(pass()::run).hasMessageContaining("500");

    keycloak.pagesLeft.set(Integer.MAX_VALUE);
    pass().run();

    assertThat(awaitChanges(vera, AdminApi.PAGE + 10)).hasSize(AdminApi.PAGE + 10);
  }

  @Test
  void a_change_of_the_realm_or_of_an_account_that_is_gone_is_seen_by_every_workspace() {
    UUID gone = UUID.randomUUID();
    String realm = "realm-" + gone;
    keycloak.add(NOON, "REALM", realm, "{\"adminEventsEnabled\":false}", administrator);
    keycloak.add(NOON, "USER", "users/" + gone, "{}", administrator);

    pass().run();

    for (UUID workspace : List.of(Workspaces.ACME, Workspaces.GLOBEX)) {
      JsonNode change = awaitEntries(workspace, realm, 1).getFirst().get("payload");
      assertThat(change.get("names").get(0).asString()).isEqualTo("adminEventsEnabled=false");
      awaitEntries(workspace, "users/" + gone, 1);
    }
  }

  @Test
  void an_account_that_is_given_to_another_workspace_is_seen_there_too() {
    keycloak.add(
        NOON,
        "USER",
        "users/" + vera,
        "{\"attributes\":{\"workspace\":[\"%s\"]}}".formatted(Workspaces.GLOBEX),
        administrator);

    pass().run();

    awaitEntries(Workspaces.ACME, "users/" + vera, 1);
    awaitEntries(Workspaces.GLOBEX, "users/" + vera, 1);
  }

  @Test
  void an_administrator_of_another_realm_is_no_actor_of_the_workspace() {
    keycloak.add(NOON, "master", MAPPING, path(vera), "[]", administrator);

    pass().run();

    JsonNode entry = awaitChanges(vera, 1).getFirst();
    assertThat(entry.get("actor").asString()).isEqualTo("system");
    assertThat(entry.get("warnings")).isEmpty();
    assertThat(entry.at("/payload/changedByRealm").asString()).isEqualTo("master");
  }

  @Test
  void hostile_content_of_a_megabyte_is_cut_and_never_stored() {
    String megabyte = "\uD800secret\0".repeat(130_000);
    keycloak.add(NOON, MAPPING, path(vera), megabyte, administrator);
    keycloak.add(NOON, MAPPING, path(vera), "[".repeat(500_000), administrator);
    keycloak.add(
        NOON, MAPPING, path(vera), "[{\"name\":\"" + "x".repeat(1 << 20) + "\"}]", administrator);
    keycloak.add(NOON, MAPPING, path(vera) + "/" + "y".repeat(1 << 20), "{}", administrator);
    keycloak.addRaw(NOON, "{\"time\":\"no number\",\"authDetails\":[],\"details\":{\"a\":{}}}");
    keycloak.add(NOON + 1, MAPPING, path(vera), "{}", administrator);

    pass().run();

    List<JsonNode> found = awaitChanges(vera, 5);
    assertThat(found).hasSize(5);
    assertThat(found).allMatch(each -> each.toString().length() < 4_000);
    assertThat(found.toString()).doesNotContain("secret");
  }

  @Test
  void what_is_off_begins_again_or_is_gone_is_said_once() {
    keycloak.add(NOON, MAPPING, path(vera), "[]", administrator);
    IdentityPass pass = pass();
    pass.run();
    pass.run();
    assertThat(pass.off()).isZero();
    keycloak.enabled = false;
    pass.run();
    pass.run();
    assertThat(pass.off()).isEqualTo(1);
    assertThat(status("reason")).contains("adminEventsEnabled");
    keycloak.enabled = true;
    keycloak.details = false;
    pass.run();
    assertThat(status("reason")).contains("adminEventsDetailsEnabled");
    keycloak.removeAll();
    pass.run();
    pass.run();

    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () -> assertThat(announced()).endsWith("RECORDED", "OFF", "RECORDED", "GAP"));
  }

  private List<String> announced() {
    return entries(Workspaces.GLOBEX, "type=identity.recording-changed").reversed().stream()
        .map(each -> each.at("/payload/state").asString())
        .toList();
  }

  private @Nullable String status(String field) {
    return client
        .as("vera", Role.VIEWER)
        .get("/api/identity-recording")
        .json()
        .get(field)
        .asString();
  }

  @Test
  void while_keycloak_is_away_the_lag_grows_and_nothing_is_lost() {
    IdentityPass pass = pass();
    keycloak.add(NOON, MAPPING, path(vera), "[]", administrator);
    keycloak.unavailable = true;
    nanos.addAndGet(Duration.ofMinutes(20).toNanos());
    assertThatThrownBy(pass::run).hasMessageContaining("503");
    assertThat(pass.secondsBehind()).isEqualTo(1_200);

    keycloak.unavailable = false;
    pass.run();

    assertThat(pass.secondsBehind()).isZero();
    assertThat(awaitChanges(vera, 1)).hasSize(1);
  }

  @Test
  void where_events_cannot_be_read_the_reason_is_said() {
    IdentitySettings off =
        new IdentitySettings(
            false, null, "compliance-events", "secret", Duration.ZERO, Duration.ZERO);

    new IdentityPass(off.obstacle(), null, people, reading, nanos::get).run();

    assertThat(status("state")).isEqualTo("OFF");
    assertThat(status("reason"))
        .isEqualTo("not available: plumbline.identity-events.enabled is false");
  }
}
