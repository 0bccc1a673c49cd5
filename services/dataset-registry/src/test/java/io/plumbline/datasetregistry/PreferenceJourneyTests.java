package io.plumbline.datasetregistry;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contracts.DatasetRegistryEvent.DatasetVersionPublished;
import io.plumbline.platform.test.TestClient;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The journey of a dataset of preferences from its registration to an admission. */
class PreferenceJourneyTests extends DatasetJourney {

  private static final UUID WORKSPACE = UUID.fromString("0190a000-0000-7000-8000-0000000000b1");
  private static final String JSON = "application/x-ndjson";
  private static final String DATASET = "/api/datasets/ratings";
  private static final String SECRET_ADDRESS = "jo.secret@example.org";

  /** A line whose answers contain the address wherever a text can be. */
  private static final String TALKATIVE =
      """
      {"input":{"messages":[{"role":"user","content":"Who has my parcel?"}]},\
      "expected":{"chosen":{"role":"assistant","content":"Ask %1$s.","tool_calls":[{"id":"c1",\
      "type":"function","function":{"name":"find","arguments":"{\\"who\\":\\"%1$s\\"}"}}]},\
      "rejected":"Maybe %1$s, who knows?"}}
      """
          .formatted(SECRET_ADDRESS);

  PreferenceJourneyTests() {
    super("gus", WORKSPACE);
  }

  @Test
  void register_upload_report_mask_browse_split_admission() {
    TestClient.Answer registered =
        steward.post(
            "/api/datasets",
            Map.of(
                "name",
                "ratings",
                "kind",
                "PREFERENCE",
                "licence",
                "CC0-1.0",
                "legalBasis",
                "consent"));
    assertThat(registered.status()).as(registered.toString()).isEqualTo(201);

    refusesWhatIsNoPreference();

    JsonNode first = settled(upload(JSON, TALKATIVE + pairs()));
    assertThat(first.path("state").asString()).as(first.toString()).isEqualTo("READY");
    assertThat(first.at("/report/rows").asInt()).isEqualTo(41);
    assertThat(first.at("/report/labels").isNull()).isTrue();
    assertThat(first.at("/report/duplicates/exact").asInt()).isZero();
    assertThat(first.at("/report/privacy/findings/EMAIL").asInt()).isEqualTo(3);
    assertThat(
            events.awaitPublished(
                DatasetVersionPublished.class, event -> event.dataset().equals("ratings")))
        .extracting(DatasetVersionPublished::kind, DatasetVersionPublished::labels)
        .containsExactly("PREFERENCE", Map.of());
    assertThat(fieldsWithAddresses("ratings"))
        .containsExactly(
            "expected.chosen.content",
            "expected.chosen.tool_calls[0].arguments.who",
            "expected.rejected.content");

    JsonNode masked = settled(steward.post(DATASET + "/versions/1/mask", Map.of("numbered", true)));
    assertThat(masked.at("/report/privacy/affectedRows").asInt()).isZero();
    bothAnswersAreListedFoundAndShown();

    JsonNode split =
        settled(
            steward.post(
                DATASET + "/versions/2/splits",
                Map.of("seed", 1, "grouped", true, "subsets", Map.of("train", 0.5, "test", 0.5))));
    assertThat(split.path("leakage").asInt()).as(split.toString()).isZero();
    assertThat(split.at("/subsets/train/rows").asInt() + split.at("/subsets/test/rows").asInt())
        .isEqualTo(41);

    isAdmittedOnlyTo("TRAIN", "ratings", "PREFERENCE", List.of("INDEX", "EVALUATE"));
    assertThat(everythingPublished()).noneMatch(message -> message.contains(SECRET_ADDRESS));
  }

  private void refusesWhatIsNoPreference() {
    TestClient.Answer csv = upload("text/csv", "prompt,chosen,rejected\na,b,c\n");
    assertThat(csv.status()).isEqualTo(415);
    assertThat(csv.json().path("detail").asString())
        .contains("application/x-ndjson", "\"expected\":{\"chosen\":");
    TestClient.Answer faulty =
        upload(
            JSON,
            TALKATIVE
                + "{\"input\":{\"messages\":[{\"role\":\"user\",\"content\":\"a\"}]},"
                + "\"expected\":{\"chosen\":\"b\",\"rejected\":\"b\"}}\n");
    assertThat(faulty.status()).as(faulty.toString()).isEqualTo(422);
    assertThat(faulty.json().at("/errors/0/pointer").asString())
        .isEqualTo("/rows/2/expected.rejected");
  }

  private void bothAnswersAreListedFoundAndShown() {
    String items = DATASET + "/versions/1/items";
    JsonNode listed = steward.get(items + "?limit=1").json().at("/items/0");
    assertThat(listed.at("/item/expected/chosen/content").asString()).isEqualTo("Ask <EMAIL>.");
    assertThat(listed.at("/item/expected/rejected/content").asString())
        .isEqualTo("Maybe <EMAIL>, who knows?");
    assertThat(steward.get(items + "?text=who%20knows").json().path("items").size()).isEqualTo(1);
    assertThat(steward.get(items + "?text=jo.secret").json().path("items").size()).isZero();
    JsonNode row =
        steward
            .get(DATASET + "/versions/1/rows/" + listed.at("/item/itemId").asString())
            .json()
            .at("/item/expected");
    assertThat(row.at("/rejected/role").asString()).isEqualTo("assistant");
    assertThat(row.at("/chosen/content").asString()).isEqualTo("Ask " + SECRET_ADDRESS + ".");
  }

  /** Returns lines with each prompt twice, with different answers. */
  private static String pairs() {
    return IntStream.range(0, 40)
        .mapToObj(i ->
            """
            {"input":{"messages":[{"role":"user","content":"Parcel %1$d to street %2$d is late"}]},\
            "expected":{"chosen":"It arrives in %3$d days.","rejected":"Number %4$d, please wait."}}\
            """
                .formatted(i / 2, (i / 2) * 7919, i, i * 104729))
        .collect(Collectors.joining("\n"));
  }

  private TestClient.Answer upload(String type, String body) {
    return steward.header("Content-Type", type).post(DATASET + "/versions", body);
  }
}
