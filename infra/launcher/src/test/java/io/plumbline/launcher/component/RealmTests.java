package io.plumbline.launcher.component;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.launcher.installation.Application;
import io.plumbline.launcher.installation.DemoUser;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class RealmTests {

  private static final Path EVERYWHERE = Path.of("../keycloak/plumbline-realm.json");

  private final JsonNode everywhere = new JsonMapper().readTree(EVERYWHERE.toFile());
  private final JsonNode realm = LocalRealm.of(EVERYWHERE, Path.of("../keycloak/local-realm.json"));

  @Test
  void carries_no_secret() {
    Stream<String> secrets =
        Stream.concat(
            elements("clients").flatMap(client -> client.path("secret").asStringOpt().stream()),
            elements("users")
                .flatMap(
                    user -> StreamSupport.stream(user.path("credentials").spliterator(), false))
                .map(credential -> credential.path("value").asString()));
    assertThat(secrets)
        .isNotEmpty()
        .allMatch(value -> value.matches("\\$\\{PLUMBLINE_(CLIENT|PERSON)_[A-Z_]+}"));
  }

  @Test
  void contains_every_application_and_every_user_of_the_launcher() {
    List<String> clients =
        elements("clients").map(client -> client.path("clientId").asString()).toList();
    assertThat(clients)
        .containsAll(Application.values().stream().map(Application::name).toList())
        .contains("cli", "demo");
    List<String> users =
        elements("users")
            .map(user -> user.path("username").asString())
            .filter(name -> !name.startsWith("service-account-"))
            .toList();
    assertThat(users)
        .containsExactlyElementsOf(DemoUser.values().stream().map(DemoUser::name).toList());
  }

  @Test
  void only_accounts_of_services_are_services() {
    assertThat(
            elements("users")
                .filter(user ->
                    user.path("realmRoles")
                        .toString()
                        .toLowerCase(Locale.ROOT)
                        .contains("\"service\"")))
        .allMatch(user ->
            user.path("username")
                .asString()
                .equals("service-account-" + user.path("serviceAccountClientId").asString()));
  }

  @Test
  void only_compliance_reads_accounts_and_events_and_no_other_client_role_is_granted() {
    List<String> granted =
        elements("users")
            .filter(user -> user.has("clientRoles"))
            .map(user -> user.path("username").asString() + " " + user.path("clientRoles"))
            .toList();
    assertThat(granted)
        .containsExactly(
            "service-account-compliance {\"realm-management\":[\"view-users\"]}",
            "service-account-compliance-events {\"realm-management\":[\"view-events\"]}");
  }

  /** Keycloak takes any of several workspaces, and says nothing, for a claim with one value. */
  @Test
  void a_token_names_every_workspace_that_an_account_and_its_groups_are_given() {
    JsonNode mapper =
        elements(everywhere, "clientScopes")
            .flatMap(scope -> elements(scope, "protocolMappers"))
            .filter(each -> each.path("name").asString().equals("workspace"))
            .findFirst()
            .orElseThrow();
    assertThat(mapper.at("/config/aggregate.attrs").asString()).isEqualTo("true");
    assertThat(mapper.at("/config/multivalued").asString()).isEqualTo("true");
  }

  /** The ledger would miss who was given a role, or which one. */
  @Test
  void administrative_events_are_stored_with_what_was_sent() {
    assertThat(everywhere.path("adminEventsEnabled").asBoolean()).isTrue();
    assertThat(everywhere.path("adminEventsDetailsEnabled").asBoolean()).isTrue();
  }

  /** Its token has neither an audience nor a role, so no service takes it. */
  @Test
  void the_client_that_reads_events_opens_no_service() {
    assertThat(client("compliance-events").path("defaultClientScopes")).isEmpty();
    assertThat(elements("scopeMappings").map(each -> each.path("client").asString()))
        .doesNotContain("compliance-events");
  }

  @Test
  void no_client_of_every_installation_takes_a_password() {
    assertThat(elements(everywhere, "clients"))
        .isNotEmpty()
        .noneMatch(client -> client.path("directAccessGrantsEnabled").asBoolean(true));
    assertThat(client("cli").at("/attributes/oauth2.device.authorization.grant.enabled").asString())
        .isEqualTo("true");
  }

  @Test
  void people_with_passwords_are_on_one_machine_only() {
    assertThat(elements(everywhere, "users"))
        .isNotEmpty()
        .allMatch(user -> user.has("serviceAccountClientId"));
  }

  @Test
  void whom_a_browser_is_sent_back_to_is_named_exactly() {
    assertThat(
            elements("clients")
                .flatMap(client ->
                    StreamSupport.stream(client.path("redirectUris").spliterator(), false))
                .map(JsonNode::asString))
        .containsExactly("${PLUMBLINE_GATEWAY_EXTERNAL_URL}/login/oauth2/code/keycloak");
    assertThat(client("gateway").at("/attributes/post.logout.redirect.uris").asString())
        .isEqualTo("${PLUMBLINE_GATEWAY_EXTERNAL_URL}/");
  }

  /**
   * Checks that a person's token never has the role of a service, and that a service's token has no
   * other.
   */
  @Test
  void a_token_has_roles_of_the_clients_scope_only() {
    assertThat(elements("clients"))
        .noneMatch(client -> client.path("fullScopeAllowed").asBoolean(true));
    List<String> signsIn = List.of("gateway", "cli", "demo");
    assertThat(elements("scopeMappings"))
        .hasSize((int) elements("clients").count() - 1)
        .allSatisfy(scope -> {
          List<String> roles =
              StreamSupport.stream(scope.path("roles").spliterator(), false)
                  .map(JsonNode::asString)
                  .toList();
          if (signsIn.contains(scope.path("client").asString())) {
            assertThat(roles).doesNotContain("service").hasSize(8);
          } else {
            assertThat(roles).containsExactly("service");
          }
        });
  }

  @Test
  void every_workspace_has_somebody_for_each_step_of_a_release() {
    for (String workspace : List.of("acme", "globex")) {
      assertThat(
              DemoUser.values().stream()
                  .filter(user -> user.workspace().equals(workspace))
                  .flatMap(user -> Stream.of(user.roles().split(", ", -1))))
          .as(workspace)
          .contains("prompt-engineer", "ml-engineer", "data-steward", "approver", "sre");
    }
  }

  /** {@code docs/roles.md}: who runs the platform neither approves nor audits their own work. */
  @Test
  void no_administrator_approves_or_audits() {
    assertThat(DemoUser.values())
        .filteredOn(user -> user.roles().contains("admin"))
        .isNotEmpty()
        .noneMatch(user ->
            user.roles().contains("approver") || user.roles().contains("compliance-officer"));
  }

  @Test
  void what_the_launcher_says_of_the_people_is_what_the_realm_grants() {
    for (DemoUser user : DemoUser.values()) {
      JsonNode account =
          elements("users")
              .filter(each -> each.path("username").asString().equals(user.name()))
              .findFirst()
              .orElseThrow();
      assertThat(
              StreamSupport.stream(account.path("realmRoles").spliterator(), false)
                  .map(JsonNode::asString))
          .as(user.name())
          .containsExactly(user.roles().split(", ", -1));
    }
  }

  private JsonNode client(String id) {
    return elements("clients")
        .filter(client -> client.path("clientId").asString().equals(id))
        .findFirst()
        .orElseThrow();
  }

  private Stream<JsonNode> elements(String name) {
    return elements(realm, name);
  }

  private static Stream<JsonNode> elements(JsonNode parent, String name) {
    return StreamSupport.stream(parent.path(name).spliterator(), false);
  }
}
