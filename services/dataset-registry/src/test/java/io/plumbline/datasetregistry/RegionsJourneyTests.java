package io.plumbline.datasetregistry;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.platform.identity.Role;
import io.plumbline.platform.test.TestClient;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The journey of national numbers in a workspace with their regions, and in one without them. */
class RegionsJourneyTests extends DatasetJourney {

  /** The workspace whose regions {@code config/application.yaml} names. */
  private static final UUID EUROPEAN = UUID.fromString("0190a000-0000-7000-8000-0000000000de");

  private static final UUID OTHER = UUID.fromString("0190a000-0000-7000-8000-0000000000df");

  private static final String CALLS =
      """
      {"input":"Call 030 901820"}
      {"input":"Call 0171 1234567, my tax id is 36 574 261 809"}
      {"input":"Call 020 7946 0958"}
      {"input":"Call (212) 555-0147"}
      """;

  RegionsJourneyTests() {
    super("rita", EUROPEAN);
  }

  @Test
  void the_numbers_of_a_workspaces_regions_are_found_masked_and_named_in_the_report() {
    JsonNode european = uploaded();

    assertThat(european.at("/report/privacy"))
        .isEqualTo(
            JsonMapper.shared()
                .readTree(
                    """
                    {"findings":{"DE_TAX_ID":1,"PHONE":3},"personal":4,"secrets":0,"affectedRows":3,
                     "regions":["DE","GB"]}
                    """));
    assertThat(notes(european))
        .contains(
            "Telephone numbers without a country code and national numbers of digits alone are"
                + " found for DE, GB only.");
    assertThat(
            steward
                .get("/api/datasets/calls/versions/1/items")
                .json()
                .path("items")
                .valueStream()
                .map(item -> item.at("/item/input/messages/0/content").asString()))
        .containsExactly(
            "Call <PHONE>",
            "Call <PHONE>, my tax id is <DE_TAX_ID>",
            "Call <PHONE>",
            "Call (212) 555-0147");

    settled(steward.post("/api/datasets/calls/versions/1/mask", Map.of("numbered", false)));
    assertThat(steward.get("/api/datasets/calls/versions/2/export?format=JSONL").body())
        .doesNotContain("901820", "1234567", "7946", "261")
        .contains("555-0147");

    steward = client.as("rob", OTHER, Role.DATA_STEWARD);
    JsonNode other = uploaded();
    assertThat(other.at("/report/privacy/findings").toString()).isEqualTo("{\"PHONE\":1}");
    assertThat(other.at("/report/privacy/regions").toString()).isEqualTo("[\"US\"]");
    assertThat(notes(other)).anyMatch(note -> note.endsWith("found for US only."));
  }

  private static List<String> notes(JsonNode version) {
    return version.at("/report/notes").valueStream().map(JsonNode::asString).toList();
  }

  private JsonNode uploaded() {
    TestClient.Answer registered =
        steward.post("/api/datasets", Map.of("name", "calls", "kind", "CHAT"));
    assertThat(registered.status()).as(registered.toString()).isEqualTo(201);
    return settled(
        steward
            .header("Content-Type", "application/x-ndjson")
            .post("/api/datasets/calls/versions", CALLS));
  }
}
