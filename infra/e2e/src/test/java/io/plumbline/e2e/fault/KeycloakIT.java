package io.plumbline.e2e.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.demo.api.Access;
import io.plumbline.demo.api.ApiUser;
import io.plumbline.e2e.Platform;
import io.plumbline.e2e.RunLength;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes the realm unavailable, or has it sign with another key, while people work: no valid token
 * is refused. What an administrator changes in the realm becomes an entry of the ledger, and groups
 * of the realm give people their workspace.
 */
@ExtendWith(Platform.class)
@Isolated("It ends processes.")
class KeycloakIT {

  private static final Duration TIME = Duration.ofSeconds(RunLength.of("faults.keycloak", 5, 240));
  private static final int CLIENTS = 8;

  /** The pause between requests, which keeps one person below the limit. */
  private static final Duration PAUSE = Duration.ofMillis(150);

  private static final String ACME = "0190a000-0000-7000-8000-000000000001";
  private static final String GLOBEX = "0190a000-0000-7000-8000-000000000002";
  private static final String CHANGES = "/api/audit?type=identity.changed&object=users/";
  private static final String RECORDING = "/api/audit?type=identity.recording-changed";

  /** Longer than the pause between two readings of the events. */
  private static final Duration SOON = Duration.ofMinutes(2);

  private final HttpClient http = HttpClient.newHttpClient();
  private final ApiUser cleo = Platform.user("cleo");

  @Test
  void valid_tokens_work_while_keycloak_is_away() {
    String token = Platform.user("ada").token();
    try (Traffic traffic =
        new Traffic(CLIENTS, PAUSE, client -> Requests.get(Requests.LISTS.get(client), token))) {
      Platform.command("down", "keycloak");
      Traffic.sleep(TIME);
      traffic.end();

      System.out.printf("Keycloak away for %d s: %s%n", TIME.toSeconds(), traffic.outcomes());
      assertThat(traffic.outcomes()).containsOnlyKeys("200");
    } finally {
      Platform.up();
    }
  }

  @Test
  void keys_that_are_rotated_under_load_make_no_valid_token_invalid()
      throws IOException, InterruptedException {
    List<String> tokens = new CopyOnWriteArrayList<>(List.of(Platform.user("ada").token()));
    AtomicInteger next = new AtomicInteger();
    String key = "";
    try (Traffic traffic =
        new Traffic(
            CLIENTS,
            PAUSE,
            client ->
                Requests.get(
                    Requests.LISTS.get(client),
                    tokens.get(next.getAndIncrement() % tokens.size())))) {
      Traffic.sleep(Duration.ofSeconds(2));
      key = addKey();
      String signedAnew = Platform.user("ada").token();
      assertThat(kid(signedAnew)).isNotEqualTo(kid(tokens.getFirst()));
      tokens.add(signedAnew);
      Traffic.sleep(TIME);
      traffic.end();

      System.out.printf("keys rotated: %s%n", traffic.outcomes());
      assertThat(traffic.outcomes()).containsOnlyKeys("200");
    } finally {
      if (!key.isEmpty()) {
        admin("DELETE", "/components/" + key, "");
      }
    }
  }

  @Test
  void what_an_administrator_changes_is_in_the_ledger_and_so_is_that_it_no_longer_is()
      throws IOException, InterruptedException {
    String name = "eve-" + System.nanoTime();
    String password = "correct horse " + name;
    HttpResponse<String> created =
        admin(
            "POST",
            "/users",
            JsonMapper.shared()
                .writeValueAsString(
                    Map.of(
                        "username",
                        name,
                        "enabled",
                        true,
                        "attributes",
                        Map.of("workspace", List.of(ACME)),
                        "credentials",
                        List.of(Map.of("type", "password", "value", password)))));
    assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
    String location = created.headers().firstValue("Location").orElseThrow();
    String user = location.substring(location.lastIndexOf('/') + 1);
    try {
      String role = admin("GET", "/roles/approver", "").body();
      admin("POST", "/users/" + user + "/role-mappings/realm", "[" + role + "]");

      awaitChange(user, "USER");
      assertThat(awaitChange(user, "REALM_ROLE_MAPPING").at("/payload/names/0").asString())
          .isEqualTo("approver");
      assertThat(cleo.get(CHANGES + user).body()).doesNotContain(password);

      storeEvents(false);
      cleo.awaitItem("OFF", SOON, RECORDING, each -> isState(each, "OFF"));
    } finally {
      storeEvents(true);
      admin("DELETE", "/users/" + user, "");
    }
    cleo.awaitItem(
        "its removal",
        SOON,
        CHANGES + user,
        each -> each.at("/payload/operation").asString().equals("DELETE"));
  }

