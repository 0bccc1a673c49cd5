package io.plumbline.datasetregistry;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contracts.DatasetRegistryEvent.DraftItemAdded;
import io.plumbline.platform.identity.Role;
import io.plumbline.platform.test.TestClient;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The journey of a row whose expectation is mistaken, from its correction to a version. */
class CorrectionJourneyTests extends DatasetJourney {

  private static final UUID WORKSPACE = UUID.fromString("0190a000-0000-7000-8000-0000000000b7");
  private static final String DATASET = "/api/datasets/corrected";
  private static final String CORRECTIONS = DATASET + "/draft/corrections";
  private static final String ROWS =
      """
      body,label,subset
      Win a prize now,ham,train
      See you at noon,ham,validation
      Win a prize now,spam,test
      """;

  private final UUID run = UUID.randomUUID();
  TestClient.TestCaller engineer;

  CorrectionJourneyTests() {
    super("gus", WORKSPACE);
  }

  @BeforeEach
  void signInEngineer() {
    engineer = client.as("mia", WORKSPACE, Role.ML_ENGINEER);
  }

  @Test
  void a_corrected_expectation_stands_at_the_place_of_the_row_in_the_next_version() {
    register("corrected", "CLASSIFICATION", Map.of("textColumn", "body", "labelColumn", "label"));
    settled(steward.header("Content-Type", "text/csv").post(DATASET + "/versions", ROWS));
    List<JsonNode> before = rows(1);
    String itemId = before.getFirst().path("itemId").asString();

    isRefused(itemId);
    isCorrected(itemId);
    becomesAVersion(before);
    anotherBaseHasNoSuchRow(itemId);
  }

  private void isRefused(String itemId) {
    assertThat(pointer(correct(engineer, 1, itemId, Map.of("label", "ham"))))
        .isEqualTo("/expected");
    String testRow = rows(1).getLast().path("itemId").asString();
    assertThat(pointer(correct(engineer, 1, testRow, Map.of("label", "ham")))).isEqualTo("/itemId");
    assertThat(pointer(correct(engineer, 1, itemId, Map.of("references", List.of("spam")))))
        .isEqualTo("/expected");
    assertThat(correct(engineer, 1, "0".repeat(16), Map.of("label", "spam")).status())
        .isEqualTo(404);
    assertThat(correct(engineer, 2, itemId, Map.of("label", "spam")).status()).isEqualTo(404);
    assertThat(
            correct(
                    client.as("vera", WORKSPACE, Role.PROMPT_ENGINEER),
                    1,
                    itemId,
                    Map.of("label", "spam"))
                .status())
        .isEqualTo(403);
    assertThat(
            correct(
                    client.as("gus", UUID.randomUUID(), Role.DATA_STEWARD),
                    1,
                    itemId,
                    Map.of("label", "spam"))
                .status())
        .isEqualTo(404);
  }

  private void isCorrected(String itemId) {
    correct(engineer, 1, itemId, Map.of("label", "unsure"));
    TestClient.Answer corrected = correct(engineer, 1, itemId, Map.of("label", "spam"));

    assertThat(corrected.status()).as(corrected.toString()).isEqualTo(200);
    JsonNode draft = engineer.get(DATASET + "/draft/items").json();
    assertThat(draft.at("/total/value").asInt()).as(draft.toString()).isEqualTo(1);
    assertThat(draft.at("/items/0")).isEqualTo(corrected.json());
    assertThat(draft.at("/items/0/item/expected/label").asString()).isEqualTo("spam");
    assertThat(draft.at("/items/0/item/metadata/expectedCorrection").toString())
        .isEqualTo(
            "{\"version\":1,\"itemId\":\"%s\",\"by\":\"mia\",\"runId\":\"%s\"}"
                .formatted(itemId, run));
    UUID id = UUID.fromString(corrected.json().path("draftItemId").asString());
    assertThat(
            correct(engineer.expectingNoEvent(), 1, itemId, Map.of("label", "spam"))
                .json()
                .path("draftItemId")
                .asString())
        .isEqualTo(id.toString());
    TestClient.Answer collected =
        engineer.post(
            DATASET + "/draft/items",
            Map.of(
                "messages", List.of(Map.of("role", "user", "content", "Win a prize now")),
                "expected", Map.of("label", "ham"),
                "source", Map.of("kind", "PLAYGROUND")));
    assertThat(collected.json().path("type").asString())
        .as(collected.toString())
        .isEqualTo("/problems/draft-has-correction");
    assertThat(events.awaitPublished(DraftItemAdded.class, event -> event.draftItemId().equals(id)))
        .isEqualTo(new DraftItemAdded("corrected", id, "CORRECTION", null, null, "mia", 1, itemId));
  }

