package io.plumbline.datasetregistry;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contracts.DatasetRegistryEvent.DatasetRowRead;
import io.plumbline.platform.identity.Role;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The journey of a version's items, which are browsed, found and opened. */
class ItemsJourneyTests extends DatasetJourney {

  private static final UUID WORKSPACE = UUID.fromString("0190a000-0000-7000-8000-0000000000ad");
  private static final String DATASET = "/api/datasets/letters";
  private static final String ITEMS = DATASET + "/versions/1/items";
  private static final String SECRET_ADDRESS = "jo.secret@example.org";

  ItemsJourneyTests() {
    super("gus", WORKSPACE);
  }

  @Test
  void items_are_listed_masked_found_and_opened_whole_which_is_recorded() {
    registerLabelled("letters");
    settled(
        steward
            .header("Content-Type", "text/csv")
            .post(
                DATASET + "/versions",
                "body,label\n\"From "
                    + SECRET_ADDRESS
                    + " about the very first parcel\",spam\n"
                    + IntStream.range(1, 40)
                        .mapToObj(i ->
                            "\"Letter %d of %d words\",%s\n"
                                .formatted(i, i * 7919, i % 4 == 0 ? "spam" : "ham"))
                        .collect(Collectors.joining())));

    pagesFollowEachOther();
    isFoundByLabelFindingAndText();
    subsetsAreListed();
    refusesWhatItDoesNotKnow();
    isOpenedWholeAndRecorded();
    isForNobodyElse();
    assertThat(everythingPublished()).noneMatch(message -> message.contains(SECRET_ADDRESS));
  }

  private void pagesFollowEachOther() {
    JsonNode first = steward.get(ITEMS + "?limit=25").json();
    assertThat(first.at("/items/0/number").asInt()).isEqualTo(1);
    assertThat(first.at("/items/0/item/input/messages/0/content").asString())
        .isEqualTo("From <EMAIL> about the very first parcel");
    assertThat(first.at("/items/0/masked/0").asString()).isEqualTo("EMAIL");
    assertThat(first.at("/items/0/item/expected/label").asString()).isEqualTo("spam");
    assertThat(first.at("/total/value").asInt()).isEqualTo(40);
    JsonNode second =
        steward.get(ITEMS + "?limit=25&pageToken=" + first.path("nextPageToken").asString()).json();
    assertThat(second.path("items").size()).isEqualTo(15);
    assertThat(second.at("/items/0/number").asInt()).isEqualTo(26);
    assertThat(second.path("nextPageToken").isNull()).as(second.toString()).isTrue();
  }

  private void isFoundByLabelFindingAndText() {
    JsonNode spam = steward.get(ITEMS + "?label=spam").json();
    assertThat(spam.path("items").size()).isEqualTo(10);
    assertThat(spam.path("total").toString()).isEqualTo("{\"value\":10,\"exact\":true}");
    assertThat(numbers(ITEMS + "?finding=EMAIL")).containsExactly(1);
    assertThat(numbers(ITEMS + "?finding=IBAN")).isEmpty();
    assertThat(numbers(ITEMS + "?text=letter%207%20")).containsExactly(8);
    assertThat(numbers(ITEMS + "?text=jo.secret")).isEmpty();
  }

  private void subsetsAreListed() {
    assertThat(steward.get(ITEMS + "?subset=test").json().at("/errors/0/detail").asString())
        .contains("no split that is READY");
    JsonNode split =
        settled(
            steward.post(
                DATASET + "/versions/1/splits",
                Map.of("seed", 1, "subsets", Map.of("train", 0.5, "test", 0.5))));
    JsonNode newest = steward.get(ITEMS + "?subset=test").json();
    assertThat(newest.at("/total/value").asInt()).isEqualTo(split.at("/subsets/test/rows").asInt());
    assertThat(
            steward
                .get(ITEMS + "?subset=test&split=" + split.path("splitDigest").asString())
                .json())
        .isEqualTo(newest);
    assertThat(steward.get(ITEMS + "?subset=exam").json().at("/errors/0/detail").asString())
        .isEqualTo("is not a subset of this split, which has [test, train]");
  }

  private void refusesWhatItDoesNotKnow() {
    assertThat(steward.get(ITEMS + "?pageToken=MQ.MQ.MQ").json().at("/errors/0/pointer").asString())
        .isEqualTo("pageToken");
    assertThat(
            steward
                .get(ITEMS + "?text=" + "a".repeat(201))
                .json()
                .at("/errors/0/pointer")
                .asString())
        .isEqualTo("text");
    assertThat(steward.get(DATASET + "/versions/2/items").status()).isEqualTo(404);
  }

  private void isOpenedWholeAndRecorded() {
    String itemId = steward.get(ITEMS + "?limit=1").json().at("/items/0/item/itemId").asString();
    assertThat(rowReads()).isEmpty();

    assertThat(
            steward
                .get(DATASET + "/versions/1/rows/" + itemId)
                .json()
                .at("/item/input/messages/0/content")
                .asString())
        .contains(SECRET_ADDRESS);

    DatasetRowRead read =
        events.awaitPublished(DatasetRowRead.class, event -> event.dataset().equals("letters"));
    assertThat(read).isEqualTo(new DatasetRowRead(read.readId(), "letters", 1, 1, "gus"));
  }

  private void isForNobodyElse() {
    assertThat(client.as("vera", WORKSPACE, Role.VIEWER).get(ITEMS).status()).isEqualTo(403);
    assertThat(client.as("paul", WORKSPACE, Role.PROMPT_ENGINEER).get(ITEMS).status())
        .isEqualTo(403);
    assertThat(client.as("gus", UUID.randomUUID(), Role.DATA_STEWARD).get(ITEMS).status())
        .isEqualTo(404);
  }

  private List<Integer> numbers(String path) {
    return steward
        .get(path)
        .json()
        .path("items")
        .valueStream()
        .map(item -> item.path("number").asInt())
        .toList();
  }

  private List<String> rowReads() {
    return everythingPublished().stream()
        .filter(text -> text.contains("readBy") && text.contains("letters"))
        .toList();
  }
}
