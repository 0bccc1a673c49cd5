package io.plumbline.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.plumbline.contracts.DatasetRegistryEvent;
import io.plumbline.contracts.Digest;
import io.plumbline.contracts.EvaluationEvent;
import io.plumbline.contracts.InferenceEvent;
import io.plumbline.contracts.InferenceEvent.ArmReported;
import io.plumbline.contracts.InferenceEvent.UsageReported;
import io.plumbline.contracts.ModelRegistryEvent;
import io.plumbline.contracts.PromptRegistryEvent;
import io.plumbline.contracts.TaskType;
import io.plumbline.contracts.VerdictKind;
import io.plumbline.contracts.state.Outcome;
import io.plumbline.contracts.state.ReleaseState;
import io.plumbline.items.Item;
import io.plumbline.localmodels.Classifier;
import io.plumbline.localmodels.EncoderModel;
import io.plumbline.platform.blob.BlobStore;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.identity.Role;
import io.plumbline.platform.test.TestClient;
import io.plumbline.platform.test.TestClient.Answer;
import io.plumbline.platform.test.TestEventClient;
import io.plumbline.platform.test.Workspaces;
import io.plumbline.platform.test.fault.Redelivery;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Goes from the events of other services to a release, a halted canary and a rollback. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class JourneyTests extends InferenceTest {

  private static final String ITEMS =
      Stream.of(
              Item.ofText("1", "Buy cheap pills now, limited offer", "spam"),
              Item.ofText("2", "You have won a million, claim your prize", "spam"),
              Item.ofText("3", "Lunch tomorrow at noon?", "ham"),
              Item.ofText("4", "Here are the minutes of our meeting", "ham"))
          .map(JsonMapper.shared()::writeValueAsString)
          .collect(Collectors.joining("\n"));

  @Autowired TestClient client;
  @Autowired TestEventClient events;
  @Autowired BlobStore blobs;
  @Autowired JsonMapper json;

  private final String application = "mail-" + UUID.randomUUID();
  private long verdicts;
  private final Digest criteria = Digest.ofText("criteria of " + application);
  private final Digest split = Digest.ofText("split of " + application);
  private final Digest dataset = Digest.ofText("dataset of " + application);
  private TestClient.TestCaller ada;
  private ReleaseSteps releases;
  private TestClient.TestCaller sam;
  private Digest prompt = Digest.ofText("none");

  @BeforeEach
  void publish_what_inference_consumes() throws Exception {
    ada = client.as("ada", Role.PROMPT_ENGINEER, Role.ML_ENGINEER);
    releases = new ReleaseSteps(events, ada);
    sam = client.as("sam", Role.SRE);
    prompt = publishPrompt("ada", List.of());
    Digest rows =
        Caller.system(Workspaces.ACME)
            .call(() -> blobs.put(ITEMS.getBytes(StandardCharsets.UTF_8)));
    register(events, application, TaskType.CLASSIFICATION);
    releases.registerCriteria(application, criteria);
    events.publish(
        new DatasetRegistryEvent.SplitDefined(
            "mails",
            1,
            dataset,
            split,
            Map.of(
                "train",
                new DatasetRegistryEvent.Subset(rows, 4),
                "test",
                new DatasetRegistryEvent.Subset(rows, 4)),
            0),
        split.hex(),
        1);
    releases.activatePolicy();
    releases.listModel();
  }

  @Test
  void an_index_needs_training_rows_of_an_admitted_dataset() {
    assertThat(problem(build("test"))).isEqualTo("409 /problems/evaluation-subset");
    assertThat(problem(build("train"))).isEqualTo("409 /problems/dataset-not-admitted");
    admit();
    String id = build("train").json().path("indexId").asString();
    assertThat(built(id)).matches("[0-9a-f]{64}");
    InferenceEvent.IndexRequested requested =
        events.awaitPublished(
            InferenceEvent.IndexRequested.class, event -> event.indexId().toString().equals(id));
    assertThat(requested.splitDigest()).isEqualTo(split);
    assertThat(requested.encoder()).isEqualTo("all-minilm-l6-v2");
    assertThat(
            ada.post(
                    "/api/indexes",
                    Map.of(
                        "name",
                        "i",
                        "splitDigest",
                        Digest.ofText("?").hex(),
                        "subset",
                        "train",
                        "encoder",
                        "local/all-minilm-l6-v2"))
                .header("Retry-After"))
        .isEqualTo("1");
  }

  @Test
  void an_index_that_cannot_be_built_publishes_why() {
    Digest lost = Digest.ofText("lost rows of " + application);
    events.publish(
        new DatasetRegistryEvent.SplitDefined(
            "mails",
            1,
            dataset,
            lost,
            Map.of("train", new DatasetRegistryEvent.Subset(Digest.ofText("nowhere"), 4)),
            0),
        lost.hex(),
        1);
    admit();
    Answer requested =
        settled(() ->
            ada.post(
                "/api/indexes",
                Map.of(
                    "name",
                    "lost",
                    "splitDigest",
                    lost.hex(),
                    "subset",
                    "train",
                    "encoder",
                    "local/all-minilm-l6-v2")));
    String id = requested.json().path("indexId").asString();

    InferenceEvent.IndexFailed failed =
        events.awaitPublished(
            InferenceEvent.IndexFailed.class, event -> event.indexId().toString().equals(id));
    assertThat(failed.splitDigest()).isEqualTo(lost);
    assertThat(failed.reason()).contains("no content");
    JsonNode index = ada.get("/api/indexes/" + id).json();
    assertThat(index.path("state").asString()).isEqualTo("FAILED");
    assertThat(index.path("error").asString()).isEqualTo(failed.reason());
  }

  @Test
  void retrieved_rows_and_prompts_reach_the_model_and_never_the_input_itself() {
    admit();
    String plain = variant("plain", "local/choice-minilm", null);
    String retrieving = variant("retrieving", "local/choice-minilm", index());
    Answer without = call(ada, "variant/" + plain, "Cheap offer: pills, buy now");
    Answer with = call(ada, "variant/" + retrieving, "Cheap offer: pills, buy now");
    assertThat(with.json().path("choices").get(0).path("message").path("content").asString())
        .isEqualTo("{\"label\":\"spam\"}");
    assertThat(with.header("x-plumbline-variant")).isEqualTo(retrieving);
    assertThat(tokens(with)).isGreaterThan(tokens(without));
    // The row itself is excluded, so the model reads one example fewer than for another input.
    assertThat(tokens(call(ada, "variant/" + retrieving, "Lunch  tomorrow at NOON?")))
        .isLessThan(tokens(with));
    assertThat(
            call(ada, "variant/" + plain, "Cheap offer: pills, buy now")
                .header("x-plumbline-cache"))
        .isEqualTo("hit");
    assertThat(without.header("x-plumbline-cost")).matches("0\\.0000\\d+ USD");
    assertThat(
            events
                .awaitPublished(
                    InferenceEvent.VariantCreated.class,
                    event -> event.variantDigest().hex().equals(plain))
                .authors())
        .containsExactly("ada");
  }

  @Test
  void retrieval_is_switched_off_for_one_call_and_counts_for_nothing() {
    admit();
    String plain = variant("plain", "local/choice-minilm", null);
    String retrieving = variant("retrieving", "local/choice-minilm", index());
    String text = "Cheap offer: pills, buy now";
    TestClient.TestCaller without = ada.header("x-plumbline-without", "retrieval");

    Answer switchedOff = call(without, "variant/" + retrieving, text);

    assertThat(switchedOff.status()).as(switchedOff.body()).isEqualTo(200);
    assertThat(switchedOff.header("x-plumbline-without")).isEqualTo("retrieval");
    assertThat(switchedOff.header("x-plumbline-cache")).isEqualTo("bypass");
    assertThat(call(without, "variant/" + retrieving, text).header("x-plumbline-cache"))
        .isEqualTo("bypass");
    long rowsRead = tokens(call(ada, "variant/" + retrieving, text)) - tokens(switchedOff);
    assertThat(rowsRead).isPositive();
    assertThat(
            traced(ada, switchedOff)
                .path("steps")
                .valueStream()
                .filter(step -> step.path("kind").asString().equals("RETRIEVE"))
                .map(step -> step.path("details").toString()))
        .singleElement()
        .asString()
        .contains("switched off", "x-plumbline-without");
    refusesToSwitchOff(without, "variant/" + plain, 400, "retrieves nothing");
    refusesToSwitchOff(without, "app/" + application, 400, "needs a variant");
    refusesToSwitchOff(without, "local/choice-minilm", 400, "needs a variant");
    refusesToSwitchOff(
        ada.header("x-plumbline-without", "output-guard"),
        "variant/" + retrieving,
        400,
        "nothing else can be switched off");
    refusesToSwitchOff(
        client.as("vera", Role.VIEWER).header("x-plumbline-without", "retrieval"),
        "variant/" + retrieving,
        403,
        "prompt-engineer, ml-engineer");
  }

  private static void refusesToSwitchOff(
      TestClient.TestCaller who, String model, int status, String reason) {
    Answer refused = call(who, model, "hello");
    assertThat(refused.status()).as(refused.body()).isEqualTo(status);
    assertThat(refused.body()).contains(reason);
  }

  @Test
  void a_variant_is_immutable_and_identified_by_its_parts() {
    String first = variant("one", "local/choice-minilm", null);
    Answer again =
        ada.expectingNoEvent()
            .post(
                "/api/variants",
                Map.of(
                    "application",
                    application,
                    "name",
                    "another name",
                    "promptDigest",
                    prompt.hex(),
                    "model",
                    "local/choice-minilm"));
    assertThat(again.json().path("variantDigest").asString()).isEqualTo(first);
    assertThat(
            client
                .as("gus", Workspaces.GLOBEX, Role.PROMPT_ENGINEER)
                .get("/api/variants/" + first)
                .status())
        .isEqualTo(404);
    assertThat(
            call(client.as("gus", Workspaces.GLOBEX, Role.PROMPT_ENGINEER), "variant/" + first, "x")
                .status())
        .isEqualTo(409);
    assertThat(
            problem(
                ada.post(
                    "/api/variants",
                    Map.of(
                        "application",
                        application,
                        "name",
                        "n",
                        "promptDigest",
                        Digest.ofText("no").hex(),
                        "model",
                        "local/choice-minilm"))))
        .isEqualTo("409 /problems/not-yet-known");
    assertThat(
            ada.post(
                    "/api/variants",
                    Map.of(
                        "application",
                        application,
                        "name",
                        "n",
                        "promptDigest",
                        prompt.hex(),
                        "model",
                        "local/choice-minilm",
                        "status",
                        "ACTIVE"))
                .status())
        .isEqualTo(400);
    assertThat(ada.get("/api/variants?application=" + application).json().path("items").size())
        .isEqualTo(1);
  }

  @Test
  void a_registered_head_answers_with_its_labels() throws Exception {
    float[][] weights = new float[2][EncoderModel.DIMENSIONS];
    Classifier head =
        new Classifier(
            EncoderModel.MINILM, 128, List.of("ham", "spam"), 1, weights, new float[] {0, 5});
    Digest artifact = Caller.system(Workspaces.ACME).call(() -> blobs.put(head.bytes()));
    String name = "head-" + UUID.randomUUID();
    events.publish(
        new ModelRegistryEvent.ModelVersionRegistered(
            name,
            1,
            Digest.ofText(name),
            artifact,
            "local/choice-minilm",
            Digest.ofText("b"),
            UUID.randomUUID(),
            dataset,
            List.of("ham", "spam"),
            "mia",
            List.of("mia")),
        name,
        1);
    String tuned = variant("tuned", name + "@1", null);
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() ->
            assertThat(call(ada, "variant/" + tuned, "hello").body())
                .contains("{\\\"label\\\":\\\"spam\\\"}"));
    Answer foreign =
        ada.post(
            "/v1/chat/completions",
            Map.of(
                "model",
                name + "@1",
                "messages",
                List.of(Map.of("role", "user", "content", "x")),
                "response_format",
                format(List.of("ham", "eggs"))));
    assertThat(foreign.json().path("error").path("code").asString()).isEqualTo("unknown_option");
  }

  @Test
  void a_release_has_a_canary_that_analysis_halts_and_is_rolled_back() {
    String first = variant("first", "local/choice-minilm", null);
    assertThat(problem(release(first, null, null, 0)))
        .isEqualTo("409 /problems/release-without-verdict");
    assertThat(
            problem(release(first, verdict(Digest.ofText("another").hex(), Outcome.PASS), null, 0)))
        .isEqualTo("409 /problems/release-without-verdict");
    assertThat(problem(release(first, verdict(first, Outcome.FAIL), null, 0)))
        .isEqualTo("409 /problems/verdict-failed");
    assertThat(call(ada, "app/" + application, "x").status()).isEqualTo(404);

    String one = id(release(first, verdict(first, Outcome.PASS), null, 20));
    releases.approve(one, first);
    releases.awaitState(one, "ACTIVE");
    assertThat(call(ada, "app/" + application, "x").header("x-plumbline-variant")).isEqualTo(first);
    TestClient.TestCaller vera = client.as("vera", Role.VIEWER);
    assertThat(call(vera, "app/" + application, "x").status()).isEqualTo(200);
    assertThat(call(vera, "variant/" + first, "x").status()).isEqualTo(403);

    String second = variant("second", "local/choice-bge-small", null);
    String two = id(release(second, verdict(second, Outcome.FAIL), "we accept the risk", 50));
    releases.approve(two, second);
    releases.awaitState(two, "CANARY");
    Map<String, Integer> served = new HashMap<>();
    for (int i = 0; i < 40; i++) {
      served.merge(
          call(ada, "app/" + application, "message " + i, "user-" + i)
              .header("x-plumbline-variant"),
          1,
          Integer::sum);
    }
    assertThat(served.keySet()).containsExactlyInAnyOrder(first, second);
    assertThat(call(ada, "app/" + application, "again", "user-7").header("x-plumbline-variant"))
        .isEqualTo(
            call(ada, "app/" + application, "and again", "user-7").header("x-plumbline-variant"));
    feedback();
    feedbackByKey();
    events.awaitPublished(
        InferenceEvent.ArmReported.class,
        arm -> arm.releaseId().toString().equals(two) && arm.arm().equals("canary"));

    events.publish(
        new EvaluationEvent.VerdictIssued(
            UUID.randomUUID(),
            VerdictKind.CANARY,
            application,
            ++verdicts,
            null,
            new Digest(second),
            null,
            null,
            null,
            null,
            UUID.fromString(two),
            Outcome.FAIL,
            List.of("accuracy fell"),
            null,
            null),
        two,
        9);
    releases.awaitState(two, "HALTED");
    assertThat(call(ada, "app/" + application, "x", "anybody").header("x-plumbline-variant"))
        .isEqualTo(first);

    String three = id(release(second, verdict(second, Outcome.PASS), null, 0));
    releases.approve(three, second);
    releases.awaitState(three, "ACTIVE");
    assertThat(call(ada, "app/" + application, "x").header("x-plumbline-variant"))
        .isEqualTo(second);
    for (String action : List.of("promote", "halt", "rollback")) {
      assertThat(
              ada.post("/api/releases/" + three + "/" + action, Map.of("reason", "mine")).status())
          .as(action)
          .isEqualTo(403);
    }
    assertThat(sam.post("/api/releases/" + three + "/rollback", Map.of("reason", "")).status())
        .isEqualTo(400);
    assertThat(
            sam.post("/api/releases/" + three + "/rollback", Map.of("reason", "it is worse"))
                .status())
        .isEqualTo(200);
    assertThat(call(ada, "app/" + application, "x").header("x-plumbline-variant")).isEqualTo(first);
    assertThat(problem(sam.post("/api/releases/" + three + "/rollback", Map.of("reason", "again"))))
        .isEqualTo("409 /problems/release-state");
    events.awaitPublished(
        InferenceEvent.ReleaseChanged.class,
        each -> each.reason() != null && each.reason().contains(three + " was rolled back"));
    assertThat(
            events.published(InferenceEvent.ReleaseChanged.class).stream()
                .filter(each -> each.application().equals(application))
                .map(InferenceEvent.ReleaseChanged::state)
                .filter(state -> state != ReleaseState.APPROVED)
                .toList())
        .containsExactly(
            ReleaseState.ACTIVE,
            ReleaseState.CANARY,
            ReleaseState.HALTED,
            ReleaseState.SUPERSEDED,
            ReleaseState.ACTIVE,
            ReleaseState.ROLLED_BACK,
            ReleaseState.ACTIVE);
  }

  @Test
  @Order(Integer.MAX_VALUE)
  void events_delivered_thrice_and_shuffled_lead_to_the_same_state() {
    new Redelivery(events, "inference")
        .emptying("application_projection", "criteria_projection", "prompt_projection")
        .emptying("split_projection", "verdict_projection")
        .emptying("base_model_projection", "model_version_projection", "policy_projection")
        // Admissions stay: when they were withdrawn is recorded once, in the order of the events.
        // These tables follow calls and writes, not events.
        .ignoringTables(
            "usage_minute", "usage_record", "trace", "trace_content", "workspace_change")
        .allowingRepublished(UsageReported.class, ArmReported.class)
        .verifyStateUnchanged();
  }

  private void feedback() {
    Answer answered = call(ada, "app/" + application, "judge me", "user-1");
    String response = answered.json().path("id").asString();
    assertThat(ada.post("/api/feedback", Map.of("responseId", response, "correct", false)).status())
        .isEqualTo(200);
    assertThat(
            client
                .as("gus", Workspaces.GLOBEX, Role.VIEWER)
                .post("/api/feedback", Map.of("responseId", response, "correct", true))
                .status())
        .isEqualTo(400);
    events.awaitPublished(
        InferenceEvent.ArmReported.class,
        arm -> arm.application().equals(application) && arm.feedback() == 1 && arm.correct() == 0);
  }

  /**
   * Gives feedback with a key after a person did, on either arm. The key is one caller, whose
   * latest feedback counts.
   */
  private void feedbackByKey() {
    JsonNode created = createKey(sam, Map.of("applications", List.of(application)));
    TestClient.TestCaller shop = client.withToken(created.path("key").asString());
    String response =
        call(shop, "app/" + application, "judge me", "user-1").json().path("id").asString();
    assertThat(judge(shop, response, false).status()).isEqualTo(200);
    JsonNode recorded = judge(shop, response, true).json();
    assertThat(recorded.path("metric").asString()).isEqualTo("correctness");
    assertThat(recorded.path("correct").asBoolean()).isTrue();
    events.awaitPublished(
        InferenceEvent.ArmReported.class,
        arm -> arm.application().equals(application) && arm.feedback() >= 1 && arm.correct() == 1);
    refusedFeedback(response);
    assertThat(
            Stream.iterate(1, i -> i + 1)
                .map(i ->
                    shop.post(
                        "/v1/feedback",
                        Map.of("responseId", response, "correct", true, "metric", "m" + i)))
                .dropWhile(answer -> answer.status() == 200)
                .findFirst()
                .map(JourneyTests::error))
        .as("as many metrics as any caller")
        .contains("422 unprocessable metric");
    assertThat(
            sam.post(
                    "/api/api-keys/" + created.at("/apiKey/apiKeyId").asString() + "/revoke",
                    Map.of("reason", "It leaked"))
                .status())
        .isEqualTo(200);
    assertThat(error(judge(shop, response, true))).isEqualTo("401 unauthenticated null");
  }

  private void refusedFeedback(String response) {
    TestClient.TestCaller anotherScope =
        client.withToken(
            createKey(sam, Map.of("models", List.of("local/choice-minilm")))
                .path("key")
                .asString());
    TestClient.TestCaller anotherWorkspace =
        client.withToken(
            createKey(
                    client.as("olga", UUID.randomUUID(), Role.SRE), Map.of("allApplications", true))
                .path("key")
                .asString());
    String forged =
        response.substring(0, 20)
            + (response.charAt(20) == 'A' ? 'B' : 'A')
            + response.substring(21);
    for (Answer refused :
        List.of(
            judge(anotherScope, response, true),
            judge(anotherScope, forged, true),
            judge(anotherWorkspace, response, true))) {
      assertThat(error(refused)).isEqualTo("403 out_of_scope responseId");
      assertThat(refused.body()).doesNotContain(application);
    }
    assertThat(error(judge(ada, forged, true))).isEqualTo("400 invalid responseId");
    assertThat(error(ada.post("/v1/feedback", Map.of("responseId", response))))
        .isEqualTo("400 invalid correct");
  }

  private static JsonNode createKey(TestClient.TestCaller operator, Map<String, Object> scope) {
    Map<String, Object> body = new HashMap<>(scope);
    body.put("name", "a key");
    Answer created = settled(() -> operator.post("/api/api-keys", body));
    assertThat(created.status()).as(created.body()).isEqualTo(201);
    return created.json();
  }

  private static Answer judge(TestClient.TestCaller who, String response, boolean correct) {
    return who.post("/v1/feedback", Map.of("responseId", response, "correct", correct));
  }

  /** Returns the status, code and parameter of an error in OpenAI's shape. */
  private static String error(Answer refused) {
    JsonNode error = refused.json().path("error");
    return "%d %s %s"
        .formatted(
            refused.status(), error.path("code").asString(), error.path("param").asString("null"));
  }

  private Digest publishPrompt(String author, List<Map<String, String>> examples) {
    Map<String, Object> content = new HashMap<>();
    content.put(
        "messages",
        List.of(
            Map.of(
                "role",
                "system",
                "content",
                "Sort mail.\nspam: unwanted advertising and fraud\nham: what a person wrote"),
            Map.of("role", "user", "content", "{{text}}")));
    content.put(
        "variables",
        Map.of(
            "type",
            "object",
            "description",
            "of " + application,
            "properties",
            Map.of("text", Map.of("type", "string")),
            "required",
            List.of("text")));
    content.put("examples", examples);
    content.put("parameters", Map.of());
    content.put("responseFormat", schema(List.of("spam", "ham")));
    Digest digest = NEIGHBOURS.publish(json.writeValueAsString(content));
    events.publish(
        new PromptRegistryEvent.PromptVersionPublished("triage", 1, digest, null, author, "first"),
        digest.hex(),
        1);
    return digest;
  }

  private void admit() {
    events.publish(
        new DatasetRegistryEvent.AdmissionDecided(
            "mails", 1, dataset, Outcome.PASS, List.of("TRAIN", "INDEX"), List.of(), null),
        dataset.hex(),
        5);
    await().atMost(Duration.ofSeconds(60)).until(() -> build("train").status() == 202);
  }

  private Answer build(String subset) {
    return settled(() ->
        ada.post(
            "/api/indexes",
            Map.of(
                "name",
                "mails",
                "splitDigest",
                split.hex(),
                "subset",
                subset,
                "encoder",
                "local/all-minilm-l6-v2")));
  }

  private String index() {
    return built(build("train").json().path("indexId").asString());
  }

  private String built(String id) {
    return await()
        .until(
            () -> ada.get("/api/indexes/" + id).json().path("indexDigest").asString(""),
            digest -> !digest.isEmpty());
  }

  private String variant(String name, String model, @Nullable String index) {
    Map<String, Object> body =
        new HashMap<>(
            Map.of(
                "application",
                application,
                "name",
                name,
                "promptDigest",
                prompt.hex(),
                "model",
                model));
    if (index != null) {
      body.put("indexDigest", index);
      body.put("parameters", Map.of("retrievedExamples", 4, "maxInputTokens", 128));
    }
    return createVariant(ada, body);
  }

  private UUID verdict(String subject, Outcome outcome) {
    UUID id = UUID.randomUUID();
    events.publish(
        new EvaluationEvent.VerdictIssued(
            id,
            VerdictKind.RELEASE,
            application,
            ++verdicts,
            null,
            new Digest(subject),
            criteria,
            1,
            Digest.ofText("suite"),
            UUID.randomUUID(),
            null,
            outcome,
            List.of("accuracy"),
            null,
            null),
        id.toString(),
        1);
    return id;
  }

  private Answer release(
      String variant, @Nullable UUID verdict, @Nullable String override, int canary) {
    Map<String, Object> body =
        new HashMap<>(
            Map.of("application", application, "variantDigest", variant, "canaryPercent", canary));
    if (verdict != null) {
      body.put("verdictId", verdict);
    }
    if (override != null) {
      body.put("override", override);
    }
    return settled(() -> ada.post("/api/releases", body));
  }

  private static String id(Answer requested) {
    assertThat(requested.status()).as(requested.body()).isEqualTo(202);
    return requested.json().path("releaseId").asString();
  }

  private static Answer call(TestClient.TestCaller who, String model, String text) {
    return call(who, model, text, "user");
  }

  private static Answer call(TestClient.TestCaller who, String model, String text, String user) {
    return who.post(
        "/v1/chat/completions",
        Map.of(
            "model",
            model,
            "user",
            user,
            "messages",
            List.of(Map.of("role", "user", "content", text))));
  }

  private static long tokens(Answer answer) {
    return answer.json().path("usage").path("prompt_tokens").asLong();
  }

  private static String problem(Answer answer) {
    return answer.status() + " " + answer.json().path("type").asString("");
  }

  private static Map<String, Object> schema(List<String> labels) {
    return Map.of(
        "type",
        "object",
        "properties",
        Map.of("label", Map.of("type", "string", "enum", labels)),
        "required",
        List.of("label"));
  }

  private static Map<String, Object> format(List<String> labels) {
    return Map.of(
        "type", "json_schema", "json_schema", Map.of("name", "label", "schema", schema(labels)));
  }
}
