package io.plumbline.datasetregistry;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contracts.DatasetRegistryEvent.DatasetVersionStarted;
import io.plumbline.contracts.DatasetRegistryEvent.DraftItemAdded;
import io.plumbline.contracts.DatasetRegistryEvent.DraftItemRemoved;
import io.plumbline.platform.identity.Role;
import io.plumbline.platform.test.TestClient;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The journey of single items from a trace to a version. */
class DraftJourneyTests extends DatasetJourney {

  private static final UUID WORKSPACE = UUID.fromString("0190a000-0000-7000-8000-0000000000ae");
  private static final String DATASET = "/api/datasets/collected";
  private static final String DRAFT = DATASET + "/draft";
  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final String SECRET_ADDRESS = "jo.secret@example.org";

  TestClient.TestCaller engineer;

  DraftJourneyTests() {
    super("gus", WORKSPACE);
  }

  @BeforeEach
  void signInEngineer() {
    engineer = client.as("mia", WORKSPACE, Role.ML_ENGINEER);
  }

  @Test
  void items_are_collected_removed_and_become_a_version_that_continues_another() {
    assertThat(steward.post("/api/datasets", Map.of("name", "collected", "kind", "CHAT")).status())
        .isEqualTo(201);
    needsALegalBasis();
    isRefusedByField();
    UUID first = isCollectedOnce();
    isListedMasked();
    isForNobodyElse();
    isRemoved(first);
    becomesAVersion();
    continuesAVersion();
    assertThat(everythingPublished()).noneMatch(message -> message.contains(SECRET_ADDRESS));
  }

