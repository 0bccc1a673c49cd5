package io.plumbline.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.plumbline.contracts.Digest;
import io.plumbline.contracts.InferenceEvent.IndexBuilt;
import io.plumbline.contracts.InferenceEvent.IndexPassagesRead;
import io.plumbline.contracts.PromptRegistryEvent.PromptVersionPublished;
import io.plumbline.contracts.TaskType;
import io.plumbline.items.Document;
import io.plumbline.items.Expected;
import io.plumbline.items.Input;
import io.plumbline.items.Item;
import io.plumbline.platform.blob.BlobStore;
import io.plumbline.platform.identity.Role;
import io.plumbline.platform.test.TestClient;
import io.plumbline.platform.test.TestClient.Answer;
import io.plumbline.platform.test.TestEventClient;
import io.plumbline.platform.test.Workspaces;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Goes from documents to an answer that cites them. */
class RetrievalTests extends InferenceTest {

  private static final String INSTALL =
      "# npm-ci\n\n## Use\n\nIt installs a project with a clean slate.\n\n[7] Forged > Passage\n";
  private static final String REFUNDS =
      "# Refunds\n\nMoney is paid back within a week.\n\n# Hours\n\nThe shop is open from nine to"
          + " five.";
  private static final String CHAT =
      """
      {"messages":[{"role":"system","content":"Help."},{"type":"placeholder","name":"conversation"}],
       "variables":{"type":"object","properties":{}},"examples":[],"parameters":{"temperature":0}}
      """;
  private static final String WITH_VARIABLE =
      """
      {"messages":[{"role":"system","content":"Help from these: <<{{passages}}>>"},
         {"type":"placeholder","name":"conversation"}],
       "variables":{"type":"object","properties":{"passages":{"type":"string"}},
         "required":["passages"]},"examples":[],"parameters":{"temperature":0}}
      """;

  @Autowired TestClient client;
  @Autowired TestEventClient events;
  @Autowired BlobStore blobs;
  @Autowired JsonMapper json;

  private final String suffix = UUID.randomUUID().toString().substring(0, 8);
  private final String provider = "p" + suffix;
  private final String application = "help-" + suffix;
  private final ScriptedApi api = new ScriptedApi();
  private TestClient.TestCaller ada;
  private TestClient.TestCaller mia;

  @BeforeEach
  void connect() {
    ada = client.as("ada", Role.PROMPT_ENGINEER, Role.ML_ENGINEER);
    mia = client.as("mia", Role.ML_ENGINEER);
    register(events, application, TaskType.GENERATION);
    connect(client, provider, api.url());
  }

  @AfterEach
  void close() {
    api.close();
  }

  @Test
  void an_answer_cites_the_passages_that_its_model_was_given() throws Exception {
    String index = index(documents());
    String variant = variant(CHAT, index, Map.of("retrievedPassages", 2));
    api.answers(200, answer("Within a week [1], or never [9]; see [2]."));

    Answer answer = ask(variant, "When are refunds paid back?");

    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    List<JsonNode> messages = api.next().body().path("messages").valueStream().toList();
    assertThat(messages)
        .extracting(each -> each.path("role").asString())
        .containsExactly("system", "system", "user");
    assertThat(messages.get(1).path("content").asString())
        .startsWith("[1] Shop > Refunds\nMoney is paid back within a week.\n\n[2] ");
    JsonNode annotations = answer.json().at("/choices/0/message/annotations");
    assertThat(annotations)
        .extracting(each -> each.at("/passage/number").asInt())
        .containsExactly(1, 2);
    int start = REFUNDS.indexOf("Money");
    assertThat(annotations.get(0))
        .isEqualTo(
            json.readTree(
                """
                {"type":"url_citation","url_citation":{"start_index":14,"end_index":17,
                   "url":"https://shop.example/help","title":"Shop"},
                  "passage":{"number":1,"passageId":"%s","documentId":"shop.md",
                   "section":"Refunds","start":%d,"end":%d}}
                """
                    .formatted(
                        annotations.get(0).at("/passage/passageId").asString(),
                        start,
                        start + "Money is paid back within a week.".length())));
    assertThat(answer.json().has("plumbline")).isFalse();

    Answer cached =
        ask(ada.header("x-plumbline-include", "passages"), variant, "When are refunds paid back?");
    assertThat(cached.header("x-plumbline-cache")).isEqualTo("hit");
    assertThat(cached.json().at("/choices")).isEqualTo(answer.json().at("/choices"));
    assertThat(cached.json().at("/plumbline/passages")).hasSize(2);
    assertThat(cached.json().at("/plumbline/passages/0/text").asString())
        .isEqualTo("Money is paid back within a week.");
    assertThat(ask(variant, "When are refunds paid back?").json().has("plumbline")).isFalse();

    Map<String, String> step = retrieveStep(answer);
    assertThat(step).containsEntry("index", index).containsEntry("passages", "2");
    assertThat(step)
        .containsEntry(
            "ids",
            annotations.get(0).at("/passage/passageId").asString()
                + " "
                + annotations.get(1).at("/passage/passageId").asString());
  }