  @Test
  void a_group_gives_a_workspace_and_a_role_and_groups_of_two_workspaces_give_neither()
      throws IOException, InterruptedException {
    String name = "mia-" + System.nanoTime();
    String group = create("/groups", Map.of("name", name, "attributes", workspace(ACME)));
    String other = create("/groups", Map.of("name", "x-" + name, "attributes", workspace(GLOBEX)));
    String user = "";
    try {
      String approvers = create("/groups/" + group + "/children", Map.of("name", "approvers"));
      String role = admin("GET", "/roles/approver", "").body();
      require(admin("POST", "/groups/" + approvers + "/role-mappings/realm", "[" + role + "]"));
      String password = "correct horse of " + name;
      user = create("/users", person(name, password));
      require(admin("PUT", "/users/" + user + "/groups/" + approvers, ""));

      JsonNode caller = claims(signIn(name, password).token());
      assertThat(caller.at("/workspace").valueStream().map(JsonNode::asString))
          .containsExactly(ACME);
      assertThat(caller.at("/roles").valueStream().map(JsonNode::asString)).contains("approver");
      signIn(name, password).get("/api/approvals").expect(200);
      assertThat(cleo.get("/api/people/" + user).expect(200).text("/username")).isEqualTo(name);

      require(admin("PUT", "/users/" + user + "/groups/" + other, ""));
      assertThat(signIn(name, password).get("/api/approvals").expect(401).text("/detail"))
          .startsWith("Your account is given 2 workspaces");
    } finally {
      if (!user.isEmpty()) {
        admin("DELETE", "/users/" + user, "");
      }
      admin("DELETE", "/groups/" + group, "");
      admin("DELETE", "/groups/" + other, "");
    }
  }

  private static Map<String, List<String>> workspace(String id) {
    return Map.of("workspace", List.of(id));
  }

  private static Map<String, Object> person(String name, String password) {
    return Map.of(
        "username",
        name,
        "firstName",
        "Mia",
        "lastName",
        "Stone",
        "email",
        name + "@acme.example",
        "emailVerified",
        true,
        "enabled",
        true,
        "credentials",
        List.of(Map.of("type", "password", "value", password, "temporary", false)));
  }

  /** Returns a person who signs in anew. */
  private static ApiUser signIn(String name, String password) {
    Access here = Platform.access();
    return new ApiUser(
        new Access(here.gateway(), here.tokenUri(), here.clientId(), Map.of(name, password)), name);
  }

  private static JsonNode claims(String token) {
    return JsonMapper.shared().readTree(Base64.getUrlDecoder().decode(token.split("\\.")[1]));
  }

  /** Creates something in the realm, and returns its id. */
  private String create(String path, Map<String, Object> representation)
      throws IOException, InterruptedException {
    HttpResponse<String> created =
        admin("POST", path, JsonMapper.shared().writeValueAsString(representation));
    assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
    String location = created.headers().firstValue("Location").orElseThrow();
    return location.substring(location.lastIndexOf('/') + 1);
  }

  private static void require(HttpResponse<String> done) {
    assertThat(done.statusCode()).as(done.body()).isEqualTo(204);
  }

  private JsonNode awaitChange(String user, String type) {
    return cleo.awaitItem(
        type,
        SOON,
        CHANGES + user,
        each -> each.at("/payload/resourceType").asString().equals(type));
  }

  private static boolean isState(JsonNode entry, String state) {
    return entry.at("/payload/state").asString().equals(state);
  }

  private void storeEvents(boolean stored) throws IOException, InterruptedException {
    ObjectNode config =
        (ObjectNode) JsonMapper.shared().readTree(admin("GET", "/events/config", "").body());
    config.put("adminEventsEnabled", stored);
    HttpResponse<String> changed = admin("PUT", "/events/config", config.toString());
    assertThat(changed.statusCode()).as(changed.body()).isEqualTo(204);
  }

  /** Adds a pair of keys that goes before those that the realm has. */
  private String addKey() throws IOException, InterruptedException {
    String realm = admin("GET", "", "").body();
    Map<String, Object> component =
        Map.of(
            "name",
            "rotated",
            "providerId",
            "rsa-generated",
            "providerType",
            "org.keycloak.keys.KeyProvider",
            "parentId",
            JsonMapper.shared().readTree(realm).at("/id").asString(),
            "config",
            Map.of(
                "priority",
                List.of("1000"),
                "enabled",
                List.of("true"),
                "active",
                List.of("true"),
                "algorithm",
                List.of("RS256")));
    HttpResponse<String> created =
        admin("POST", "/components", JsonMapper.shared().writeValueAsString(component));
    assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
    String location = created.headers().firstValue("Location").orElseThrow();
    return location.substring(location.lastIndexOf('/') + 1);
  }

  private HttpResponse<String> admin(String method, String path, String body)
      throws IOException, InterruptedException {
    String keycloak = Platform.access().tokenUri().replaceFirst("/realms/.*", "");
    return http.send(
        HttpRequest.newBuilder(URI.create(keycloak + "/admin/realms/plumbline" + path))
            .header("Authorization", "Bearer " + adminToken(keycloak))
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(body))
            .build(),
        BodyHandlers.ofString());
  }

  private String adminToken(String keycloak) throws IOException, InterruptedException {
    String form =
        "grant_type=password&client_id=admin-cli&username=admin&password="
            + URLEncoder.encode(Platform.secret("keycloak/admin"), StandardCharsets.UTF_8);
    HttpResponse<String> answer =
        http.send(
            HttpRequest.newBuilder(
                    URI.create(keycloak + "/realms/master/protocol/openid-connect/token"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form))
                .build(),
            BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return JsonMapper.shared().readTree(answer.body()).at("/access_token").asString();
  }

  private static String kid(String token) {
    byte[] header = Base64.getUrlDecoder().decode(token.substring(0, token.indexOf('.')));
    return JsonMapper.shared().readTree(header).at("/kid").asString();
  }
}
