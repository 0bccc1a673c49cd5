package io.plumbline.datasetregistry;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.platform.identity.Role;
import io.plumbline.platform.test.TestClient;
import io.plumbline.platform.test.TestClient.Answer;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The journey of questions that are checked against the next version of their documents. */
class StaleQuestionsJourneyTests extends DatasetJourney {

  private static final UUID WORKSPACE = UUID.fromString("0190a000-0000-7000-8000-0000000000ae");
  private static final String QUESTIONS = "/api/datasets/bike-questions/versions/1/stale-questions";

  StaleQuestionsJourneyTests() {
    super("stella", WORKSPACE);
  }

  private void register(String dataset, String kind) {
    assertThat(steward.post("/api/datasets", Map.of("name", dataset, "kind", kind)).status())
        .isEqualTo(201);
  }

  private void upload(String dataset, List<?> lines) {
    String body =
        String.join(
            "\n",
            lines.stream().map(line -> JsonMapper.shared().writeValueAsString(line)).toList());
    JsonNode version =
        settled(
            steward
                .header("Content-Type", "application/x-ndjson")
                .post("/api/datasets/" + dataset + "/versions", body));
    assertThat(version.path("state").asString()).as(version.toString()).isEqualTo("READY");
  }

  private static Map<String, ?> document(String id, String text) {
    return Map.of("document", Map.of("documentId", id, "title", id, "text", text));
  }

  private static Map<String, ?> question(
      String question, String answer, Map<String, String> passage) {
    return Map.of(
        "question",
        question,
        "expected",
        Map.of("answers", List.of(answer), "passages", List.of(passage)));
  }

  private static Map<String, String> quote(String document, String text) {
    return Map.of("documentId", document, "text", text);
  }

  private static List<String> causes(JsonNode question) {
    return question
        .path("causes")
        .valueStream()
        .map(cause -> cause.path("cause").asString() + " " + cause.path("documentId").asString())
        .toList();
  }

  private JsonNode held(String query) {
    Answer answer = steward.get(QUESTIONS + "?documents=bike-pages/2" + query);
    assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
    return answer.json();
  }

  @Test
  void questions_whose_documents_changed_are_listed_with_their_causes() {
    register("bike-pages", "DOCUMENTS");
    upload(
        "bike-pages",
        List.of(
            document("tyres.md", "# Price\n\nA tyre change costs 37 euros."),
            document("hours.md", "We open at nine."),
            document("brakes.md", "Brakes are checked for free. Write to erika@example.com.")));
    upload(
        "bike-pages",
        List.of(
            document("tyres.md", "# Price\n\nA tyre change costs 41 euros."),
            document("brakes.md", "Brakes are checked for free. Write to erika@example.com."),
            document("new.md", "We rent bikes.")));
    register("bike-questions", "QUESTION_ANSWER");
    upload(
        "bike-questions",
        Stream.of(
                question(
                    "What does a tyre change cost, asks max@example.com?",
                    "37 euros",
                    quote("tyres.md", "A tyre change costs 37 euros.")),
                question("When do you open?", "at nine", quote("hours.md", "We open at nine")),
                question(
                    "Are brakes checked?",
                    "for free",
                    quote("brakes.md", "BRAKES are checked\nfor free")),
                question(
                    "How dear are tyres?",
                    "37 euros",
                    Map.of("documentId", "tyres.md", "section", "Price")),
                Map.of("question", "Do you sell cars?", "expected", Map.of("answers", List.of())))
            .toList());

    againstTheNewDocumentsAlone();
    comparedWithTheEarlierDocuments();
    pagesFollowEachOtherAndCausesAreChosen();
    refusesWhatItDoesNotKnow();
    isForThoseWhoMayListItems();
  }

  private void againstTheNewDocumentsAlone() {
    JsonNode held = held("");
    assertThat(held.path("counts").toString())
        .isEqualTo("{\"DOCUMENT_GONE\":1,\"QUOTE_GONE\":1,\"SECTION_GONE\":0}");
    assertThat(held.path("questions").asInt()).isEqualTo(5);
    assertThat(held.path("withPassages").asInt()).isEqualTo(4);
    assertThat(held.path("stale").asInt()).isEqualTo(2);
    assertThat(held.path("since").isNull()).isTrue();
    JsonNode first = held.at("/items/0");
    assertThat(first.path("row").asInt()).isEqualTo(1);
    assertThat(first.path("question").asString())
        .isEqualTo("What does a tyre change cost, asks <EMAIL>?");
    assertThat(causes(first)).containsExactly("QUOTE_GONE tyres.md");
    assertThat(first.at("/causes/0/text").asString()).isEqualTo("A tyre change costs 37 euros.");
    assertThat(causes(held.at("/items/1"))).containsExactly("DOCUMENT_GONE hours.md");
    // The list of items has the same id, so that the row can be opened.
    assertThat(
            steward
                .get("/api/datasets/bike-questions/versions/1/items?limit=1")
                .json()
                .at("/items/0/item/itemId")
                .asString())
        .isEqualTo(first.path("itemId").asString());
  }