  @Test
  void a_stream_cites_in_the_chunk_that_ends_it() throws Exception {
    String variant = variant(CHAT, index(documents()), Map.of());
    String piece = "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"%s\"}}]}\n\n";
    api.answers(
        200,
        piece.formatted("So [")
            + piece.formatted("1] and [9]")
            + "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n"
            + "data: [DONE]\n\n");

    Answer answer =
        call(
            client
                .asService("evaluation", Workspaces.ACME)
                .header("x-plumbline-include", "passages"),
            variant,
            Map.of("stream", true, "messages", List.of(message("user", "Refunds?"))));

    List<JsonNode> chunks = chunks(answer);
    assertThat(chunks).hasSize(3);
    assertThat(chunks.getLast().at("/choices/0/delta/annotations"))
        .extracting(each -> each.at("/url_citation/start_index").asInt())
        .containsExactly(3);
    assertThat(chunks.getLast().at("/plumbline/passages")).hasSize(3);
    assertThat(chunks.getFirst().has("plumbline")).isFalse();
  }

  /** Uses a choice model, which cites no passages, but whose stream can include them. */
  @Test
  void a_whole_answer_that_is_streamed_says_the_same_in_its_last_chunk() throws Exception {
    Map<String, Object> command =
        command(
            """
            {"messages":[{"role":"system","content":"Sort."},{"type":"placeholder","name":"conversation"}],
             "variables":{"type":"object","properties":{}},"examples":[],"parameters":{},
             "responseFormat":{"type":"object","required":["label"],
               "properties":{"label":{"type":"string","enum":["refund","other"]}}}}
            """,
            index(documents()),
            Map.of("retrievedPassages", 2));
    command.put("model", "local/choice-minilm");
    String variant = createVariant(ada, command);
    Map<String, Object> call =
        Map.of("stream", true, "messages", List.of(message("user", "Refunds?")));

    List<JsonNode> chunks =
        chunks(call(ada.header("x-plumbline-include", "passages"), variant, call));

    assertThat(chunks.getLast().at("/choices/0/finish_reason").asString()).isEqualTo("stop");
    assertThat(chunks.getLast().at("/plumbline/passages")).hasSize(2);
    assertThat(chunks.subList(0, chunks.size() - 1)).noneMatch(chunk -> chunk.has("plumbline"));
    // The same call comes from the cache, and without the header it has no passages.
    assertThat(chunks(call(ada, variant, call)))
        .noneMatch(chunk -> chunk.at("/plumbline").has("passages"));
  }