  private void becomesAVersion(List<JsonNode> before) {
    JsonNode version = settled(steward.post(DATASET + "/draft/version", Map.of("base", 1)));

    assertThat(version.path("state").asString()).as(version.toString()).isEqualTo("READY");
    assertThat(version.at("/report/labels/contradictions").asInt()).isZero();
    List<JsonNode> after = rows(2);
    assertThat(after.stream().map(row -> row.path("itemId")).toList())
        .isEqualTo(before.stream().map(row -> row.path("itemId")).toList());
    assertThat(after.stream().map(row -> row.path("input")).toList())
        .isEqualTo(before.stream().map(row -> row.path("input")).toList());
    assertThat(after.stream().map(row -> row.at("/expected/label").asString()))
        .containsExactly("spam", "ham", "spam");
    assertThat(after.stream().map(row -> row.at("/metadata/subset").asString()))
        .containsExactly("train", "validation", "test");
    assertThat(after.stream().map(row -> row.at("/metadata/expectedCorrection/by").asString()))
        .containsExactly("mia", "", "mia");
    assertThat(rows(1)).isEqualTo(before);
  }

  private void anotherBaseHasNoSuchRow(String itemId) {
    settled(
        steward
            .header("Content-Type", "text/csv")
            .post(
                DATASET + "/versions", "body,label,expectedCorrection\nUntil Monday,ham,by mia\n"));
    assertThat(rows(3).getFirst().path("metadata").toString())
        .as("an upload does not say who corrected a row")
        .isEqualTo("{\"claimedCorrection\":\"by mia\"}");
    correct(engineer, 1, itemId, Map.of("label", "spam"));

    JsonNode refused = settled(steward.post(DATASET + "/draft/version", Map.of("base", 3)));

    assertThat(refused.path("state").asString()).as(refused.toString()).isEqualTo("FAILED");
    assertThat(refused.toString()).contains("Version 3 has no row that asks the same");
    assertThat(engineer.get(DATASET + "/draft/items").json().at("/total/value").asInt())
        .isEqualTo(1);
  }

  @Test
  void a_conversation_is_corrected_and_a_comparison_is_not() {
    register("chats", "CHAT", Map.of());
    register("compared", "PREFERENCE", Map.of());
    settled(
        steward
            .header("Content-Type", "application/x-ndjson")
            .post(
                "/api/datasets/chats/versions",
                """
                {"input":{"messages":[{"role":"user","content":"Hi"}]},\
                "expected":{"references":["Hello."],"rubric":"Is polite."}}
                """));
    settled(
        steward
            .header("Content-Type", "application/x-ndjson")
            .post(
                "/api/datasets/compared/versions",
                """
                {"input":{"messages":[{"role":"user","content":"Hi"}]},"expected":\
                {"chosen":{"role":"assistant","content":"Hello."},\
                "rejected":{"role":"assistant","content":"What?"}}}
                """));

    TestClient.Answer corrected =
        correctOnly("chats", Map.of("references", List.of("Good day."), "rubric", "Is polite."));
    TestClient.Answer refused = correctOnly("compared", Map.of("references", List.of("Hello.")));

    assertThat(corrected.json().at("/item/expected/references/0").asString())
        .as(corrected.toString())
        .isEqualTo("Good day.");
    assertThat(corrected.json().at("/item/expected/rubric").asString()).isEqualTo("Is polite.");
    assertThat(refused.status()).isEqualTo(422);
    assertThat(pointer(refused)).isEqualTo("/expected");
  }

  private void register(String name, String kind, Map<String, String> columns) {
    Map<String, Object> command =
        new HashMap<>(
            Map.of("name", name, "kind", kind, "licence", "CC0-1.0", "legalBasis", "consent"));
    command.putAll(columns);
    TestClient.Answer registered = steward.post("/api/datasets", command);
    assertThat(registered.status()).as(registered.toString()).isEqualTo(201);
  }

  /** Corrects the only row of a dataset's first version. */
  private TestClient.Answer correctOnly(String dataset, Map<String, ?> expected) {
    String path = "/api/datasets/" + dataset;
    String itemId =
        steward.get(path + "/versions/1/items").json().at("/items/0/item/itemId").asString();
    return engineer.post(
        path + "/draft/corrections", Map.of("version", 1, "itemId", itemId, "expected", expected));
  }

  private TestClient.Answer correct(
      TestClient.TestCaller who, int version, String itemId, Map<String, ?> expected) {
    return who.post(
        CORRECTIONS,
        Map.of("version", version, "itemId", itemId, "expected", expected, "runId", run));
  }

  private static String pointer(TestClient.Answer refused) {
    return refused.json().at("/errors/0/pointer").asString();
  }

  private List<JsonNode> rows(int version) {
    return steward
        .get(DATASET + "/versions/" + version + "/items")
        .json()
        .path("items")
        .valueStream()
        .map(each -> each.path("item"))
        .toList();
  }
}