  private void comparedWithTheEarlierDocuments() {
    JsonNode held = held("&since=bike-pages/1");
    assertThat(held.path("counts").toString())
        .isEqualTo(
            "{\"DOCUMENT_GONE\":1,\"QUOTE_GONE\":1,\"SECTION_GONE\":0,\"ANSWER_GONE\":2,\"DOCUMENT_CHANGED\":2}");
    assertThat(held.path("stale").asInt()).isEqualTo(3);
    assertThat(held.at("/items/2/question").asString()).isEqualTo("How dear are tyres?");
    assertThat(causes(held.at("/items/2")))
        .containsExactly("ANSWER_GONE tyres.md", "DOCUMENT_CHANGED tyres.md");
    assertThat(held.at("/items/2/causes/0/text").asString()).isEqualTo("37 euros");
    assertThat(steward.get(QUESTIONS + "?documents=bike-pages/1").json().path("stale").asInt())
        .isZero();
  }

  private void pagesFollowEachOtherAndCausesAreChosen() {
    JsonNode first = held("&since=bike-pages/1&limit=2");
    assertThat(first.path("items")).hasSize(2);
    assertThat(first.at("/total/value").asInt()).isEqualTo(3);
    JsonNode second =
        held("&since=bike-pages/1&limit=2&pageToken=" + first.path("nextPageToken").asString());
    assertThat(second.path("items")).hasSize(1);
    assertThat(second.at("/items/0/row").asInt()).isEqualTo(4);
    assertThat(second.path("nextPageToken").isNull()).isTrue();
    JsonNode chosen = held("&cause=DOCUMENT_GONE");
    assertThat(chosen.path("items")).hasSize(1);
    assertThat(chosen.at("/total/value").asInt()).isEqualTo(1);
    assertThat(chosen.path("stale").asInt()).isEqualTo(2);
  }

  private void refusesWhatItDoesNotKnow() {
    for (String named : List.of("bike-pages/9", "bike-questions/1", "bike-pages", "no-pages/1")) {
      Answer refused = steward.get(QUESTIONS + "?documents=" + named);
      assertThat(refused.status()).as(named).isEqualTo(400);
      assertThat(refused.json().at("/errors/0/detail").asString())
          .contains("must name a READY version of a dataset of documents");
    }
    assertThat(
            steward
                .get(QUESTIONS + "?documents=bike-pages/2&since=bike-pages/7")
                .json()
                .at("/errors/0/pointer")
                .asString())
        .isEqualTo("since");
    assertThat(steward.get(QUESTIONS).status()).isEqualTo(400);
    assertThat(steward.get(QUESTIONS + "?documents=bike-pages/2&cause=OLD").status())
        .isEqualTo(400);
    assertThat(steward.get(QUESTIONS + "?documents=bike-pages/2&pageToken=MQ.MQ").status())
        .isEqualTo(400);
    Answer pages =
        steward.get("/api/datasets/bike-pages/versions/1/stale-questions?documents=bike-pages/2");
    assertThat(pages.status()).isEqualTo(409);
    assertThat(pages.json().path("type").asString()).endsWith("/not-questions");
    assertThat(steward.get(QUESTIONS.replace("/1/", "/2/") + "?documents=bike-pages/2").status())
        .isEqualTo(404);
  }

  private void isForThoseWhoMayListItems() {
    String path = QUESTIONS + "?documents=bike-pages/2";
    for (Role role : List.of(Role.VIEWER, Role.PROMPT_ENGINEER, Role.APPROVER)) {
      assertThat(client.as("vera", WORKSPACE, role).get(path).status()).isEqualTo(403);
    }
    for (Role role : List.of(Role.ML_ENGINEER, Role.COMPLIANCE_OFFICER)) {
      assertThat(client.as("carl", WORKSPACE, role).get(path).status()).isEqualTo(200);
    }
    TestClient.TestCaller other = client.as("stella", UUID.randomUUID(), Role.DATA_STEWARD);
    assertThat(other.get(path).status()).isEqualTo(404);
  }
}
