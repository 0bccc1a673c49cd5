package io.plumbline.launcher.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.launcher.installation.DemoUser;
import java.nio.file.Path;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class DemoWorkspacesTests {

  private final JsonNode realm =
      new JsonMapper().readTree(Path.of("../keycloak/local-realm.json").toFile());

  @Test
  void every_account_of_this_machine_carries_the_id_of_a_workspace_that_is_created() {
    for (DemoUser user : DemoUser.values()) {
      JsonNode account =
          StreamSupport.stream(realm.path("users").spliterator(), false)
              .filter(each -> each.path("username").asString().equals(user.name()))
              .findFirst()
              .orElseThrow();

      assertThat(account.at("/attributes/workspace/0").asString())
          .as(user.name())
          .isEqualTo(String.valueOf(DemoWorkspaces.all().get(user.workspace())));
    }
  }

  @Test
  void the_administrator_who_creates_them_is_of_the_operators_workspace() {
    assertThat(DemoUser.values())
        .filteredOn(user -> user.name().equals(WorkspaceApi.ADMINISTRATOR))
        .containsExactly(new DemoUser(WorkspaceApi.ADMINISTRATOR, "acme", "admin"));
  }
}
