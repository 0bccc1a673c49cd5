package io.plumbline.datasetregistry;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contracts.ComplianceEvent.PolicyActivated;
import io.plumbline.contracts.DatasetRegistryEvent.AdmissionDecided;
import io.plumbline.contracts.Digest;
import io.plumbline.contracts.InferenceEvent.IndexBuilt;
import io.plumbline.platform.test.TestClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The journey of an admission after it was decided. */
class AdmissionJourneyTests extends DatasetJourney {

  /** A separate workspace, because policies apply to a whole workspace. */
  private static final UUID WORKSPACE = UUID.fromString("0190a000-0000-7000-8000-0000000000aa");

  private static final String DATASET = "/api/datasets/healing";
  private static final String VERSION = DATASET + "/versions/1";

  private static final String POLICY =
      """
      [{"name":"no-leakage","expression":"dataset.leakage == 0","message":"Split without leakage."},
       {"name":"licence","expression":"dataset.licence != 'unknown'","message":"Name the licence."}]
      """;

  AdmissionJourneyTests() {
    super("gus", WORKSPACE);
  }

  @Test
  void an_admission_is_decided_again_when_split_licence_or_policy_change() {
    uploadWithALeak();
    TestClient.Answer early =
        steward.post(VERSION + "/admission", Map.of("purposes", List.of("TRAIN", "EVALUATE")));
    assertThat(early.status()).isEqualTo(409);

    events.publish(
        new PolicyActivated("standard", 1, "dataset-admission", POLICY, Digest.ofText(POLICY)),
        "standard",
        1,
        WORKSPACE,
        "someone");
    awaitAdmission("PASS", "[\"TRAIN\",\"EVALUATE\"]", "[]");

    split(Map.of("column", "part"));
    awaitAdmission("FAIL", "[]", "[\"Split without leakage.\"]");

    split(Map.of("seed", 1, "subsets", Map.of("train", 0.5, "test", 0.5), "dropDuplicates", true));
    awaitAdmission("PASS", "[\"TRAIN\",\"EVALUATE\"]", "[]");

    describe("unknown");
    awaitAdmission("FAIL", "[]", "[\"Name the licence.\"]");

    describe("CC0-1.0");
    awaitAdmission("PASS", "[\"TRAIN\",\"EVALUATE\"]", "[]");
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() ->
            assertThat(
                    events.published(AdmissionDecided.class).stream()
                        .filter(event -> event.dataset().equals("healing"))
                        .map(event -> event.outcome().name()))
                .containsExactly("FAIL", "PASS", "FAIL", "PASS", "FAIL", "PASS"));
    assertThatTheDatasheetHasAllOfIt();

    makeAnIndexOfTheLeakingSplit();
    awaitAdmission("FAIL", "[]", "[\"Split without leakage.\"]");
  }

  /** Publishes an index that was built of the first split, which a later one has replaced. */
  private void makeAnIndexOfTheLeakingSplit() {
    JsonNode leaking =
        steward
            .get(VERSION + "/splits")
            .json()
            .path("items")
            .valueStream()
            .filter(each -> each.path("leakage").asInt() > 0)
            .findFirst()
            .orElseThrow();
    events.publish(
        new IndexBuilt(
            "mails",
            Digest.ofText("index of mails"),
            null,
            new Digest(leaking.path("splitDigest").asString()),
            Map.of("subset", "train"),
            2),
        UUID.randomUUID().toString(),
        2,
        WORKSPACE,
        "someone");
  }

  private void assertThatTheDatasheetHasAllOfIt() {
    JsonNode sheet = steward.get(VERSION + "/datasheet").json();
    assertThat(sheet.at("/dataset/licence").asString()).isEqualTo("CC0-1.0");
    assertThat(sheet.at("/version/report/duplicates/exact").asInt()).isEqualTo(1);
    assertThat(sheet.at("/version/admission/outcome").asString()).isEqualTo("PASS");
    assertThat(sheet.at("/admissions").valueStream().map(each -> each.at("/outcome").asString()))
        .containsExactly("PASS", "FAIL", "PASS", "FAIL", "PASS", "FAIL");
    assertThat(sheet.at("/splits").valueStream().map(each -> each.at("/leakage").asInt()))
        .containsExactly(0, 1);
    assertThat(sheet.at("/splits/1/subsets/train/rows").asInt()).isEqualTo(2);
    assertThat(sheet.at("/origins").isEmpty()).isTrue();
    assertThat(sheet.at("/auditObject").asString()).isEqualTo("healing/versions/1");
    assertThat(steward.get(DATASET + "/versions/2/datasheet").status()).isEqualTo(404);
  }

  private void uploadWithALeak() {
    assertThat(
            steward
                .post(
                    "/api/datasets",
                    Map.of(
                        "name",
                        "healing",
                        "kind",
                        "CLASSIFICATION",
                        "textColumn",
                        "body",
                        "labelColumn",
                        "label",
                        "labels",
                        List.of("ham"),
                        "licence",
                        "CC0-1.0",
                        "legalBasis",
                        "published by the senders"))
                .status())
        .isEqualTo(201);
    awaitReady(
        steward
            .header("Content-Type", "text/csv")
            .post(
                DATASET + "/versions",
                """
                body,label,part
                Lunch at noon in the garden?,ham,train
                The report of the third quarter is late,ham,train
                Please send the keys of the cellar back,ham,test
                LUNCH at noon in the garden!,ham,test
                """));
  }

  private void split(Map<String, Object> recipe) {
    awaitReady(steward.post(VERSION + "/splits", recipe));
  }

  private void describe(String licence) {
    TestClient.Answer known = steward.get(DATASET);
    assertThat(
            steward
                .header("If-Match", known.header("ETag"))
                .put(
                    DATASET,
                    Map.of("description", "mail", "licence", licence, "legalBasis", "consent"))
                .status())
        .isEqualTo(200);
  }

  private void awaitReady(TestClient.Answer accepted) {
    JsonNode settled = settled(accepted);
    assertThat(settled.path("state").asString()).as(settled.toString()).isEqualTo("READY");
  }

  private void awaitAdmission(String outcome, String purposes, String reasons) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() -> {
          JsonNode admission = steward.get(VERSION).json().path("admission");
          assertThat(admission.path("outcome").asString()).isEqualTo(outcome);
          assertThat(admission.path("purposes").toString()).isEqualTo(purposes);
          assertThat(admission.path("reasons").toString()).isEqualTo(reasons);
        });
  }
}
