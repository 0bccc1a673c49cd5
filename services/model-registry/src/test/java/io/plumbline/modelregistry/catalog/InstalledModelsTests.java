package io.plumbline.modelregistry.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.plumbline.contracts.ComplianceEvent.WorkspaceConfiguration;
import io.plumbline.contracts.ComplianceEvent.WorkspaceCreated;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.test.PlumblineTest;
import io.plumbline.platform.test.TestEventClient;
import io.plumbline.platform.test.Workspaces;
import io.plumbline.platform.web.PageRequest;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@PlumblineTest
class InstalledModelsTests {

  @Autowired InstalledModels installed;
  @Autowired BaseModelCatalog catalog;
  @Autowired TestEventClient events;

  @Test
  void a_second_start_changes_nothing() throws Exception {
    await().atMost(Duration.ofSeconds(60)).until(() -> local(), found -> found.size() == 5);
    List<BaseModelCatalog.Entry> before = local();
    installed.registerAll();
    assertThat(local()).isEqualTo(before);
  }

  @Test
  void a_new_workspace_has_the_models_without_a_restart() {
    UUID workspace = UUID.randomUUID();
    events.publish(
        new WorkspaceCreated(
            workspace,
            false,
            new WorkspaceConfiguration("pilot", List.of(), "USD", List.of(), List.of(), null)),
        workspace.toString(),
        1,
        workspace,
        "root");

    await().atMost(Duration.ofSeconds(60)).until(() -> local(workspace), has -> has.size() == 5);
  }

  private List<BaseModelCatalog.Entry> local() throws Exception {
    return local(Workspaces.ACME);
  }

  private List<BaseModelCatalog.Entry> local(UUID workspace) throws Exception {
    return Caller.system(workspace)
        .call(() ->
            catalog.page(new PageRequest(100, null)).items().stream()
                .filter(entry -> entry.listing().name().provider().equals("local"))
                .toList());
  }
}
