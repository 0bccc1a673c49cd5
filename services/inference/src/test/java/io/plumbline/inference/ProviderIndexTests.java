package io.plumbline.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.plumbline.contracts.Digest;
import io.plumbline.contracts.InferenceEvent.IndexBuilt;
import io.plumbline.contracts.InferenceEvent.IndexFailed;
import io.plumbline.contracts.ModelRegistryEvent.BaseModelListed;
import io.plumbline.contracts.Money;
import io.plumbline.contracts.PromptRegistryEvent.PromptVersionPublished;
import io.plumbline.contracts.TaskType;
import io.plumbline.contracts.state.Outcome;
import io.plumbline.items.Document;
import io.plumbline.items.Expected;
import io.plumbline.items.Input;
import io.plumbline.items.Item;
import io.plumbline.platform.blob.BlobStore;
import io.plumbline.platform.identity.Role;
import io.plumbline.platform.test.EmbeddedServers;
import io.plumbline.platform.test.TestClient;
import io.plumbline.platform.test.TestClient.Answer;
import io.plumbline.platform.test.TestEventClient;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Tests indexes whose encoder is a provider's model. */
class ProviderIndexTests extends InferenceTest {

  private static final int DIMENSIONS = 1_536;
  private static final String PROMPT =
      """
      {"messages":[{"role":"system","content":"Help."},{"type":"placeholder","name":"conversation"}],
       "variables":{"type":"object","properties":{}},"examples":[],"parameters":{}}
      """;
  private static final String COMPLETION =
      """
      {"id":"x","object":"chat.completion","created":1,"model":"m",
      "choices":[{"index":0,"message":{"role":"assistant","content":"Within a week [1]."},
      "finish_reason":"stop"}],"usage":{"prompt_tokens":7,"completion_tokens":2,"total_tokens":9}}\
      """;

  @Autowired TestClient client;
  @Autowired TestEventClient events;
  @Autowired BlobStore blobs;
  @Autowired JsonMapper json;

  private final String suffix = UUID.randomUUID().toString().substring(0, 8);
  private final String provider = "v" + suffix;
  private final String encoder = provider + "/embed-1";
  private final String chat = "c" + suffix;
  private final String application = "help-" + suffix;
  private final EmbeddingApi api = new EmbeddingApi(DIMENSIONS);
  private final ScriptedApi chats = new ScriptedApi();
  private TestClient.TestCaller root;
  private TestClient.TestCaller ada;

  @BeforeEach
  void connect() {
    root = client.as("root", Role.ADMIN);
    ada = client.as("ada", Role.PROMPT_ENGINEER, Role.ML_ENGINEER);
    register(events, application, TaskType.GENERATION);
    connect(client, provider, api.url());
    connect(client, chat, chats.url());
  }

  @AfterEach
  void close() {
    api.close();
    chats.close();
  }

  @Test
  void an_index_is_built_by_the_connection_that_the_encoders_name_leads_to() throws Exception {
    listPrice(encoder, "USD");

    JsonNode index = ready(build(shop()));

    assertThat(index.path("encoder").asString()).isEqualTo(encoder);
    assertThat(index.path("connectionDigest").asString()).isEqualTo(connection());
    assertThat(index.path("dimensions").asInt()).isEqualTo(DIMENSIONS);
    assertThat(index.path("passages").asInt()).isEqualTo(2);
    assertThat(index.path("embeddedTokens").asInt()).isEqualTo(20);
    assertThat(index.path("cost"))
        .isEqualTo(json.readTree("{\"amount\":\"0.02\",\"currency\":\"USD\"}"));
    assertThat(api.embedded())
        .containsExactly(
            "Shop\nRefunds\nMoney is paid back within a week.",
            "Shop\nHours\nThe shop is open from nine to five.");
    String digest = index.path("indexDigest").asString();
    assertThat(
            events
                .awaitPublished(IndexBuilt.class, each -> each.indexDigest().hex().equals(digest))
                .recipe())
        .containsEntry("encoder", encoder)
        .containsEntry("connection", connection());
    assertThat(batches(index)).isZero();
    assertThat(
            ada.get("/api/indexes?connectionDigest=" + connection())
                .json()
                .path("items")
                .valueStream()
                .map(each -> each.path("indexDigest").asString()))
        .containsExactly(digest);
    awaitMetered(encoder, 20, 0);
  }

