package io.plumbline.datasetregistry;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contracts.Digest;
import io.plumbline.contracts.EvaluationEvent.SuitePublished;
import io.plumbline.contracts.Event;
import io.plumbline.contracts.EventTypes;
import io.plumbline.contracts.InferenceEvent.IndexBuilt;
import io.plumbline.contracts.InferenceEvent.ReleaseChanged;
import io.plumbline.contracts.InferenceEvent.ReleaseRequested;
import io.plumbline.contracts.InferenceEvent.VariantCreated;
import io.plumbline.contracts.ModelRegistryEvent.ModelVersionRegistered;
import io.plumbline.contracts.Money;
import io.plumbline.contracts.PromptRegistryEvent.PromptVersionPublished;
import io.plumbline.contracts.TrainingEvent.JobChanged;
import io.plumbline.contracts.TrainingEvent.JobFinished;
import io.plumbline.contracts.state.JobState;
import io.plumbline.contracts.state.ReleaseState;
import io.plumbline.contracts.state.RunOutcome;
import io.plumbline.platform.digest.Ids;
import io.plumbline.platform.identity.Role;
import io.plumbline.platform.test.TestClient;
import io.plumbline.platform.test.fault.Redelivery;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The journey from a row to the release that serves a model trained on it, and back to the row. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class LineageJourneyTests extends DatasetJourney {

  private static final UUID WORKSPACE = UUID.fromString("0190a000-0000-7000-8000-0000000000ae");
  private static final String VERSION = "/api/datasets/notes/versions/1";
  private static final String APPLICATION = "help";

  private static final Digest MODEL = Digest.ofText("trained artifact");
  private static final Digest PROMPT = Digest.ofText("prompt");
  private static final Digest VARIANT = Digest.ofText("variant");

  LineageJourneyTests() {
    super("lea", WORKSPACE);
  }

  @Test
  @Order(1)
  void a_row_leads_to_what_serves_and_that_leads_back_to_the_row() {
    JsonNode split = split();
    Digest digest = new Digest(split.path("splitDigest").asString());
    String trained = itemOf("train");
    String tested = itemOf("test");
    assertThat(row(trained).path("downstream").toString())
        .isEqualTo("{\"nodes\":[],\"truncated\":false}");

    UUID job = Ids.next();
    UUID release = Ids.next();
    // Events are published out of order, because there is no order between topics.
    release(release, ReleaseState.CANARY, 2);
    variant(VARIANT, null);
    publish(new PromptVersionPublished("help", 3, PROMPT, null, "ada", "shorter"), "help", 3);
    publish(registered("notes-model", 1, job), "notes-model", 2);
    publish(finished(job, digest), job.toString(), 3);
    publish(changed(job, digest, JobState.RUNNING), job.toString(), 2);
    release(release, ReleaseState.ACTIVE, 3);
    publish(requested(release), release.toString(), 1);
    Digest suite = Digest.ofText("suite");
    publish(suite("exam", 1, suite, digest, "test"), "exam", 1);

    JsonNode down =
        awaited("/api/datasets/notes/versions/1/lineage", node -> node.path("nodes").size() == 5);
    assertThat(kinds(down))
        .containsExactlyInAnyOrder("TRAINING_JOB", "SUITE", "MODEL_VERSION", "VARIANT", "RELEASE");
    JsonNode ofTrained =
        awaited(
            VERSION + "/rows/" + trained,
            row ->
                node(row.path("downstream"), "RELEASE")
                    .path("state")
                    .asString("")
                    .equals("ACTIVE"));
    JsonNode made = ofTrained.path("downstream");
    assertThat(kinds(made))
        .containsExactlyInAnyOrder("TRAINING_JOB", "MODEL_VERSION", "VARIANT", "RELEASE");
    assertThat(node(made, "TRAINING_JOB").path("state").asString()).isEqualTo("SUCCEEDED");
    assertThat(node(made, "TRAINING_JOB").path("madeOf").toString())
        .isEqualTo("[{\"kind\":\"SUBSET\",\"nodeId\":\"" + digest.hex() + "/train\"}]");
    assertThat(node(made, "MODEL_VERSION").path("name").asString()).isEqualTo("notes-model");
    assertThat(node(made, "MODEL_VERSION").path("version").asInt()).isEqualTo(1);
    assertThat(node(made, "MODEL_VERSION").at("/madeOf/0/nodeId").asString())
        .isEqualTo(job.toString());
    // The prompt was not made of the row, so the answer does not name it.
    assertThat(node(made, "VARIANT").path("madeOf").toString())
        .isEqualTo("[{\"kind\":\"MODEL_VERSION\",\"nodeId\":\"" + MODEL.hex() + "\"}]");
    assertThat(node(made, "RELEASE").path("name").asString()).isEqualTo("production");
    assertThat(node(made, "RELEASE").path("application").asString()).isEqualTo(APPLICATION);
    assertThat(kinds(row(tested).path("downstream"))).containsExactly("SUITE");

    TestClient.TestCaller viewer = client.as("vera", WORKSPACE, Role.VIEWER);
    JsonNode up = viewer.get("/api/lineage/" + VARIANT.hex()).json();
    assertThat(kinds(up))
        .containsExactlyInAnyOrder("VARIANT", "MODEL_VERSION", "PROMPT_VERSION", "TRAINING_JOB");
    assertThat(up.path("truncated").asBoolean()).isFalse();
    assertThat(
            up.path("subsets")
                .valueStream()
                .map(subset ->
                    subset.path("dataset").asString()
                        + " "
                        + subset.path("version").asInt()
                        + " "
                        + subset.path("subset").asString()
                        + " "
                        + subset.path("rows").asInt()))
        .containsExactly("notes 1 train 18", "notes 1 validation 6");
    assertThat(up.at("/subsets/0/splitDigest").asString()).isEqualTo(digest.hex());
    assertThat(up.toString()).doesNotContain("Note number");
    for (String id : List.of(MODEL.hex(), job.toString(), release.toString())) {
      assertThat(viewer.get("/api/lineage/" + id).json().path("subsets").size()).isEqualTo(2);
    }
    assertThat(viewer.get("/api/lineage/" + suite.hex()).json().at("/subsets/0/subset").asString())
        .isEqualTo("test");
    assertThat(viewer.get("/api/lineage/" + PROMPT.hex()).json().path("subsets").size()).isZero();

    assertThat(viewer.get(VERSION + "/rows/" + trained).status()).isEqualTo(403);
    assertThat(viewer.get("/api/lineage/" + Digest.ofText("nothing").hex()).status())
        .isEqualTo(404);
    TestClient.TestCaller stranger = client.as("eve", UUID.randomUUID(), Role.ADMIN);
    assertThat(stranger.get("/api/lineage/" + VARIANT.hex()).status()).isEqualTo(404);
    assertThat(stranger.get(VERSION + "/lineage").status()).isEqualTo(404);
  }

  @Test
  @Order(2)
  void an_index_leads_to_the_variants_that_retrieve_from_it() {
    Digest split = new Digest(split().path("splitDigest").asString());
    Digest index = Digest.ofText("index");
    Digest variant = Digest.ofText("variant with an index");
    UUID first = Ids.next();
    UUID second = Ids.next();
    for (UUID each : List.of(first, second)) {
      publish(
          new IndexBuilt("notes", index, null, split, Map.of("subset", "train"), 18),
          each.toString(),
          2);
    }
    variant(variant, index);

    JsonNode up = awaited("/api/lineage/" + variant.hex(), node -> kinds(node).contains("INDEX"));
    assertThat(
            up.path("nodes")
                .valueStream()
                .filter(node -> node.path("kind").asString().equals("INDEX"))
                .map(node -> node.path("indexId").asString()))
        .containsExactlyInAnyOrder(first.toString(), second.toString());
    assertThat(up.at("/subsets/0/subset").asString()).isEqualTo("train");
    assertThat(up.path("subsets").size()).isEqualTo(1);
  }

  @Test
  @Order(3)
  void what_is_not_signed_by_its_service_leads_nowhere() {
    Digest split = new Digest(split().path("splitDigest").asString());
    Digest forged = Digest.ofText("forged");
    SuitePublished event = suite("forged", 1, forged, split, "train");
    events.send(
        EventTypes.topicOf("evaluation"),
        "forged",
        Map.ofEntries(
            Map.entry("ce_specversion", "1.0"),
            Map.entry("ce_id", Ids.next().toString()),
            Map.entry("ce_source", "/evaluation"),
            Map.entry("ce_type", EventTypes.typeOf(SuitePublished.class)),
            Map.entry("ce_subject", "forged"),
            Map.entry("ce_time", Instant.now().toString()),
            Map.entry("ce_workspace", WORKSPACE.toString()),
            Map.entry("ce_actor", "eve"),
            Map.entry("ce_aggregateversion", "1"),
            Map.entry("content-type", "application/json")),
        JsonMapper.shared().writeValueAsBytes(event));
    events.publish(event, "forged", 1, UUID.randomUUID(), "eve");
    Digest later = Digest.ofText("later");
    publish(suite("forged", 2, later, split, "train"), "forged", 2);

    awaited("/api/lineage/" + later.hex(), node -> true);
    assertThat(steward.get("/api/lineage/" + forged.hex()).status()).isEqualTo(404);
  }

  @Test
  @Order(4)
  void an_answer_names_so_many_of_the_newest_and_says_that_there_are_more() {
    Digest split = new Digest(split().path("splitDigest").asString());
    for (int i = 1; i <= 210; i++) {
      publish(suite("many", i, Digest.ofText("many " + i), split, "test"), "many", i);
    }
    awaited("/api/lineage/" + Digest.ofText("many 210").hex(), node -> true);

    JsonNode down = row(itemOf("test")).path("downstream");
    assertThat(down.path("nodes").size()).isEqualTo(200);
    assertThat(down.path("truncated").asBoolean()).isTrue();
    assertThat(down.at("/nodes/0/version").asInt()).isEqualTo(210);
  }

  @Test
  @Order(Integer.MAX_VALUE)
  void events_delivered_again_in_whatever_order_lead_to_the_same_lineage() {
    new Redelivery(events, "dataset-registry")
        .emptying("admission_policy", "lineage_node", "lineage_edge")
        // Activating a policy again enqueues a job that decides the admissions again.
        .ignoringTables("job")
        .verifyStateUnchanged();
  }

  /** Returns the only split of the only version, which the first test makes. */
  private JsonNode split() {
    if (steward.get(VERSION).status() == 404) {
      registerLabelled("notes");
      settled(
          steward
              .header("Content-Type", "text/csv")
              .post(
                  "/api/datasets/notes/versions",
                  "body,label\n"
                      + IntStream.range(0, 30)
                          .mapToObj(i ->
                              "Note number %d of %d,%s\n"
                                  .formatted(i, i * 7919, i % 2 == 0 ? "a" : "b"))
                          .collect(Collectors.joining())));
      settled(
          steward.post(
              VERSION + "/splits",
              Map.of("seed", 1, "subsets", Map.of("train", 0.6, "validation", 0.2, "test", 0.2))));
    }
    return steward.get(VERSION + "/splits").json().at("/items/0");
  }

  private String itemOf(String subset) {
    return steward
        .get(VERSION + "/items?limit=1&subset=" + subset)
        .json()
        .at("/items/0/item/itemId")
        .asString();
  }

  private JsonNode row(String itemId) {
    return steward.get(VERSION + "/rows/" + itemId).json();
  }

  private JsonNode awaited(String path, Predicate<JsonNode> holds) {
    return Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () -> steward.get(path), answer -> answer.status() == 200 && holds.test(answer.json()))
        .json();
  }

  private static List<String> kinds(JsonNode lineage) {
    return lineage
        .path("nodes")
        .valueStream()
        .map(node -> node.path("kind").asString())
        .distinct()
        .toList();
  }

  private static JsonNode node(JsonNode lineage, String kind) {
    return lineage
        .path("nodes")
        .valueStream()
        .filter(node -> node.path("kind").asString().equals(kind))
        .findFirst()
        .orElse(lineage.path("none"));
  }

  private void publish(Event event, String subject, long version) {
    events.publish(event, subject, version, WORKSPACE, "ada");
  }

  private void release(UUID id, ReleaseState state, long version) {
    publish(
        new ReleaseChanged(id, APPLICATION, "production", VARIANT, null, state, 100, null, 0),
        id.toString(),
        version);
  }

  private static ReleaseRequested requested(UUID id) {
    return new ReleaseRequested(
        id,
        APPLICATION,
        "production",
        VARIANT,
        null,
        Ids.next(),
        null,
        10,
        "ada",
        List.of("ada"),
        null,
        null);
  }

  private void variant(Digest digest, @Nullable Digest index) {
    publish(
        new VariantCreated(
            APPLICATION,
            "tuned",
            digest,
            PROMPT,
            "notes-model@1",
            index == null ? MODEL : Digest.ofText("base model"),
            null,
            index,
            Map.of(),
            null,
            null,
            null,
            null,
            List.of("ada")),
        digest.hex(),
        1);
  }

  private static ModelVersionRegistered registered(String model, int version, UUID job) {
    return new ModelVersionRegistered(
        model,
        version,
        MODEL,
        MODEL,
        "local/choice-bge-small",
        Digest.ofText("base"),
        job,
        Digest.ofText("dataset"),
        List.of("a", "b"),
        "ada",
        List.of("ada"));
  }

  private static JobChanged changed(UUID id, Digest split, JobState state) {
    return new JobChanged(id, APPLICATION, "local/choice-bge-small", "HEAD", split, state, 1, null);
  }

  private static JobFinished finished(UUID id, Digest split) {
    return new JobFinished(
        id,
        APPLICATION,
        "local/choice-bge-small",
        "HEAD",
        RunOutcome.SUCCEEDED,
        Digest.ofText("dataset"),
        split,
        MODEL,
        null,
        Map.of(),
        Map.of(),
        List.of("a", "b"),
        Money.usd(BigDecimal.ONE),
        1,
        "ada",
        List.of("ada"));
  }

  private static SuitePublished suite(
      String name, int version, Digest digest, Digest split, String subset) {
    return new SuitePublished(
        name, version, digest, split, subset, List.of(), List.of(), List.of(), 6, 0);
  }
}
