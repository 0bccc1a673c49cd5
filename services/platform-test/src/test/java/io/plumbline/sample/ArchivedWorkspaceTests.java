package io.plumbline.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.plumbline.contracts.ComplianceEvent.WorkspaceArchived;
import io.plumbline.contracts.ComplianceEvent.WorkspaceChanged;
import io.plumbline.contracts.ComplianceEvent.WorkspaceConfiguration;
import io.plumbline.contracts.ComplianceEvent.WorkspaceCreated;
import io.plumbline.platform.identity.Role;
import io.plumbline.platform.test.PlumblineTest;
import io.plumbline.platform.test.TestClient;
import io.plumbline.platform.test.TestEventClient;
import io.plumbline.platform.workspace.KnownWorkspaces;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Tests what every service does when a workspace is created and archived. */
@PlumblineTest
class ArchivedWorkspaceTests {

  private static final WorkspaceConfiguration CONFIGURATION =
      new WorkspaceConfiguration("pilot", List.of(), "USD", List.of(), List.of(), null);

  @Autowired TestClient client;
  @Autowired TestEventClient events;
  @Autowired KnownWorkspaces workspaces;

  private final UUID id = UUID.randomUUID();

  @Test
  void an_archived_workspace_is_readable_and_refuses_changes() {
    TestClient.TestCaller ada = client.as("ada", id, Role.PROMPT_ENGINEER);
    publishCreated();
    await().until(() -> workspaces.active().contains(id));
    assertThat(ada.post("/api/notes", Map.of("name", "kept")).status()).isEqualTo(201);

    events.publish(new WorkspaceArchived(id, "The pilot has ended."), id.toString(), 3, id, "root");

    await().until(() -> !workspaces.active().contains(id));
    TestClient.Answer refused = ada.post("/api/notes", Map.of("name", "more"));
    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.body()).contains("/problems/workspace-archived");
    assertThat(ada.get("/api/notes/kept").status()).isEqualTo(200);
    assertThat(client.as("ben", Role.PROMPT_ENGINEER).post("/api/notes", note()).status())
        .isEqualTo(201);
  }

  /** Two events of a workspace can arrive in the other order after a redelivery. */
  @Test
  void an_older_event_does_not_bring_a_workspace_back() {
    events.publish(new WorkspaceArchived(id, "The pilot has ended."), id.toString(), 3, id, "root");
    UUID last = UUID.randomUUID();
    publishCreated();
    events.publish(new WorkspaceChanged(id, CONFIGURATION), id.toString(), 2, id, "root");
    events.publish(
        new WorkspaceCreated(last, false, CONFIGURATION), id.toString(), 1, last, "root");

    await().until(() -> workspaces.active().contains(last));
    assertThat(workspaces.active()).doesNotContain(id);
  }

  private void publishCreated() {
    events.publish(new WorkspaceCreated(id, false, CONFIGURATION), id.toString(), 1, id, "root");
  }

  private static Map<String, Object> note() {
    return Map.of("name", "note-" + UUID.randomUUID());
  }
}
