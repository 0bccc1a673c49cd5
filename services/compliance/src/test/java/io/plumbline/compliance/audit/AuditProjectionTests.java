package io.plumbline.compliance.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.plumbline.compliance.ComplianceTest;
import io.plumbline.contracts.Digest;
import io.plumbline.contracts.PromptRegistryEvent.PromptVersionPublished;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.test.TestEventClient;
import io.plumbline.platform.test.Workspaces;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Tests that each entry of the ledger becomes searchable in its workspace exactly once. */
@ComplianceTest
class AuditProjectionTests {

  @Autowired AuditProjection projection;
  @Autowired AuditSearch search;
  @Autowired TestEventClient events;

  private final String prompt = "audited-" + UUID.randomUUID();

  @Test
  void an_entry_is_found_by_its_workspace_and_by_no_other() {
    publish(Workspaces.ACME);

    assertThat(awaitEntries(Workspaces.ACME, 1))
        .singleElement()
        .satisfies(entry ->
            assertThat(List.of(entry.type(), entry.actor(), entry.outcome()))
                .isEqualTo(List.of("prompt.version-published", "ada", "RECORDED")));
    assertThat(entries(Workspaces.GLOBEX)).isEmpty();
  }

  @Test
  void entries_of_two_workspaces_in_one_batch_are_kept_apart() {
    publish(Workspaces.ACME);
    publish(Workspaces.GLOBEX);
    publish(Workspaces.ACME);

    assertThat(awaitEntries(Workspaces.ACME, 2)).hasSize(2);
    assertThat(awaitEntries(Workspaces.GLOBEX, 1)).hasSize(1);
  }

  @Test
  void advancing_again_adds_nothing() {
    publish(Workspaces.ACME);
    awaitEntries(Workspaces.ACME, 1);

    projection.projectNextBatch();
    projection.projectNextBatch();

    assertThat(entries(Workspaces.ACME)).hasSize(1);
  }

  @Test
  void a_message_of_no_workspace_does_not_stop_those_behind_it() {
    events.send(
        "plumbline.prompt-registry",
        prompt,
        Map.of("ce_id", UUID.randomUUID().toString(), "ce_source", "/prompt-registry"),
        new byte[] {(byte) 0xff});
    publish(Workspaces.ACME);

    assertThat(awaitEntries(Workspaces.ACME, 1)).hasSize(1);
  }

  private void publish(UUID workspace) {
    events.publish(
        new PromptVersionPublished(prompt, 1, Digest.ofText("v1"), null, "ada", "m"),
        prompt,
        1,
        workspace,
        "ada");
  }

  private List<AuditEntry> awaitEntries(UUID workspace, int count) {
    return await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> entries(workspace), found -> found.size() >= count);
  }

  private List<AuditEntry> entries(UUID workspace) {
    List<AuditEntry> found = new ArrayList<>();
    Caller.system(workspace)
        .run(() ->
            found.addAll(
                search
                    .readChunk(
                        new AuditFilter(null, null, null, prompt, null, null, null),
                        0,
                        Long.MAX_VALUE,
                        50)
                    .entries()));
    return found;
  }
}
