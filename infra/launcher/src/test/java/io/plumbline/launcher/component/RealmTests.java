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

  private final JsonNode realm =
      new JsonMapper().readTree(Path.of("../keycloak/plumbline-realm.json").toFile());

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
        .contains("cli");
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
  void only_compliance_reads_accounts_and_no_other_client_role_is_granted() {
    List<String> granted =
        elements("users")
            .filter(user -> user.has("clientRoles"))
            .map(user -> user.path("username").asString() + " " + user.path("clientRoles"))
            .toList();
    assertThat(granted)
        .containsExactly("service-account-compliance {\"realm-management\":[\"view-users\"]}");
  }

  private Stream<JsonNode> elements(String name) {
    return StreamSupport.stream(realm.path(name).spliterator(), false);
  }
}
