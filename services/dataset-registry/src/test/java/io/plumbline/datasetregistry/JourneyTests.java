package io.plumbline.datasetregistry;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contracts.DatasetRegistryEvent.DatasetVersionPublished;
import io.plumbline.platform.identity.Role;
import io.plumbline.platform.test.Events;
import io.plumbline.platform.test.PlumblineTest;
import io.plumbline.platform.test.TestClient;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** From an upload to an admitted split, as a data steward meets it. */
@PlumblineTest
class JourneyTests {

  @Autowired
  TestClient client;

  @Autowired
  Events events;

  @Test
  void an_upload_becomes_a_ready_version_with_a_report() {
    TestClient.As steward = client.as("ada", Role.DATA_STEWARD);
    assertThat(steward.post("/api/datasets", Map.of("name", "first", "kind", "CLASSIFICATION", "textColumn", "body", "labelColumn", "label")).status())
        .isEqualTo(201);
    String csv = "body,label,source\r\n\"Hello, you\",ham,a\r\nwin money now,spam,b\r\nHELLO you!,spam,jo@example.org\r\n";
    TestClient.Answer begun = steward.header("Content-Type", "text/csv").post("/api/datasets/first/versions", csv);
    assertThat(begun.status()).as(begun.toString()).isEqualTo(202);
    JsonNode version = ready(steward, begun.header("Location"));
    assertThat(version.at("/report/duplicates/exact").asInt()).isEqualTo(1);
    assertThat(version.at("/report/labels/contradictions").asInt()).isEqualTo(1);
    assertThat(version.at("/report/privacy/findings/EMAIL").asInt()).isEqualTo(1);
    assertThat(events.awaitPublished(DatasetVersionPublished.class, event -> event.dataset().equals("first")).rows()).isEqualTo(3);
  }

  private static JsonNode ready(TestClient.As caller, String location) {
    return Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> caller.get(location).json(), json -> !json.path("state").asString().equals("INGESTING"));
  }
}