  @Test
  void a_search_is_embedded_by_the_connection_that_the_index_has() throws Exception {
    String id = ready(build(shop())).path("indexId").asString();
    try (EmbeddingApi other = new EmbeddingApi(DIMENSIONS)) {
      root.post("/api/providers/" + provider + "/connections", Map.of("baseUrl", other.url()));

      Answer found = search(id);

      assertThat(found.json().at("/passages/0/section").asString()).isEqualTo("Hours");
      assertThat(found.json().at("/passages/0/vectorRank").asInt()).isEqualTo(1);
      assertThat(other.embedded()).isEmpty();
      assertThat(api.embedded()).endsWith("opening hours");
    }
  }

  @Test
  void what_a_call_retrieves_is_in_its_trace_and_metered_apart() throws Exception {
    listPrice(encoder, "USD");
    listPrice(chat + "/m", "USD");
    String variant = variant(ready(build(shop())), Map.of("retrievedPassages", 1));
    chats.answers(200, COMPLETION);

    Answer answer = ask(variant, "When is money paid back?");

    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(answer.json().at("/choices/0/message/annotations/0/passage/section").asString())
        .isEqualTo("Refunds");
    assertThat(answer.header("x-plumbline-cost")).isEqualTo("0.017 USD");
    Map<String, String> step =
        traced(ada, answer)
            .path("steps")
            .valueStream()
            .filter(each -> each.path("kind").asString().equals("RETRIEVE"))
            .map(InferenceTest::details)
            .findFirst()
            .orElseThrow();
    assertThat(step)
        .containsEntry("encoder", encoder)
        .containsEntry("tokens", "10")
        .containsEntry("cost", "0.01 USD")
        .containsEntry("passages", "1");
    JsonNode embedding =
        await()
            .atMost(Duration.ofSeconds(60))
            .until(
                () -> ada.get("/api/traces/" + step.get("request")), found -> found.status() == 200)
            .json()
            .path("trace");
    assertThat(embedding.path("operation").asString()).isEqualTo("EMBEDDING");
    assertThat(embedding.path("application").asString()).isEqualTo(application);
    assertThat(embedding.path("variantDigest").asString()).isEqualTo(variant);
    awaitMetered(encoder, 30, 0);
    awaitMetered(chat + "/m", 7, 2);
  }

  @Test
  void costs_of_a_call_and_of_its_query_are_not_added_up_in_two_currencies() throws Exception {
    listPrice(encoder, "USD");
    listPrice(chat + "/m", "EUR");
    String variant = variant(ready(build(shop())), Map.of());
    chats.answers(200, COMPLETION);

    Answer answer = ask(variant, "When is money paid back?");

    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(answer.header("x-plumbline-cost")).isEmpty();
  }

  @Test
  void a_build_that_is_taken_up_again_pays_for_the_missing_batches_alone() throws Exception {
    // All attempts at the second batch fail until the job is postponed, twice in a row.
    api.fails(1, 14, 429, "{\"error\":{\"message\":\"slow down\"}}");

    JsonNode index = build(many());
    awaitPostponed(index);
    assertThat(batches(index)).isEqualTo(1);
    JsonNode built = ready(index);

    assertThat(built.path("passages").asInt()).isEqualTo(150);
    assertThat(built.path("embeddedTokens").asInt()).isEqualTo(1_500);
    assertThat(api.embedded()).hasSize(150).doesNotHaveDuplicates();
    assertThat(batches(index)).isZero();
  }

  @Test
  void a_build_that_waits_for_its_provider_is_cancelled() throws Exception {
    api.fails(1, 1_000, 429, "{\"error\":{\"message\":\"slow down\"}}");
    JsonNode index = build(many());
    awaitPostponed(index);
    String address = "/api/indexes/" + index.path("indexId").asString() + "/cancel";

    JsonNode cancelled = ada.post(address, Map.of()).json();

    assertThat(cancelled.path("state").asString()).isEqualTo("CANCELLED");
    assertThat(batches(index)).isZero();
    assertThat(ada.post(address, Map.of()).status()).isEqualTo(409);
    assertThat(
            events
                .awaitPublished(
                    IndexFailed.class,
                    each -> each.indexId().toString().equals(index.path("indexId").asString()))
                .reason())
        .isEqualTo("Cancelled on request");
  }

  @Test
  void a_refusal_ends_the_build_with_the_providers_reason() throws Exception {
    api.fails(1, 1, 400, "{\"error\":{\"message\":\"input has a bad token\"}}");

    JsonNode index = build(many());

    assertThat(failure(index))
        .isEqualTo(
            "The index could not be built: Provider '%s' refuses the request: input has a bad token"
                .formatted(provider));
    assertThat(index(index).path("embeddedTokens").asInt()).isEqualTo(640);
    assertThat(batches(index)).isZero();
  }

