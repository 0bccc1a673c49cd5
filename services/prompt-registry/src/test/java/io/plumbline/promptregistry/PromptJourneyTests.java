package io.plumbline.promptregistry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.plumbline.contracts.ComplianceEvent.ApprovalDecided;
import io.plumbline.contracts.Digest;
import io.plumbline.contracts.PromptRegistryEvent.LabelMoveRequested;
import io.plumbline.contracts.PromptRegistryEvent.LabelMoved;
import io.plumbline.contracts.PromptRegistryEvent.PromptCreated;
import io.plumbline.contracts.PromptRegistryEvent.PromptDescribed;
import io.plumbline.contracts.PromptRegistryEvent.PromptVersionPublished;
import io.plumbline.contracts.state.Decision;
import io.plumbline.platform.digest.CanonicalJson;
import io.plumbline.platform.digest.Ids;
import io.plumbline.platform.identity.Role;
import io.plumbline.platform.test.EmbeddedServers;
import io.plumbline.platform.test.PlumblineTest;
import io.plumbline.platform.test.TestClient;
import io.plumbline.platform.test.TestClient.Answer;
import io.plumbline.platform.test.TestEventClient;
import io.plumbline.platform.test.Workspaces;
import io.plumbline.platform.test.fault.Redelivery;
import io.plumbline.platform.web.PageToken;
import io.plumbline.prompttemplate.content.PromptContent;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The life of a prompt on real PostgreSQL and Kafka, from publication to resolution. */
@PlumblineTest
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PromptJourneyTests {

  private static final Map<String, Object> TEXT =
      Map.of(
          "type",
          "object",
          "properties",
          Map.of("mail", Map.of("type", "string")),
          "required",
          List.of("mail"));

  @Autowired TestClient client;
  @Autowired TestEventClient events;

  private TestClient.TestCaller ada() {
    return client.as("ada", Role.PROMPT_ENGINEER);
  }

  private static Map<String, Object> version(String instruction) {
    return Map.of(
        "message",
        "because",
        "messages",
        List.of(
            Map.of("role", "system", "content", instruction),
            Map.of("role", "user", "content", "{{mail}}")),
        "variables",
        TEXT);
  }

  private Answer publish(String name, String instruction) {
    return ada().post("/api/prompts/" + name + "/versions", version(instruction));
  }

  private void create(String name, String... tags) {
    assertThat(
            ada()
                .post(
                    "/api/prompts",
                    Map.of("name", name, "description", "about " + name, "tags", List.of(tags)))
                .status())
        .isEqualTo(201);
  }

  @Test
  void a_version_is_published_as_an_event_and_read_by_number_and_digest() {
    create("mail-triage");
    Answer first = publish("mail-triage", "Sort mail.");
    Answer second = publish("mail-triage", "Sort mail into spam and the rest.");

    assertThat(first.status()).isEqualTo(201);
    assertThat(second.json().at("/version").asInt()).isEqualTo(2);
    assertThat(second.json().at("/parentVersion").asInt()).isEqualTo(1);
    assertThat(second.json().at("/lint/0/rule").asString()).isNotEmpty();
    Digest digest = new Digest(second.json().at("/digest").asString());
    PromptVersionPublished published =
        events.awaitPublished(
            PromptVersionPublished.class,
            event -> event.prompt().equals("mail-triage") && event.version() == 2);
    assertThat(published)
        .isEqualTo(
            new PromptVersionPublished(
                "mail-triage",
                2,
                digest,
                new Digest(first.json().at("/digest").asString()),
                "ada",
                "because"));
    Answer byDigest = ada().get("/api/prompt-versions/" + digest);
    assertThat(byDigest.json()).isEqualTo(ada().get("/api/prompts/mail-triage/versions/2").json());
    assertThat(byDigest.header("Cache-Control")).contains("immutable").contains("private");
    assertThat(byDigest.json().at("/messages/0/content").asString())
        .isEqualTo("Sort mail into spam and the rest.");
    assertThat(ada().get("/api/prompts/mail-triage/versions").json().at("/items/0/version").asInt())
        .isEqualTo(2);
  }

  @Test
  void the_order_of_properties_is_published_kept_and_answered() {
    create("judge");
    String scoreFirst = "{\"score\":{\"type\":\"integer\"},\"reason\":{\"type\":\"string\"}}";
    String reasonFirst = "{\"reason\":{\"type\":\"string\"},\"score\":{\"type\":\"integer\"}}";

    Answer first = ada().post("/api/prompts/judge/versions", judge(scoreFirst));
    Answer second = ada().post("/api/prompts/judge/versions", judge(reasonFirst));
    Answer again = ada().post("/api/prompts/judge/versions", judge(reasonFirst));

    assertThat(second.status()).as(second.body()).isEqualTo(201);
    assertThat(second.json().path("digest")).isNotEqualTo(first.json().path("digest"));
    assertThat(again.status()).isEqualTo(409);
    String path = "/api/prompt-versions/" + second.json().path("digest").asString();
    assertThat(ada().get(path).body()).contains(reasonFirst);
    assertThat(ada().get(path).json().path("notes")).isEmpty();
    assertThat(ada().get("/api/prompts/judge/resolve?version=2").body()).contains(reasonFirst);
    assertThat(
            ada()
                .post("/api/prompts/judge/versions/2/render", Map.of("variables", Map.of()))
                .body())
        .contains("\"name\":\"verdict\"", reasonFirst);
    assertThat(ada().get("/api/prompts/judge/diff?from=1&to=2").json().path("configuration"))
        .isEqualTo(
            JsonMapper.shared()
                .readTree(
                    """
                    [{"pointer":"/responseFormat/json_schema/schema/properties",
                      "from":["score","reason"],"to":["reason","score"]}]
                    """));
  }

  /** Turns the row into what earlier versions stored, whose digest is that of sorted names. */
  @Test
  void
      a_version_from_before_keeps_its_digest_says_that_its_order_was_lost_and_is_published_again() {
    create("old-judge");
    String reasonFirst = "{\"reason\":{\"type\":\"string\"},\"score\":{\"type\":\"integer\"}}";
    Answer published = ada().post("/api/prompts/old-judge/versions", judge(reasonFirst));
    String digest =
        CanonicalJson.digest(
                JsonMapper.shared().readValue(judge(reasonFirst).toString(), PromptContent.class))
            .hex();
    EmbeddedServers.executeAsSuperuser(
        "prompt-registry",
        "SET session_replication_role = replica",
        ("UPDATE prompt_version SET digest = '%s', content = (content::jsonb -"
                + " 'propertyOrder')::json WHERE digest = '%s'")
            .formatted(digest, published.json().path("digest").asString()));

    Answer old = ada().get("/api/prompt-versions/" + digest);

    assertThat(old.body()).contains("\"score\":{\"type\":\"integer\"},\"reason\"");
    assertThat(old.json().path("propertyOrder").isNull()).isTrue();
    assertThat(old.json().at("/notes/0").asString())
        .startsWith("The order of the properties of its schemas and parameters was lost")
        .contains("Publish it again");
    PromptContent content = JsonMapper.shared().treeToValue(old.json(), PromptContent.class);
    assertThat(CanonicalJson.digest(content).hex()).isEqualTo(digest);
    assertThat(ada().post("/api/prompts/old-judge/versions", judge(reasonFirst)).status())
        .isEqualTo(201);
    assertThat(ada().get("/api/prompts/old-judge/versions/2").body()).contains(reasonFirst);
  }

  private static JsonNode judge(String properties) {
    return JsonMapper.shared()
        .readTree(
            """
            {"message":"because","messages":[{"role":"system","content":"Judge."}],
             "variables":{"type":"object","properties":{}},"examples":[],"parameters":{},
             "responseFormat":{"type":"json_schema","json_schema":{"name":"verdict","strict":false,
               "schema":{"type":"object","properties":PROPERTIES}}}}
            """
                .replace("PROPERTIES", properties));
  }

  @Test
  void a_version_with_an_error_of_the_linter_is_published_only_with_a_reason() {
    create("careless");
    Map<String, Object> careless = new HashMap<>(version("Sort {mail}."));

    Answer refused = ada().post("/api/prompts/careless/versions", careless);
    careless.put("lintReason", "The model reads the braces as its own notation.");
    Answer published = ada().post("/api/prompts/careless/versions", careless);

    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.json().path("type").asString()).endsWith("/lint-errors");
    assertThat(refused.json().path("detail").asString()).contains("lintReason");
    assertThat(refused.json().path("errors"))
        .isEqualTo(
            JsonMapper.shared()
                .readTree(
                    """
                    [{"pointer":"/messages/0/content",
                      "detail":"{mail} is sent as it stands, and not the value of the variable; write {{mail}}"}]
                    """));
    assertThat(published.status()).as(published.body()).isEqualTo(201);
    assertThat(published.json().path("lintReason").asString())
        .isEqualTo("The model reads the braces as its own notation.");
    assertThat(ada().get("/api/prompts/careless/versions/1").json().path("lintReason").asString())
        .isEqualTo("The model reads the braces as its own notation.");
    assertThat(
            events
                .awaitPublished(
                    PromptVersionPublished.class, event -> event.prompt().equals("careless"))
                .lintReason())
        .isEqualTo("The model reads the braces as its own notation.");
  }

  @Test
  void a_reason_for_errors_that_there_are_not_is_refused() {
    create("careful");
    Map<String, Object> careful = new HashMap<>(version("Sort."));
    careful.put("lintReason", "In case there is one.");

    Answer refused = ada().post("/api/prompts/careful/versions", careful);

    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.json().at("/errors/0/pointer").asString()).isEqualTo("/lintReason");
  }

  @Test
  void every_change_of_a_description_is_published() {
    create("described", "mail");
    assertThat(
            events.awaitPublished(PromptCreated.class, event -> event.prompt().equals("described")))
        .isEqualTo(
            new PromptCreated("described", List.of("mail"), Digest.ofText("about described")));

    Map<String, Object> better =
        Map.of("description", "sorts mail", "tags", List.of("mail", "triage"));
    TestClient.TestCaller withETag =
        ada().header("If-Match", ada().get("/api/prompts/described").header("ETag"));
    Answer changed = withETag.put("/api/prompts/described", better);
    assertThat(changed.status()).as(changed.toString()).isEqualTo(200);
    assertThat(
            ada()
                .expectingNoEvent()
                .header("If-Match", changed.header("ETag"))
                .put("/api/prompts/described", better)
                .status())
        .isEqualTo(200);

    assertThat(
            events.awaitPublished(
                PromptDescribed.class, event -> event.prompt().equals("described")))
        .isEqualTo(
            new PromptDescribed(
                "described", List.of("mail", "triage"), Digest.ofText("sorts mail")));
  }

  @Test
  void an_unprotected_label_moves_at_once_and_resolves_from_memory() {
    create("resolved");
    publish("resolved", "One.");
    publish("resolved", "Two.");

    assertThat(ada().get("/api/prompts/resolved/resolve?label=staging").status()).isEqualTo(404);
    assertThat(ada().get("/api/prompts/resolved/resolve").json().path("detail").asString(""))
        .isEqualTo(
            "The label 'production' of the prompt 'resolved' points to no version yet: move it to"
                + " one, or ask for another label or a version.");
    assertThat(
            ada().get("/api/prompts/resolved/resolve?version=9").json().path("detail").asString(""))
        .isEqualTo(
            "The prompt 'resolved' has no version 9: GET /api/prompts/resolved/versions lists those"
                + " that it has.");
    assertThat(ada().put("/api/prompts/resolved/labels/staging", Map.of("version", 1)).status())
        .isEqualTo(200);
    Answer before = ada().get("/api/prompts/resolved/resolve?label=staging");
    ada().put("/api/prompts/resolved/labels/staging", Map.of("version", 2));
    Answer after = ada().get("/api/prompts/resolved/resolve?label=staging");

    assertThat(before.json().at("/version").asInt()).isEqualTo(1);
    assertThat(after.json().at("/version").asInt()).isEqualTo(2);
    assertThat(
            ada()
                .header("If-None-Match", after.header("ETag"))
                .get("/api/prompts/resolved/resolve?label=staging")
                .status())
        .isEqualTo(304);
    assertThat(
            ada().get("/api/prompts/resolved/resolve?label=latest").json().at("/version").asInt())
        .isEqualTo(2);
    assertThat(ada().get("/api/prompts/resolved/resolve?version=1").json().at("/version").asInt())
        .isEqualTo(1);
    assertThat(
            events.awaitPublished(
                LabelMoved.class, event -> event.prompt().equals("resolved") && event.to() == 2))
        .isEqualTo(
            new LabelMoved(
                "resolved",
                "staging",
                1,
                2,
                new Digest(after.json().at("/digest").asString()),
                null));
    assertThat(ada().put("/api/prompts/resolved/labels/latest", Map.of("version", 1)).status())
        .isEqualTo(409);
    assertThat(ada().put("/api/prompts/resolved/labels/staging", Map.of("version", 9)).status())
        .isEqualTo(422);
  }

  @Test
  void an_answer_from_memory_is_that_of_the_database() {
    create("remembered");
    publish("remembered", "One.");
    String path = "/api/prompts/remembered/resolve";
    Answer read = ada().get(path + "?label=latest");

    Answer known = ada().get(path + "?label=latest");

    assertThat(known.body()).isEqualTo(read.body());
    for (String header : List.of("ETag", "Cache-Control", "Content-Type", "Content-Length")) {
      assertThat(known.header(header)).isEqualTo(read.header(header));
    }
    assertThat(ada().get(path + "?label=latest&version=1").status()).isEqualTo(400);
    assertThat(ada().get(path + "?label=latest&lable=x").status()).isEqualTo(400);
    assertThat(client.as("nobody").get(path + "?label=latest").status()).isEqualTo(403);
    assertThat(client.anonymous().get(path + "?label=latest").status()).isEqualTo(401);
    assertThat(
            client
                .as("gwen", Workspaces.GLOBEX, Role.PROMPT_ENGINEER)
                .get(path + "?label=latest")
                .status())
        .isEqualTo(404);
  }

  @Test
  void production_moves_only_by_an_approval_of_the_same_digest() {
    create("guarded");
    Digest digest = new Digest(publish("guarded", "One.").json().at("/digest").asString());

    Answer requested = ada().put("/api/prompts/guarded/labels/production", Map.of("version", 1));
    assertThat(requested.status()).isEqualTo(202);
    UUID move = UUID.fromString(requested.json().at("/labelMoveId").asString());
    assertThat(
            events.awaitPublished(
                LabelMoveRequested.class, event -> event.prompt().equals("guarded")))
        .isEqualTo(
            new LabelMoveRequested(move, "guarded", "production", null, 1, digest, "ada", "ada"));
    assertThat(
            ada()
                .expectingNoEvent()
                .put("/api/prompts/guarded/labels/production", Map.of("version", 1))
                .json()
                .at("/labelMoveId")
                .asString())
        .isEqualTo(move.toString());

    approve(move, Digest.ofText("something else"));
    await().untilAsserted(() -> assertThat(stateOf("guarded")).isEqualTo("VOIDED"));
    assertThat(ada().get("/api/prompts/guarded/resolve").status()).isEqualTo(404);

    UUID again =
        UUID.fromString(
            ada()
                .put("/api/prompts/guarded/labels/production", Map.of("version", 1))
                .json()
                .at("/labelMoveId")
                .asString());
    UUID approval = approve(again, digest);
    LabelMoved moved =
        events.awaitPublished(LabelMoved.class, event -> event.prompt().equals("guarded"));
    assertThat(moved).isEqualTo(new LabelMoved("guarded", "production", null, 1, digest, approval));
    await()
        .untilAsserted(() ->
            assertThat(ada().get("/api/prompts/guarded/resolve").json().at("/version").asInt())
                .isEqualTo(1));
    assertThat(ada().get("/api/prompts/guarded/labels").json().at("/items/1/locked").asBoolean())
        .isTrue();
  }

  private UUID approve(UUID move, Digest digest) {
    UUID approval = Ids.next();
    events.publish(
        new ApprovalDecided(
            approval,
            Ids.next(),
            "prompt.label-move-requested",
            move,
            digest,
            Decision.APPROVED,
            "ben",
            null,
            null,
            null,
            null),
        approval.toString(),
        1);
    return approval;
  }

  private String stateOf(String prompt) {
    return ada()
        .get("/api/prompts/" + prompt + "/label-moves")
        .json()
        .at("/items/0/state")
        .asString();
  }

  @Test
  void prompts_are_found_by_words_and_tags_within_their_workspace_only() {
    create("refund-answers", "billing");
    create("refund-rules", "billing", "legal");
    publish("refund-answers", "Answer politely about reimbursements.");
    client
        .as("gus", Workspaces.GLOBEX, Role.PROMPT_ENGINEER)
        .post("/api/prompts", Map.of("name", "refund-foreign"));

    assertThat(names("?q=refund")).containsExactly("refund-answers", "refund-rules");
    assertThat(names("?q=reimb")).containsExactly("refund-answers");
    assertThat(names("?tag=legal")).containsExactly("refund-rules");
    Answer page = ada().get("/api/prompts?q=refund&limit=1");
    assertThat(page.json().at("/total/value").asInt()).isEqualTo(2);
    assertThat(names("?q=refund&limit=1&pageToken=" + page.json().at("/nextPageToken").asString()))
        .containsExactly("refund-rules");
    assertThat(ada().get("/api/prompts?q=%21%21").status()).isEqualTo(400);
    assertThat(ada().get("/api/prompts?tag=a%00b").status()).isEqualTo(400);
    assertThat(
            ada()
                .get(
                    "/api/prompts/refund-answers/versions?pageToken="
                        + PageToken.encode(List.of("x")))
                .status())
        .isEqualTo(400);
    assertThat(ada().get("/api/prompts/refund-foreign").status()).isEqualTo(404);
    assertThat(
            client
                .as("gus", Workspaces.GLOBEX, Role.PROMPT_ENGINEER)
                .get("/api/prompts/refund-rules")
                .status())
        .isEqualTo(404);
  }

  private List<String> names(String query) {
    JsonNode items = ada().get("/api/prompts" + query).json().get("items");
    return StreamSupport.stream(items.spliterator(), false)
        .map(item -> item.get("name").asString())
        .toList();
  }

  @Test
  void a_version_renders_and_differs() {
    create("rendered");
    publish("rendered", "Sort the mail.");
    publish("rendered", "Sort the message.");

    Answer rendered =
        ada()
            .post(
                "/api/prompts/rendered/versions/1/render",
                Map.of("variables", Map.of("mail", "Win <b>now</b>")));
    assertThat(rendered.json().at("/messages/1/content").asString()).isEqualTo("Win <b>now</b>");
    assertThat(rendered.json().at("/request/messages/0/role").asString()).isEqualTo("system");
    Answer missing =
        ada()
            .post(
                "/api/prompts/rendered/versions/1/render",
                Map.of("variables", Map.of("mial", "x")));
    assertThat(missing.status()).isEqualTo(422);
    assertThat(missing.json().at("/errors"))
        .extracting(error -> error.path("pointer").asString())
        .containsExactly("/variables/mial", "/variables/mail");
    assertThat(
            ada()
                .get("/api/prompts/rendered/diff?from=1&to=2")
                .json()
                .at("/messages/0/lines/0/segments/1/text")
                .asString())
        .isEqualTo("mail");
  }

  @Test
  void a_conversation_is_previewed_where_the_version_has_its_place() {
    create("chat");
    Map<String, Object> content = new HashMap<>(version("Stay calm."));
    List<Map<String, String>> messages =
        List.of(
            Map.of("role", "system", "content", "Stay calm."),
            Map.of("type", "placeholder", "name", "conversation"));
    content.put("messages", messages);
    content.remove("variables");
    Answer published = ada().post("/api/prompts/chat/versions", content);
    assertThat(published.status()).as(published.body()).isEqualTo(201);
    assertThat(ada().get("/api/prompts/chat/versions/1").json().at("/messages/1"))
        .isEqualTo(JsonMapper.shared().valueToTree(messages.getLast()));

    List<Map<String, String>> history =
        List.of(
            Map.of("role", "user", "content", "Hi"),
            Map.of("role", "assistant", "content", "Hello!"),
            Map.of("role", "user", "content", "Bye", "name", "kim"));
    JsonNode rendered =
        ada()
            .post(
                "/api/prompts/chat/versions/1/render",
                Map.of("variables", Map.of(), "conversation", history))
            .json();

    assertThat(rendered.at("/messages").valueStream().skip(1).toList())
        .isEqualTo(JsonMapper.shared().valueToTree(history).valueStream().toList());
    assertThat(rendered.at("/request/messages")).isEqualTo(rendered.at("/messages"));
    assertThat(
            ada()
                .post(
                    "/api/prompts/chat/versions/1/render",
                    Map.of("variables", Map.of(), "conversation", List.of(Map.of("role", "x"))))
                .json()
                .at("/errors/0/pointer")
                .asString())
        .isEqualTo("/conversation/0");
    assertThat(
            ada()
                .post(
                    "/api/prompts/chat/versions",
                    with("messages", List.of(Map.of("type", "placeholder", "name", "history"))))
                .json()
                .at("/errors/0/pointer")
                .asString())
        .isEqualTo("/messages/0/name");
  }

  @Test
  void a_draft_is_checked_without_being_saved() {
    Map<String, Object> draft = new HashMap<>(version("Sort."));
    draft.remove("message");
    Answer report = ada().post("/api/prompts/lint", draft);

    assertThat(report.json().at("/violations")).isEmpty();
    assertThat(report.json().at("/findings/0/rule").asString()).isEqualTo("context-supplied");
    draft.put("variables", Map.of("mail", "text"));
    assertThat(ada().post("/api/prompts/lint", draft).json().at("/violations/0/pointer").asString())
        .isEqualTo("/variables");
    assertThat(ada().get("/api/lint-rules").json().at("/items")).hasSize(9);
  }

  @Test
  void a_draft_is_rendered_without_being_saved() {
    Map<String, Object> draft = new HashMap<>(version("Sort the mail."));
    draft.remove("message");
    Map<String, Object> values = Map.of("mail", "Win a prize");
    JsonNode rendered =
        ada().post("/api/prompts/render", Map.of("draft", draft, "variables", values)).json();

    assertThat(rendered.at("/request/messages")).isEqualTo(rendered.at("/messages"));
    assertThat(rendered.at("/messages/1/content").asString()).isEqualTo("Win a prize");
    assertThat(rendered.at("/tokens/count").asInt()).isBetween(15, 30);
    assertThat(rendered.at("/tokens/estimated").asBoolean()).isTrue();
    Answer missing =
        ada().post("/api/prompts/render", Map.of("draft", draft, "variables", Map.of()));
    assertThat(missing.status()).isEqualTo(422);
    assertThat(missing.json().at("/errors/0/pointer").asString()).isEqualTo("/variables/mail");
    draft.put("messages", List.of(Map.of("role", "user", "content", "For {{whom}}")));
    assertThat(
            ada()
                .post("/api/prompts/render", Map.of("draft", draft, "variables", values))
                .json()
                .at("/errors/0/pointer")
                .asString())
        .isEqualTo("/draft/messages/0/content");
  }

  @Test
  void invalid_content_is_refused_by_pointer() {
    create("refused");
    publish("refused", "One.");

    assertThat(problem(version("Hello {{name}}"))).isEqualTo("422 /messages/0/content");
    assertThat(problem(version("Hello {{mail"))).isEqualTo("422 /messages/0/content");
    assertThat(problem(version("{{> other}}"))).isEqualTo("422 /messages/0/content");
    assertThat(problem(with("parameters", Map.of("temperatur", 0))))
        .isEqualTo("422 /parameters/temperatur");
    assertThat(problem(with("parameters", Map.of("model", "gpt-4o"))))
        .isEqualTo("422 /parameters/model");
    assertThat(problem(with("parameters", Map.of("temperature", 3))))
        .isEqualTo("422 /parameters/temperature");
    assertThat(problem(with("variables", Map.of("mail", Map.of("type", "string")))))
        .isEqualTo("422 /variables");
    assertThat(problem(with("responseFormat", Map.of("$ref", "http://127.0.0.1/schema"))))
        .isEqualTo("422 /responseFormat/$ref");
    assertThat(problem(with("messages", List.of(Map.of("role", "robot", "content", "x")))))
        .isEqualTo("400 /messages/0/role");
    assertThat(problem(with("messages", List.of()))).isEqualTo("400 /messages");
    assertThat(problem(with("status", "approved"))).isEqualTo("400 /status");
    assertThat(problem(version("One."))).startsWith("409");
    assertThat(problem(with("parent", 7))).startsWith("409");
    assertThat(problem(with("message", "a\0b"))).isEqualTo("400 /message");
    assertThat(problem(version("a\0b"))).isEqualTo("400 /messages/0/content");
    assertThat(problem(version("a\ud800b"))).isEqualTo("400 /messages/0/content");
    assertThat(
            ada()
                .post("/api/prompts", Map.of("name", "Bad Name"))
                .json()
                .at("/errors/0/pointer")
                .asString())
        .isEqualTo("/name");
    assertThat(ada().post("/api/prompts", Map.of("name", "refused")).status()).isEqualTo(409);
    assertThat(
            ada()
                .put("/api/prompts/refused", Map.of("description", "x", "tags", List.of()))
                .status())
        .isEqualTo(428);
    assertThat(
            ada()
                .header("If-Match", "\"99\"")
                .put("/api/prompts/refused", Map.of("description", "x", "tags", List.of()))
                .status())
        .isEqualTo(412);
    assertThat(client.as("vera", Role.VIEWER).post("/api/prompts", Map.of("name", "no")).status())
        .isEqualTo(403);
    assertThat(ada().get("/api/prompts/refused/versions").json().get("items")).hasSize(1);
  }

  @Test
  @Order(Integer.MAX_VALUE)
  void events_delivered_thrice_and_shuffled_lead_to_the_same_state() {
    new Redelivery(events, "prompt-registry").verifyStateUnchanged();
  }

  private static Map<String, Object> with(String field, Object value) {
    Map<String, Object> changed = new HashMap<>(version("Two."));
    changed.put(field, value);
    return changed;
  }

  private String problem(Map<String, Object> body) {
    Answer answer = ada().post("/api/prompts/refused/versions", body);
    return answer.status() + " " + answer.json().at("/errors/0/pointer").asString("");
  }
}
