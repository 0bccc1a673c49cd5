package io.plumbline.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.plumbline.contracts.CriteriaPurpose;
import io.plumbline.contracts.DatasetRegistryEvent.AdmissionDecided;
import io.plumbline.contracts.DatasetRegistryEvent.SplitDefined;
import io.plumbline.contracts.DatasetRegistryEvent.Subset;
import io.plumbline.contracts.Digest;
import io.plumbline.contracts.EvaluationEvent.VerdictIssued;
import io.plumbline.contracts.InferenceEvent.ReleaseRequested;
import io.plumbline.contracts.PromptRegistryEvent.PromptVersionPublished;
import io.plumbline.contracts.StrategyEvent.CriteriaRegistered;
import io.plumbline.contracts.TaskType;
import io.plumbline.contracts.VerdictKind;
import io.plumbline.contracts.state.Outcome;
import io.plumbline.items.Document;
import io.plumbline.items.Expected;
import io.plumbline.items.Input;
import io.plumbline.items.Item;
import io.plumbline.platform.blob.BlobStore;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.identity.Role;
import io.plumbline.platform.test.TestClient;
import io.plumbline.platform.test.TestClient.Answer;
import io.plumbline.platform.test.TestEventClient;
import io.plumbline.platform.test.Workspaces;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Goes from a newer index to the variant over it and its release, over HTTP and events. */
class RefreshJourneyTests extends InferenceTest {

  private static final String PROMPT =
      """
      {"messages":[{"role":"system","content":"Help."},{"type":"placeholder","name":"conversation"}],
       "variables":{"type":"object","properties":{}},"examples":[],"parameters":{}}\
      """;

  @Autowired TestClient client;
  @Autowired TestEventClient events;
  @Autowired BlobStore blobs;
  @Autowired JsonMapper json;

  private final String suffix = UUID.randomUUID().toString().substring(0, 8);
  private final String application = "refresh-" + suffix;
  private final String dataset = "docs-" + suffix;

  @Test
  void newer_documents_are_served_by_a_variant_that_differs_in_nothing_else() throws Exception {
    TestClient.TestCaller ada = client.as("ada", Role.PROMPT_ENGINEER, Role.ML_ENGINEER);
    ReleaseSteps steps = new ReleaseSteps(events, ada);
    register(events, application, TaskType.GENERATION);
    steps.activatePolicy();
    Digest releases = Digest.ofText("releases " + suffix);
    Digest refreshes = Digest.ofText("refreshes " + suffix);
    steps.registerCriteria(application, releases);
    events.publish(
        new CriteriaRegistered(
            application,
            2,
            refreshes,
            Digest.ofText("regressions"),
            5,
            3,
            List.of(),
            CriteriaPurpose.REFRESH,
            null),
        application,
        3);
    String variant =
        createVariant(
            ada,
            variantOf(
                application,
                prompt(),
                "local/extract-bge-small",
                Map.of("indexDigest", index(ada, 1, 100, "Money is paid back within a week."))));
    String first =
        release(ada, variant, steps.judge(application, variant, releases, Outcome.PASS).toString());
    steps.approve(first, variant);
    steps.awaitState(first, "ACTIVE");

    Answer smaller =
        refresh(ada, variant, index(ada, 2, 80, "Money is paid back within two weeks."));
    assertThat(smaller.status()).isEqualTo(409);
    assertThat(smaller.json().path("type").asString()).isEqualTo("/problems/not-a-refresh");
    assertThat(smaller.json().path("missing").get(0).asString())
        .startsWith("an index that is built like");

    String index = index(ada, 2, 100, "Money is paid back within two weeks.");
    Answer created = refresh(ada, variant, index);

    assertThat(created.status()).as(created.body()).isEqualTo(201);
    JsonNode next = created.json();
    assertThat(next.path("dataset").asString()).isEqualTo(dataset);
    assertThat(List.of(next.path("formerVersion").asInt(), next.path("version").asInt()))
        .containsExactly(1, 2);
    String digest = next.path("variantDigest").asString();
    JsonNode former = ada.get("/api/variants/" + variant).json();
    JsonNode read = ada.get("/api/variants/" + digest).json();
    assertThat(read.path("indexDigest").asString()).isEqualTo(index);
    for (String part : List.of("promptDigest", "modelDigest", "parameters", "callerPolicy")) {
      assertThat(read.path(part)).isEqualTo(former.path(part));
    }
    String verdict = compared(digest, variant, refreshes);
    String release = release(ada, digest, verdict);
    assertThat(
            events
                .awaitPublished(
                    ReleaseRequested.class, event -> event.releaseId().toString().equals(release))
                .refresh())
        .isNotNull()
        .satisfies(change -> assertThat(change.indexDigest().hex()).isEqualTo(index));
    assertThat(
            ada.get("/api/gates/%s?variant=%s".formatted(application, digest))
                .json()
                .path("verdictId")
                .asString())
        .isEqualTo(verdict);
    steps.approve(release, digest);
    steps.awaitState(release, "ACTIVE");
  }

