package io.plumbline.datasetregistry;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.platform.identity.Role;
import io.plumbline.platform.test.Events;
import io.plumbline.platform.test.PlumblineTest;
import io.plumbline.platform.test.TestClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** What the journeys share: a data steward who uploads, and what becomes of it. */
@PlumblineTest
abstract class DatasetJourney {

  @Autowired TestClient client;

  @Autowired Events events;

  TestClient.As steward;

  private final String name;
  private final UUID workspace;

  DatasetJourney(String name, UUID workspace) {
    this.name = name;
    this.workspace = workspace;
  }

  @BeforeEach
  void signIn() {
    steward = client.as(name, workspace, Role.DATA_STEWARD);
  }

  /** What long work leads to, whether it is done or has failed. */
  JsonNode settled(TestClient.Answer accepted) {
    assertThat(accepted.status()).as(accepted.toString()).isEqualTo(202);
    return Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () -> steward.get(accepted.header("Location")).json(),
            json -> !json.path("state").asString().endsWith("ING"));
  }

  List<String> everythingPublished() {
    return events.read("plumbline.dataset-registry").stream()
        .map(message -> new String(message.value(), StandardCharsets.UTF_8))
        .toList();
  }
}