  private void needsALegalBasis() {
    TestClient.Answer refused = engineer.post(DRAFT + "/items", item("Hi", "Hello."));
    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.json().path("type").asString()).isEqualTo("/problems/legal-basis-missing");
    assertThat(
            steward
                .header("If-Match", steward.get(DATASET).header("ETag"))
                .put(
                    DATASET,
                    Map.of("description", "", "licence", "internal", "legalBasis", "contract"))
                .status())
        .isEqualTo(200);
  }

  private void isRefusedByField() {
    TestClient.Answer label =
        engineer.post(
            DRAFT + "/items",
            Map.of(
                "messages", List.of(Map.of("role", "user", "content", "Hi")),
                "expected", Map.of("label", "spam"),
                "source", Map.of("kind", "PLAYGROUND")));
    assertThat(label.status()).as(label.toString()).isEqualTo(422);
    TestClient.Answer untraced =
        engineer.post(
            DRAFT + "/items",
            Map.of(
                "messages", List.of(Map.of("role", "user", "content", "Hi")),
                "source", Map.of("kind", "TRACE")));
    assertThat(untraced.json().at("/errors/0/pointer").asString()).isEqualTo("/source/traceId");
    for (String id : List.of("0000", "0".repeat(32), TRACE.toUpperCase(Locale.ROOT), TRACE + "0")) {
      TestClient.Answer named =
          engineer.post(
              DRAFT + "/items",
              Map.of(
                  "messages", List.of(Map.of("role", "user", "content", "Hi")),
                  "source", Map.of("kind", "TRACE", "traceId", id)));
      assertThat(named.status()).as(id).isEqualTo(400);
      assertThat(named.json().at("/errors/0/pointer").asString()).isEqualTo("/source/traceId");
    }
    assertThat(steward.post(DRAFT + "/version", Map.of()).json().path("type").asString())
        .isEqualTo("/problems/draft-empty");
  }

  private UUID isCollectedOnce() {
    TestClient.Answer added =
        engineer.post(DRAFT + "/items", item("I am " + SECRET_ADDRESS, "Hi."));
    assertThat(added.status()).as(added.toString()).isEqualTo(200);
    UUID id = UUID.fromString(added.json().path("draftItemId").asString());
    assertThat(
            engineer
                .expectingNoEvent()
                .post(DRAFT + "/items", item("I am " + SECRET_ADDRESS, "Hi."))
                .json()
                .path("draftItemId")
                .asString())
        .isEqualTo(id.toString());
    assertThat(
            events.awaitPublished(
                DraftItemAdded.class, event -> event.dataset().equals("collected")))
        .isEqualTo(new DraftItemAdded("collected", id, "TRACE", TRACE, null, "mia", null, null));

    UUID other =
        UUID.fromString(
            engineer
                .post(DRAFT + "/items", item("I am " + SECRET_ADDRESS, "Hello!"))
                .json()
                .path("draftItemId")
                .asString());
    assertThat(other).isNotEqualTo(id);
    engineer.post(DRAFT + "/items", item("Where is my parcel?", "On its way."));
    return other;
  }

  private void isListedMasked() {
    JsonNode page = engineer.get(DRAFT + "/items").json();
    assertThat(page.at("/total/value").asInt()).isEqualTo(2);
    assertThat(page.at("/items/0/item/input/messages/0/content").asString())
        .isEqualTo("I am <EMAIL>");
    assertThat(page.at("/items/0/masked/0").asString()).isEqualTo("EMAIL");
    assertThat(page.at("/items/0/item/expected/references/0").asString()).isEqualTo("Hello!");
    assertThat(page.at("/items/0/item/metadata/claimedSource/traceId").asString()).isEqualTo(TRACE);
    JsonNode first = engineer.get(DRAFT + "/items?limit=1").json();
    assertThat(
            engineer
                .get(DRAFT + "/items?limit=1&pageToken=" + first.path("nextPageToken").asString())
                .json()
                .at("/items/0/item/expected/references/0")
                .asString())
        .isEqualTo("On its way.");
  }

  private void isForNobodyElse() {
    TestClient.TestCaller stranger = client.as("gus", UUID.randomUUID(), Role.DATA_STEWARD);
    assertThat(stranger.get(DRAFT + "/items").status()).isEqualTo(404);
    assertThat(stranger.post(DRAFT + "/items", item("Hi", "Hello.")).status()).isEqualTo(404);
    assertThat(stranger.post(DRAFT + "/version", Map.of()).status()).isEqualTo(404);
    assertThat(engineer.post(DRAFT + "/version", Map.of()).status()).isEqualTo(403);
    assertThat(client.as("vera", WORKSPACE, Role.VIEWER).get(DRAFT + "/items").status())
        .isEqualTo(403);
  }

  private void isRemoved(UUID id) {
    TestClient.TestCaller stranger = client.as("gus", UUID.randomUUID(), Role.DATA_STEWARD);
    assertThat(stranger.delete(DRAFT + "/items/" + id).status()).isEqualTo(404);
    assertThat(engineer.delete(DRAFT + "/items/" + id).status()).isEqualTo(204);
    assertThat(engineer.delete(DRAFT + "/items/" + id).status()).isEqualTo(404);
    assertThat(
            events.awaitPublished(DraftItemRemoved.class, event -> event.draftItemId().equals(id)))
        .isEqualTo(new DraftItemRemoved("collected", id, "mia"));
  }

  private void becomesAVersion() {
    JsonNode version = settled(steward.post(DRAFT + "/version", Map.of()));
    assertThat(version.path("state").asString()).as(version.toString()).isEqualTo("READY");
    assertThat(version.path("format").asString()).isEqualTo("DRAFT");
    assertThat(version.path("rows").asInt()).isEqualTo(1);
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> engineer.get(DRAFT + "/items").json().path("items").isEmpty());
    assertThat(
            engineer
                .get(DATASET + "/versions/1/items")
                .json()
                .at("/items/0/item/metadata/claimedSource/kind")
                .asString())
        .isEqualTo("TRACE");
  }

  private void continuesAVersion() {
    engineer.post(DRAFT + "/items", item("I am " + SECRET_ADDRESS, "Hi."));
    assertThat(steward.post(DRAFT + "/version", Map.of("base", 7)).status()).isEqualTo(404);
    JsonNode version = settled(steward.post(DRAFT + "/version", Map.of("base", 1)));
    assertThat(version.path("rows").asInt()).as(version.toString()).isEqualTo(2);
    assertThat(version.path("derivedFrom").asInt()).isEqualTo(1);
    assertThat(version.path("sourceBytes").asLong())
        .isGreaterThan(
            steward.get(DATASET + "/versions/1").json().path("sourceBytes").asLong() + 100);
    assertThat(version.path("masked").asBoolean()).isFalse();
    assertThat(version.at("/report/privacy/findings/EMAIL").asInt()).isEqualTo(1);
    assertThat(
            events
                .awaitPublished(
                    DatasetVersionStarted.class,
                    event -> event.dataset().equals("collected") && event.version() == 2)
                .derivedFrom())
        .isEqualTo(1);
    JsonNode items = steward.get(DATASET + "/versions/2/items").json();
    assertThat(origins(items, 0)).isEqualTo(2);
    assertThat(origins(items, 1)).isEqualTo(1);
  }

  private int origins(JsonNode items, int index) {
    String itemId = items.at("/items/%d/item/itemId".formatted(index)).asString();
    return steward.get(DATASET + "/versions/2/rows/" + itemId).json().path("origins").size();
  }

  private static Map<String, Object> item(String asked, String answer) {
    return Map.of(
        "messages", List.of(Map.of("role", "user", "content", asked)),
        "expected", Map.of("references", List.of(answer)),
        "source", Map.of("kind", "TRACE", "traceId", TRACE));
  }
}