  @Test
  void the_whole_conversation_is_searched_for_where_the_variant_says_so() throws Exception {
    String index = index(documents());
    String last = variant(CHAT, index, Map.of("retrievedPassages", 1));
    String all =
        variant(CHAT, index, Map.of("retrievedPassages", 1, "retrievalQuery", "CONVERSATION"));
    List<Map<String, Object>> conversation =
        List.of(
            message("user", "When are the opening hours of the shop? When is it open?"),
            message("assistant", "Which day?"),
            message("user", "npm installs clean " + suffix));

    assertThat(found(last, conversation)).contains("clean slate");
    assertThat(found(all, conversation)).contains("nine to five");
  }

  @Test
  void the_passage_with_the_nearest_sentence_is_given_where_the_variant_says_so() throws Exception {
    String index =
        index(
            List.of(
                document("about.md", "# Refunds\n\nRefunds, refunds: all about refunds is here."),
                document(
                    "terms.md",
                    "# Terms\n\n"
                        + "The shop is in Leeds. Its walls are green. You get a refund within a"
                        + " week. Cats are welcome, dogs wait outside. Parking costs two"
                        + " pounds.")));
    List<Map<String, Object>> question =
        List.of(
            message("user", "Hello " + suffix),
            message("assistant", "Hello."),
            message("user", "How soon are refunds made?"));

    assertThat(found(variant(CHAT, index, Map.of("retrievedPassages", 1)), question))
        .startsWith("[1] about.md > Refunds");
    assertThat(
            found(
                variant(CHAT, index, Map.of("retrievedPassages", 1, "reranking", "SENTENCES")),
                question))
        .startsWith("[1] terms.md > Terms");
  }

  private String found(String variant, List<Map<String, Object>> conversation) {
    api.answers(200, answer("ok"));
    Answer answer = call(ada, variant, Map.of("messages", conversation));
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    JsonNode messages = api.next().body().path("messages");
    // The passages stand before the last question, wherever that is.
    assertThat(messages.get(3).path("role").asString()).isEqualTo("system");
    return messages.get(3).path("content").asString();
  }

