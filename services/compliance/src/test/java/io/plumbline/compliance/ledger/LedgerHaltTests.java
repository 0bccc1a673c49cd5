package io.plumbline.compliance.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.plumbline.compliance.ComplianceTest;
import io.plumbline.compliance.ledger.head.LedgerKey;
import io.plumbline.contracts.Digest;
import io.plumbline.contracts.PromptRegistryEvent.PromptVersionPublished;
import io.plumbline.platform.identity.Role;
import io.plumbline.platform.test.EmbeddedServers;
import io.plumbline.platform.test.TestClient;
import io.plumbline.platform.test.TestEventClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** Tests that a message that cannot be recorded visibly stops the ledger and is not left out. */
@ComplianceTest
class LedgerHaltTests {

  @Autowired TestClient client;
  @Autowired TestEventClient events;

  @ParameterizedTest
  @ValueSource(strings = {"ledger_message", "ledger_entry"})
  void it_stops_on_a_failure_reports_it_and_recovers_by_itself(String table) {
    String prompt = "halt-" + UUID.randomUUID();
    TestClient.TestCaller vera = client.as("vera", Role.VIEWER);
    await().atMost(Duration.ofSeconds(60)).until(() -> health() == 200);
    EmbeddedServers.executeAsSuperuser(
        "compliance", "REVOKE INSERT ON " + table + " FROM compliance_app");
    try {
      for (int version = 1; version <= 3; version++) {
        events.publish(
            new PromptVersionPublished(
                prompt, version, Digest.ofText("v" + version), null, "ada", "m"),
            prompt,
            version);
      }
      await().atMost(Duration.ofSeconds(60)).until(() -> health() == 503);
      assertThat(client.getFromManagementPort("/actuator/prometheus").body())
          .contains("plumbline_ledger_halted{service=\"compliance\"} 1.0");
    } finally {
      EmbeddedServers.executeAsSuperuser(
          "compliance", "GRANT INSERT ON " + table + " TO compliance_app");
    }

    List<Integer> versions =
        await()
            .until(
                () ->
                    vera.get("/api/audit?object=" + prompt)
                        .json()
                        .get("items")
                        .valueStream()
                        .map(entry -> entry.get("payload").get("version").asInt())
                        .toList(),
                found -> found.size() == 3);
    assertThat(versions).containsExactly(3, 2, 1);
    await().atMost(Duration.ofSeconds(60)).until(() -> health() == 200);
  }

  @Test
  void the_key_is_readable_by_its_owner_only() throws IOException {
    Path file = Path.of("target/test-ledger-key", LedgerKey.PRIVATE_FILE);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  private int health() {
    return client.getFromManagementPort("/actuator/health").status();
  }
}