  @Test
  void vectors_of_other_dimensions_end_the_build_by_name() throws Exception {
    api.changes(1);

    assertThat(failure(build(many())))
        .contains("gives vectors of 768 dimensions, and those of the index have 1,536");
  }

  @Test
  void a_query_of_other_dimensions_is_an_error_by_name() throws Exception {
    JsonNode index = ready(build(shop()));
    String variant = variant(index, Map.of());
    api.changes(1);

    Answer searched = search(index.path("indexId").asString());
    Answer called = ask(variant, "When is money paid back?");

    assertThat(searched.status()).isEqualTo(502);
    assertThat(searched.json().path("type").asString()).isEqualTo("/problems/unfit-embedding");
    assertThat(called.status()).isEqualTo(502);
    assertThat(errorCode(called)).isEqualTo("unfit_embedding");
    assertThat(called.body()).contains("768 dimensions");
  }

  @Test
  void a_provider_that_does_not_embed_a_query_is_answered_for_as_for_a_model() throws Exception {
    JsonNode index = ready(build(shop()));
    String variant = variant(index, Map.of());
    api.fails(1, 6, 429, "{\"error\":{\"message\":\"slow down\"}}");

    Answer called = ask(variant, "When is money paid back?");
    Answer searched = search(index.path("indexId").asString());

    assertThat(called.status()).isEqualTo(429);
    assertThat(errorCode(called)).isEqualTo("provider_rate_limit");
    assertThat(trace(ada, called).path("status").asString()).isEqualTo("ERROR");
    assertThat(searched.status()).isEqualTo(502);
    assertThat(searched.json().path("type").asString()).isEqualTo("/problems/encoder-unavailable");
  }

  @Test
  void without_its_connection_a_variant_does_not_answer() throws Exception {
    JsonNode index = ready(build(shop()));
    String variant = variant(index, Map.of());

    assertThat(root.delete("/api/providers/" + provider).status()).isEqualTo(204);

    Answer called = ask(variant, "When is money paid back?");
    assertThat(called.status()).isEqualTo(404);
    assertThat(called.body()).contains("encoder of the variant's index is called by was removed");
    Answer searched = search(index.path("indexId").asString());
    assertThat(searched.status()).isEqualTo(409);
    assertThat(searched.json().path("type").asString()).isEqualTo("/problems/connection-removed");
    connect(client, provider, api.url());
    assertThat(search(index.path("indexId").asString()).status()).isEqualTo(200);
  }