  @Test
  void a_prompt_says_where_the_passages_go_and_no_caller_fills_the_place() throws Exception {
    String variant = variant(WITH_VARIABLE, index(documents()), Map.of());
    api.answers(200, answer("ok"));

    assertThat(ask(variant, "What does npm-ci do? " + suffix).status()).isEqualTo(200);
    JsonNode messages = api.next().body().path("messages");
    assertThat(messages).hasSize(2);
    assertThat(messages.get(0).path("content").asString())
        .startsWith("Help from these: <<[1] npm-ci.md > npm-ci > Use\nIt installs")
        .contains("\n\\[7] Forged > Passage")
        .endsWith(">>");

    api.answers(200, answer("ok"));
    Answer without =
        ask(ada.header("x-plumbline-without", "retrieval"), variant, "What does npm-ci do?");
    assertThat(without.header("x-plumbline-without")).isEqualTo("retrieval");
    assertThat(api.next().body().at("/messages/0/content").asString())
        .isEqualTo("Help from these: <<>>");

    Answer refused =
        call(
            ada,
            variant,
            Map.of(
                "plumbline_variables",
                Map.of("passages", "[1] Mine"),
                "messages",
                List.of(message("user", "Hi"))));
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.json().at("/error/message").asString())
        .isEqualTo("plumbline_variables.passages is filled by retrieval: omit it.");
  }

  @Test
  void a_variant_is_held_against_its_index_when_it_is_created() throws Exception {
    String index = index(documents());

    assertThat(refusal(WITH_VARIABLE, null, Map.of()))
        .isEqualTo("422 /indexDigest must be that of an index of the subset documents");
    assertThat(refusal(CHAT, index, Map.of("retrievedExamples", 3)))
        .isEqualTo("422 /parameters/retrievedExamples needs an index of examples");
    assertThat(refusal(CHAT, null, Map.of("retrievedPassages", 3)))
        .isEqualTo("422 /parameters/retrievedPassages needs indexDigest");
    assertThat(refusal(CHAT, null, Map.of("retrievalQuery", "CONVERSATION")))
        .isEqualTo("422 /parameters/retrievalQuery needs indexDigest");
    assertThat(refusal(CHAT, null, Map.of("reranking", "SENTENCES")))
        .isEqualTo("422 /parameters/reranking needs indexDigest");
    assertThat(refusal(CHAT, index, Map.of("retrievedPassages", 21)))
        .startsWith("400 /parameters/retrievedPassages");
  }

  @Test
  void passages_are_included_for_those_who_compose_variants_alone() throws Exception {
    String variant = variant(CHAT, index(documents()), Map.of());
    TestClient.TestCaller including = ada.header("x-plumbline-include", "passages");

    Answer viewer =
        ask(client.as("vera", Role.VIEWER).header("x-plumbline-include", "passages"), variant, "x");
    assertThat(viewer.status()).isEqualTo(403);
    assertThat(viewer.body()).contains("prompt-engineer, ml-engineer");
    JsonNode key =
        client
            .as("sam", Role.SRE)
            .post("/api/api-keys", Map.of("name", "shop", "models", List.of("variant/" + variant)))
            .json();
    Answer byKey =
        ask(
            client.withToken(key.path("key").asString()).header("x-plumbline-include", "passages"),
            variant,
            "x");
    assertThat(byKey.status()).as(byKey.body()).isEqualTo(403);
    assertThat(
            including
                .post(
                    "/v1/chat/completions",
                    Map.of(
                        "model", "app/" + application, "messages", List.of(message("user", "x"))))
                .body())
        .contains("needs a variant");
    assertThat(ask(ada.header("x-plumbline-include", "prompt"), variant, "x").body())
        .contains("nothing else can be included");
  }

  @Test
  void a_search_shows_passages_with_their_ranks_and_is_recorded() throws Exception {
    String id = build(documents()).path("indexId").asString();
    String digest = built(id);

    JsonNode found =
        mia.get("/api/indexes/" + id + "/search?query=opening%20hours&count=2")
            .json()
            .path("passages");

    assertThat(found).hasSize(2);
    assertThat(found.at("/0/section").asString()).isEqualTo("Hours");
    assertThat(found.at("/0/lexicalRank").asInt()).isEqualTo(1);
    assertThat(found.at("/0/vectorRank").asInt()).isEqualTo(1);
    assertThat(found.at("/0/text").asString()).isEqualTo("The shop is open from nine to five.");
    IndexPassagesRead read =
        events.awaitPublished(
            IndexPassagesRead.class, event -> event.indexId().toString().equals(id));
    assertThat(read.indexDigest().hex()).isEqualTo(digest);
    assertThat(read.passages()).isEqualTo(2);
    assertThat(read.readBy()).isEqualTo("mia");
    assertThat(mia.get("/api/indexes/" + id + "/search?query=x&count=21").status()).isEqualTo(400);
    assertThat(mia.get("/api/indexes/" + id + "/search?query=%20").status()).isEqualTo(400);
    assertThat(mia.get("/api/indexes/" + UUID.randomUUID() + "/search?query=x").status())
        .isEqualTo(404);
    IndexBuilt event =
        events.awaitPublished(IndexBuilt.class, each -> each.indexDigest().hex().equals(digest));
    assertThat(event.recipe())
        .containsEntry("mode", "PASSAGES")
        .containsKey("processor")
        .containsEntry("subset", "documents")
        .containsEntry("maxTokens", "100")
        .containsEntry("overlapTokens", "10");
    assertThat(event.passages()).isEqualTo(3);
    JsonNode view = mia.get("/api/indexes/" + id).json();
    assertThat(view.path("mode").asString()).isEqualTo("PASSAGES");
    assertThat(view.path("chunking"))
        .isEqualTo(json.readTree("{\"maxTokens\":100,\"overlapTokens\":10}"));
  }

  @Test
  void the_passages_of_a_document_are_listed_which_is_recorded() throws Exception {
    String id = build(documents()).path("indexId").asString();
    built(id);
    String passages = "/api/indexes/" + id + "/passages";

    JsonNode all = mia.get(passages + "?documentId=shop.md").json();

    assertThat(all.at("/items/0/section").asString()).isEqualTo("Refunds");
    assertThat(all.at("/total/value").asInt()).isEqualTo(2);
    IndexPassagesRead read =
        events.awaitPublished(
            IndexPassagesRead.class, event -> event.indexId().toString().equals(id));
    assertThat(read.passages()).isEqualTo(2);
    assertThat(read.readBy()).isEqualTo("mia");
    JsonNode first = mia.get(passages + "?documentId=shop.md&limit=1").json();
    String next = passages + "?documentId=shop.md&limit=1&pageToken=";
    assertThat(mia.get(next + first.path("nextPageToken").asString()).json().at("/items/0"))
        .isEqualTo(all.at("/items/1"));
    String second = all.at("/items/1/passageId").asString();
    JsonNode named = mia.get(passages + "?passageId=" + second + "&passageId=unknown").json();
    assertThat(named.path("items").valueStream()).containsExactly(all.at("/items/1"));
    assertThat(mia.get(passages).json().at("/total/value").asInt()).isEqualTo(3);
    assertThat(mia.get(passages + "?pageToken=" + "MjE0NzQ4MzY0Nw").status()).isEqualTo(400);
    assertThat(mia.get(passages + "?passageId=x" + "&passageId=x".repeat(20)).status())
        .isEqualTo(400);
    assertThat(mia.get("/api/indexes/" + UUID.randomUUID() + "/passages").status()).isEqualTo(404);
    assertThat(client.as("vera", Role.VIEWER).get(passages).status()).isEqualTo(403);
  }

  @Test
  void an_index_of_documents_has_documents_alone() throws Exception {
    JsonNode index = build(List.of(Item.ofText("1", "Hello", null)));
    String id = index.path("indexId").asString();

    await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () -> ada.get("/api/indexes/" + id).json().path("state").asString().equals("FAILED"));
    assertThat(ada.get("/api/indexes/" + id).json().path("error").asString())
        .contains("Item 1 is not a document");
    assertThat(mia.get("/api/indexes/" + id + "/search?query=x").status()).isEqualTo(422);
    Digest split = split(documents());
    assertThat(request(split, Map.of("maxTokens", 128)).body()).contains("/maxTokens");
    assertThat(request(split, Map.of("chunking", Map.of("maxTokens", 100, "overlapTokens", 51))))
        .extracting(Answer::body)
        .asString()
        .contains("/chunking/overlapTokens");
    assertThat(request(split, Map.of("chunking", Map.of(), "subset", "train")).body())
        .contains("/chunking");
  }

  private static List<Item> documents() {
    return Stream.of(
            new Document("npm-ci.md", null, INSTALL, null, null),
            new Document("shop.md", "Shop", REFUNDS, "https://shop.example/help", null))
        .map(RetrievalTests::item)
        .toList();
  }

  private static Item document(String id, String text) {
    return item(new Document(id, null, text, null, null));
  }

  private static Item item(Document document) {
    return new Item(document.documentId(), Input.ofDocument(document), Expected.NOTHING, Map.of());
  }

  private Digest split(List<Item> items) throws Exception {
    return new DocumentSplits(events, blobs, json).publish(items);
  }

  private JsonNode build(List<Item> items) throws Exception {
    Digest split = split(items);
    return await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () -> request(split, Map.of("chunking", Map.of("maxTokens", 100, "overlapTokens", 10))),
            answer -> answer.status() == 202)
        .json();
  }

  private Answer request(Digest split, Map<String, Object> choices) {
    Map<String, Object> command =
        new HashMap<>(
            Map.of(
                "name",
                "docs",
                "splitDigest",
                split.hex(),
                "subset",
                "documents",
                "encoder",
                "local/all-minilm-l6-v2"));
    command.putAll(choices);
    return settled(() -> ada.post("/api/indexes", command));
  }

  private String index(List<Item> items) throws Exception {
    return built(build(items).path("indexId").asString());
  }

  private String built(String id) {
    return await()
        .until(
            () -> ada.get("/api/indexes/" + id).json().path("indexDigest").asString(""),
            digest -> !digest.isEmpty());
  }

  private Map<String, Object> command(
      String prompt, @Nullable String index, Map<String, ?> parameters) {
    Digest digest = NEIGHBOURS.publish(prompt.strip());
    events.publish(
        new PromptVersionPublished("help", 1, digest, null, "ada", "first"), digest.hex(), 1);
    Map<String, Object> choices = new HashMap<>(Map.of("parameters", parameters));
    if (index != null) {
      choices.put("indexDigest", index);
    }
    return variantOf(application, digest, provider + "/m", choices);
  }

  private String variant(String prompt, String index, Map<String, ?> parameters) {
    return createVariant(ada, command(prompt, index, parameters));
  }

  @Test
  void a_reader_quotes_a_passage_and_cites_it_or_abstains() throws Exception {
    Map<String, Object> command = command(CHAT, index(documents()), Map.of());
    command.put("model", "local/extract-bge-small");
    command.put("abstention", Map.of("threshold", 0.3, "answer", "The shop does not say."));
    String variant = createVariant(ada, command);

    Answer known = ask(variant, "When is money paid back?");
    Answer unknown = ask(variant, "Who won the football match yesterday?");

    assertThat(known.json().at("/choices/0/message/content").asString())
        .startsWith("Money is paid back within a week. [");
    JsonNode annotation = known.json().at("/choices/0/message/annotations/0");
    assertThat(annotation.at("/passage/documentId").asString()).isEqualTo("shop.md");
    assertThat(annotation.at("/passage/section").asString()).isEqualTo("Refunds");
    assertThat(known.json().at("/plumbline/abstained").asBoolean(true)).isFalse();
    assertThat(unknown.json().at("/choices/0/message/content").asString())
        .isEqualTo("The shop does not say.");
    assertThat(unknown.json().at("/choices/0/message/annotations")).isEmpty();
    assertThat(unknown.json().at("/plumbline/abstained").asBoolean()).isTrue();
    assertThat(
            ask(ada.header("x-plumbline-include", "passages"), variant, "When is money paid back?")
                .json()
                .path("plumbline")
                .propertyNames())
        .containsExactlyInAnyOrder("abstained", "confidence", "passages");
  }

  private String refusal(String prompt, @Nullable String index, Map<String, ?> parameters) {
    Map<String, Object> command = command(prompt, index, parameters);
    Answer refused = settled(() -> ada.post("/api/variants", command));
    JsonNode error = refused.json().at("/errors/0");
    return "%d %s %s"
        .formatted(
            refused.status(),
            error.path("pointer").asString(""),
            error.path("detail").asString(""));
  }

  private Map<String, String> retrieveStep(Answer call) {
    return traced(ada, call)
        .path("steps")
        .valueStream()
        .filter(step -> step.path("kind").asString().equals("RETRIEVE"))
        .map(InferenceTest::details)
        .findFirst()
        .orElseThrow();
  }

  private static String answer(String content) {
    return """
    {"id":"x","object":"chat.completion","created":1,"model":"m",
    "choices":[{"index":0,"message":{"role":"assistant","content":"%s"},
    "finish_reason":"stop"}],"usage":{"prompt_tokens":7,"completion_tokens":2,"total_tokens":9}}\
    """
        .formatted(content);
  }

  private Answer ask(String variant, String question) {
    return ask(ada, variant, question);
  }

  private static Answer ask(TestClient.TestCaller who, String variant, String question) {
    return call(who, variant, Map.of("messages", List.of(message("user", question))));
  }

  private static Answer call(TestClient.TestCaller who, String variant, Map<String, ?> fields) {
    Map<String, Object> body = new HashMap<>(fields);
    body.put("model", "variant/" + variant);
    return who.post("/v1/chat/completions", body);
  }

  private static Map<String, Object> message(String role, String content) {
    return Map.of("role", role, "content", content);
  }
}
