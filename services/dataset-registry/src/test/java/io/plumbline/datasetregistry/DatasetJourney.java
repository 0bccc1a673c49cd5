package io.plumbline.datasetregistry;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contracts.ComplianceEvent.PolicyActivated;
import io.plumbline.contracts.DatasetRegistryEvent.AdmissionDecided;
import io.plumbline.contracts.Digest;
import io.plumbline.platform.identity.Role;
import io.plumbline.platform.test.PlumblineTest;
import io.plumbline.platform.test.TestClient;
import io.plumbline.platform.test.TestEventClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** The common base of the journeys: a data steward who uploads, and helpers to follow uploads. */
@PlumblineTest
abstract class DatasetJourney {

  @Autowired TestClient client;

  @Autowired TestEventClient events;

  TestClient.TestCaller steward;

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

  /** Registers a dataset of labelled texts in the columns body and label. */
  void registerLabelled(String dataset) {
    assertThat(
            steward
                .post(
                    "/api/datasets",
                    Map.of(
                        "name",
                        dataset,
                        "kind",
                        "CLASSIFICATION",
                        "textColumn",
                        "body",
                        "labelColumn",
                        "label"))
                .status())
        .isEqualTo(201);
  }

  /** Returns the fields in which the scan of version 1 found e-mail addresses, in their order. */
  List<String> fieldsWithAddresses(String dataset) {
    return steward
        .get("/api/datasets/" + dataset + "/versions/1/findings?kind=EMAIL")
        .json()
        .path("items")
        .valueStream()
        .map(finding -> finding.at("/detail/field").asString())
        .toList();
  }

  /** Waits until a job ends, and returns its product, whether it succeeded or failed. */
  JsonNode settled(TestClient.Answer accepted) {
    assertThat(accepted.status()).as(accepted.toString()).isEqualTo(202);
    return Awaitility.await()
        .until(
            () -> steward.get(accepted.header("Location")).json(),
            json -> !json.path("state").asString().endsWith("ING"));
  }

  /**
   * Activates a policy that admits masked datasets of a kind, and checks that version 2 of a
   * dataset is then admitted to one purpose and no other.
   *
   * @param others the other purposes, in the order in which a refusal names them
   */
  void isAdmittedOnlyTo(String purpose, String dataset, String kind, List<String> others) {
    String source =
        ("[{\"name\":\"masked\",\"expression\":\"dataset.kind == '%s' &&"
                + " dataset.masked\",\"message\":\"Mask it.\"}]")
            .formatted(kind);
    events.publish(
        new PolicyActivated("standard", 1, "dataset-admission", source, Digest.ofText(source)),
        "standard",
        1,
        workspace,
        "someone");
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> admission(dataset, List.of(purpose)), answer -> answer.status() == 200);
    assertThat(
            events
                .awaitPublished(
                    AdmissionDecided.class,
                    event -> event.dataset().equals(dataset) && !event.purposes().isEmpty())
                .purposes())
        .containsExactly(purpose);
    List<String> all = Stream.concat(Stream.of(purpose), others.stream()).toList();
    TestClient.Answer refused = admission(dataset, all);
    assertThat(refused.status()).isEqualTo(409);
    List<String> missing =
        refused.json().path("missing").valueStream().map(JsonNode::asString).toList();
    assertThat(missing).hasSameSizeAs(others);
    for (int i = 0; i < others.size(); i++) {
      assertThat(missing.get(i)).startsWith(others.get(i) + ": a dataset of the kind " + kind);
    }
  }

  private TestClient.Answer admission(String dataset, List<String> purposes) {
    return steward.post(
        "/api/datasets/" + dataset + "/versions/2/admission", Map.of("purposes", purposes));
  }

  List<String> everythingPublished() {
    return events.read("plumbline.dataset-registry").stream()
        .map(message -> new String(message.value(), StandardCharsets.UTF_8))
        .toList();
  }
}