  private static Answer refresh(TestClient.TestCaller ada, String variant, String index) {
    return ada.post("/api/variants/" + variant + "/refresh", Map.of("indexDigest", index));
  }

  private String release(TestClient.TestCaller ada, String variant, String verdict) {
    Answer requested =
        settled(() ->
            ada.post(
                "/api/releases",
                Map.of(
                    "application", application, "variantDigest", variant, "verdictId", verdict)));
    assertThat(requested.status()).as(requested.body()).isEqualTo(202);
    return requested.json().path("releaseId").asString();
  }

  /** Issues a verdict that the refresh is no worse than the serving variant; returns its id. */
  private String compared(String variant, String serving, Digest criteria) {
    UUID id = UUID.randomUUID();
    events.publish(
        new VerdictIssued(
            id,
            VerdictKind.REFRESH,
            application,
            2,
            null,
            new Digest(variant),
            criteria,
            2,
            null,
            UUID.randomUUID(),
            null,
            Outcome.PASS,
            List.of(),
            List.of(new Digest(serving)),
            null),
        id.toString(),
        1);
    return id.toString();
  }

  private Digest prompt() {
    Digest digest = NEIGHBOURS.publish(PROMPT);
    events.publish(
        new PromptVersionPublished("help", 1, digest, null, "ada", "first"), digest.hex(), 1);
    return digest;
  }

  /** Builds an index of a version of the documents, and returns its digest. */
  private String index(TestClient.TestCaller ada, int version, int maxTokens, String text)
      throws Exception {
    Item item =
        new Item(
            "shop.md",
            Input.ofDocument(new Document("shop.md", "Shop", "# Refunds\n\n" + text, null, null)),
            Expected.NOTHING,
            Map.of());
    byte[] rows = json.writeValueAsString(item).getBytes(StandardCharsets.UTF_8);
    Digest blob = Caller.system(Workspaces.ACME).call(() -> blobs.put(rows));
    Digest content = Digest.ofText(dataset + version);
    Digest split = Digest.ofText("split of " + dataset + version);
    events.publish(
        new SplitDefined(
            dataset, version, content, split, Map.of("documents", new Subset(blob, 1)), 0),
        split.hex(),
        1);
    events.publish(
        new AdmissionDecided(
            dataset, version, content, Outcome.PASS, List.of("INDEX"), List.of(), null),
        content.hex(),
        5);
    Answer requested =
        await()
            .until(
                () ->
                    ada.post(
                        "/api/indexes",
                        Map.of(
                            "name",
                            "docs",
                            "splitDigest",
                            split.hex(),
                            "subset",
                            "documents",
                            "encoder",
                            "local/all-minilm-l6-v2",
                            "chunking",
                            Map.of("maxTokens", maxTokens, "overlapTokens", 10))),
                answer -> answer.status() == 202);
    String id = requested.json().path("indexId").asString();
    return await()
        .until(
            () -> ada.get("/api/indexes/" + id).json().path("indexDigest").asString(""),
            digest -> !digest.isEmpty());
  }
}