  @Test
  void a_provider_that_embeds_for_a_release_is_not_removed() throws Exception {
    String variant = variant(ready(build(shop())), Map.of());
    Map<String, Object> request = passed(variant);
    Answer requested = settled(() -> ada.post("/api/releases", request));
    assertThat(requested.status()).as(requested.body()).isEqualTo(202);

    Answer refused = root.delete("/api/providers/" + provider);

    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.json().path("type").asString()).isEqualTo("/problems/provider-in-use");
    assertThat(
            ada.get("/api/variants?connectionDigest=" + connection())
                .json()
                .path("items")
                .valueStream()
                .map(each -> each.path("variantDigest").asString()))
        .containsExactly(variant);
  }

  @Test
  void a_release_whose_index_lost_its_connection_is_refused() throws Exception {
    String variant = variant(ready(build(shop())), Map.of());
    Map<String, Object> request = passed(variant);
    root.delete("/api/providers/" + provider);

    Answer refused = settled(() -> ada.post("/api/releases", request));

    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.json().path("type").asString()).isEqualTo("/problems/connection-removed");
    assertThat(refused.body()).contains("of the index's encoder");
  }

  @Test
  void sentences_are_ranked_over_an_index_of_a_local_encoder_alone() throws Exception {
    Map<String, Object> command = command(ready(build(shop())), Map.of("reranking", "SENTENCES"));

    Answer refused = settled(() -> ada.post("/api/variants", command));

    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.json().at("/errors/0/pointer").asString())
        .isEqualTo("/parameters/reranking");
  }

  @Test
  void an_encoder_that_nobody_has_is_refused_by_name() throws Exception {
    Digest split = new DocumentSplits(events, blobs, json).publish(shop());

    for (String name : List.of("nobody/embed-1", "local/gpt", provider + "/", "embed-1")) {
      Answer refused = settled(() -> ada.post("/api/indexes", request(split, name)));
      assertThat(refused.status()).isEqualTo(400);
      assertThat(refused.body()).contains("/encoder", "of a connected provider");
    }
  }

  private static List<Item> shop() {
    return List.of(
        item(
            new Document(
                "shop.md",
                "Shop",
                "# Refunds\n\nMoney is paid back within a week.\n\n# Hours\n\nThe shop is open"
                    + " from nine to five.",
                null,
                null)));
  }

  /** Returns documents for three batches. */
  private static List<Item> many() {
    return IntStream.range(0, 150)
        .mapToObj(i -> item(new Document(i + ".md", null, "Page number " + i, null, null)))
        .toList();
  }

  private static Item item(Document document) {
    return new Item(document.documentId(), Input.ofDocument(document), Expected.NOTHING, Map.of());
  }

  /** Lists a model at a thousand per million input tokens. */
  private void listPrice(String model, String currency) {
    events.publish(
        new BaseModelListed(
            model,
            Digest.ofText(model),
            provider,
            512,
            new Money(new BigDecimal("1000"), currency),
            null,
            new Money(BigDecimal.ZERO, currency),
            "proprietary",
            null,
            false),
        model,
        1);
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> count("base_model_projection WHERE model = '" + model + "'") == 1);
  }

  private JsonNode build(List<Item> items) throws Exception {
    Digest split = new DocumentSplits(events, blobs, json).publish(items);
    return await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () -> settled(() -> ada.post("/api/indexes", request(split, encoder))),
            answer -> answer.status() == 202)
        .json();
  }

  private static Map<String, Object> request(Digest split, String encoder) {
    return Map.of(
        "name", "docs", "splitDigest", split.hex(), "subset", "documents", "encoder", encoder);
  }

  private void awaitPostponed(JsonNode index) {
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> index(index).path("message").asString().contains("Tried again in"));
  }

  /** Returns the request for a release of a variant whose verdict passed. */
  private Map<String, Object> passed(String variant) throws Exception {
    ReleaseSteps releases = new ReleaseSteps(events, ada);
    Digest criteria = Digest.ofText("criteria of " + application);
    releases.registerCriteria(application, criteria);
    releases.activatePolicy();
    UUID verdict = releases.judge(application, variant, criteria, Outcome.PASS);
    return Map.of("application", application, "variantDigest", variant, "verdictId", verdict);
  }

  private JsonNode ready(JsonNode index) {
    return awaited(index, "READY");
  }

  private String failure(JsonNode index) {
    return awaited(index, "FAILED").path("error").asString();
  }

  private JsonNode awaited(JsonNode index, String state) {
    JsonNode ended =
        await()
            .until(
                () -> index(index),
                each -> List.of("READY", "FAILED").contains(each.path("state").asString()));
    assertThat(ended.path("state").asString()).as(ended.toString()).isEqualTo(state);
    return ended;
  }

  private JsonNode index(JsonNode index) {
    return ada.get("/api/indexes/" + index.path("indexId").asString()).json();
  }

  private static long batches(JsonNode index) throws SQLException {
    return count("index_batch WHERE index_id = '" + index.path("indexId").asString() + "'");
  }

  private static long count(String rows) throws SQLException {
    try (Connection connection = EmbeddedServers.connectAsSuperuser("inference");
        Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery("SELECT count(*) FROM " + rows)) {
      found.next();
      return found.getLong(1);
    }
  }

  private String connection() {
    return root.get("/api/providers/" + provider).json().path("connectionDigest").asString();
  }

  private Answer search(String id) {
    return ada.get("/api/indexes/" + id + "/search?query=opening%20hours&count=2");
  }

  private Map<String, Object> command(JsonNode index, Map<String, ?> parameters) {
    Digest prompt = NEIGHBOURS.publish(PROMPT.strip());
    events.publish(
        new PromptVersionPublished("help", 1, prompt, null, "ada", "first"), prompt.hex(), 1);
    return new HashMap<>(
        variantOf(
            application,
            prompt,
            chat + "/m",
            Map.of("parameters", parameters, "indexDigest", index.path("indexDigest").asString())));
  }

  private String variant(JsonNode index, Map<String, ?> parameters) {
    return createVariant(ada, command(index, parameters));
  }

  private Answer ask(String variant, String question) {
    return ada.post(
        "/v1/chat/completions",
        Map.of(
            "model",
            "variant/" + variant,
            "messages",
            List.of(Map.of("role", "user", "content", question))));
  }
}
