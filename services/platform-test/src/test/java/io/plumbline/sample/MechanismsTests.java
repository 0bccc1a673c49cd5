package io.plumbline.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jwt.JWTClaimsSet;
import io.plumbline.contracts.ActionDenied;
import io.plumbline.contracts.Criticality;
import io.plumbline.contracts.Digest;
import io.plumbline.contracts.EventTypes;
import io.plumbline.contracts.PromptRegistryEvent.PromptVersionPublished;
import io.plumbline.contracts.StrategyEvent;
import io.plumbline.contracts.StrategyEvent.ApplicationRegistered;
import io.plumbline.contracts.TaskType;
import io.plumbline.platform.data.Housekeeping;
import io.plumbline.platform.digest.Ids;
import io.plumbline.platform.event.EventTooLarge;
import io.plumbline.platform.gate.EvidenceQuestion;
import io.plumbline.platform.gate.GateEvidence;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.identity.Role;
import io.plumbline.platform.job.JobQueue;
import io.plumbline.platform.job.JobView;
import io.plumbline.platform.problem.CommonProblem;
import io.plumbline.platform.problem.Problem;
import io.plumbline.platform.signature.CallStatement;
import io.plumbline.platform.test.CoversEveryRead;
import io.plumbline.platform.test.EmbeddedServers;
import io.plumbline.platform.test.EventKeys;
import io.plumbline.platform.test.PlumblineTest;
import io.plumbline.platform.test.TestClient;
import io.plumbline.platform.test.TestClient.Answer;
import io.plumbline.platform.test.TestEventClient;
import io.plumbline.platform.test.TestTokenIssuer;
import io.plumbline.platform.test.Workspaces;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.convert.support.DefaultConversionService;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Each mechanism of the platform, tested against real PostgreSQL and Kafka. */
@PlumblineTest
@CoversEveryRead
class MechanismsTests {

  @Autowired TestClient client;
  @Autowired TestTokenIssuer tokens;
  @Autowired TestEventClient events;
  @Autowired JobQueue jobs;
  @Autowired SampleApplication.Listener listener;
  @Autowired SampleApplication.Worker worker;
  @Autowired SampleApplication.Stumbler stumbler;
  @Autowired SampleApplication.Overdoer overdoer;
  @Autowired SampleApplication.Notes notes;
  @Autowired Housekeeping housekeeping;
  @Autowired GateEvidence evidence;

  private TestClient.TestCaller ada() {
    return client.as("ada", Role.PROMPT_ENGINEER);
  }

  @Test
  void a_write_commits_with_its_event_and_the_event_reaches_kafka_in_order() {
    ada().post("/api/notes", Map.of("name", "ordered"));
    IntStream.rangeClosed(1, 20)
        .forEach(version ->
            ada().header("If-Match", "\"" + version + "\"").put("/api/notes/ordered", null));

    events.awaitPublished(
        PromptVersionPublished.class,
        event -> event.prompt().equals("ordered") && event.version() == 21);

    List<Integer> versions =
        events.published(PromptVersionPublished.class).stream()
            .filter(event -> event.prompt().equals("ordered"))
            .map(PromptVersionPublished::version)
            .toList();
    assertThat(versions).isEqualTo(IntStream.rangeClosed(1, 21).boxed().toList());
  }

  /**
   * The accepted event is shorter than the refused one by its excess and by 100 bytes for what
   * varies in the headers.
   */
  @Test
  void the_largest_event_reaches_kafka_and_a_larger_one_changes_nothing() throws Exception {
    Caller acme = Caller.system(Workspaces.ACME);
    String text = "x".repeat(1 << 20);
    EventTooLarge refused =
        catchThrowableOfType(
            EventTooLarge.class, () -> acme.call(() -> notes.create("too-large", text)));
    String largest = text.substring(refused.excess() + 100);

    acme.call(() -> notes.create("largest", largest));

    events.awaitPublished(PromptVersionPublished.class, event -> event.prompt().equals("largest"));
    assertThat(ada().get("/api/notes/too-large").status()).isEqualTo(404);
  }

  @Test
  void a_job_whose_event_would_be_too_large_fails_at_once_and_says_so() throws Exception {
    Caller acme = Caller.system(Workspaces.ACME);

    UUID id = acme.call(notes::overdo);

    await()
        .untilAsserted(() ->
            assertThat(acme.call(() -> jobs.find(id).orElseThrow()).state())
                .isEqualTo(JobView.State.FAILED));
    assertThat(acme.call(() -> jobs.find(id).orElseThrow().error()))
        .contains("has 2,097,", "The limit is 1,024,000");
    assertThat(overdoer.runs).hasValue(1);
  }

  @Test
  void rows_of_another_workspace_are_as_unknown_as_rows_that_do_not_exist() {
    ada().post("/api/notes", Map.of("name", "hidden"));

    TestClient.TestCaller gus = client.as("gus", Workspaces.GLOBEX, Role.PROMPT_ENGINEER);
    Answer foreign = gus.get("/api/notes/hidden");
    Answer unknown = gus.get("/api/notes/nothing");

    assertThat(foreign.status()).isEqualTo(404);
    assertThat(withoutTrace(foreign).replace("hidden", "nothing")).isEqualTo(withoutTrace(unknown));
    assertThat(gus.get("/api/notes").json().get("items")).isEmpty();
  }

  @Test
  void a_hundred_parallel_twins_have_one_effect_and_one_answer() throws Exception {
    String key = Ids.next().toString();
    try (ExecutorService threads = Executors.newFixedThreadPool(20)) {
      List<Future<Answer>> answers =
          IntStream.range(0, 100)
              .mapToObj(i ->
                  threads.submit(() ->
                      ada()
                          .header("Idempotency-Key", key)
                          .post("/api/notes", Map.of("name", "twin"))))
              .toList();
      Set<String> distinct =
          answers.stream()
              .map(MechanismsTests::join)
              .map(each -> each.status() + each.body() + each.header("Location"))
              .collect(Collectors.toSet());
      assertThat(distinct).containsExactly("201{\"name\":\"twin\",\"version\":1}/api/notes/twin");
    }
    assertThat(
            ada()
                .header("Idempotency-Key", key)
                .post("/api/notes", Map.of("name", "other"))
                .status())
        .isEqualTo(422);
  }

  /**
   * Each body has two megabytes and 650,000 nodes, which would become fifty megabytes of objects if
   * they were read.
   */
  @Test
  void bodies_of_tiny_nodes_are_refused_however_many_come_at_once() throws Exception {
    String bomb = "{\"name\":[" + "{},".repeat(650_000) + "{}]}";
    try (ExecutorService threads = Executors.newFixedThreadPool(16)) {
      List<Future<Answer>> answers =
          IntStream.range(0, 32)
              .mapToObj(i -> threads.submit(() -> ada().post("/api/notes", bomb)))
              .toList();
      assertThat(answers.stream().map(MechanismsTests::join))
          .allSatisfy(answer -> assertThat(answer.status()).isIn(413, 429, 503));
    }
    assertThat(ada().post("/api/notes", Map.of("name", "afterwards")).status()).isEqualTo(201);
  }

  @Test
  void a_write_that_appends_no_event_fails_its_test() {
    assertThatThrownBy(() -> ada().post("/api/notes/silent", Map.of("name", "silent")))
        .isInstanceOf(AssertionError.class)
        .hasMessage(
            "POST /api/notes/silent answered 200 and appended no event to the outbox: no row, no"
                + " effect");
    assertThatThrownBy(() ->
            ada()
                .header("Idempotency-Key", "silent")
                .post("/api/notes/silent", Map.of("name", "silent-again")))
        .isInstanceOf(AssertionError.class);
    assertThatThrownBy(() -> ada().expectingNoEvent().post("/api/notes", Map.of("name", "loud")))
        .isInstanceOf(AssertionError.class)
        .hasMessageEndingWith("appended an event, though it was to change nothing");
  }

  @Test
  void preconditions_are_required_and_held() {
    ada().post("/api/notes", Map.of("name", "guarded"));

    assertThat(ada().put("/api/notes/guarded", null).status()).isEqualTo(428);
    assertThat(ada().header("If-Match", "\"7\"").put("/api/notes/guarded", null).status())
        .isEqualTo(412);
    assertThat(ada().header("If-Match", "\"1\"").put("/api/notes/guarded", null).status())
        .isEqualTo(200);
  }

  @Test
  void bad_input_is_named_by_pointer() {
    Answer unknown =
        ada().post("/api/notes", Map.of("name", "x", "workspaceId", Workspaces.GLOBEX));
    assertThat(unknown.status()).isEqualTo(400);
    assertThat(unknown.json().at("/errors/0/pointer").asString()).isEqualTo("/workspaceId");

    assertThat(
            ada().post("/api/notes", Map.of("name", " ")).json().at("/errors/0/pointer").asString())
        .isEqualTo("/name");
    assertThat(ada().post("/api/notes", "{\"name\":").status()).isEqualTo(400);
    assertThat(
            ada()
                .post("/api/notes", new byte[] {'{', '"', (byte) 0xff, '"', ':', '1', '}'})
                .status())
        .isEqualTo(400);
    assertThat(ada().post("/api/notes", "[".repeat(5_000)).status()).isEqualTo(400);
    assertThat(ada().post("/api/notes", "{\"name\":\"" + "x".repeat(3_000_000) + "\"}").status())
        .isEqualTo(413);
    assertThat(ada().get("/api/notes?limit=1000").status()).isEqualTo(400);
    assertThat(ada().get("/api/notes?pageToken=%21").status()).isEqualTo(400);
    assertThat(ada().get("/api/notes?limits=1").json().at("/errors/0/detail").asString())
        .isEqualTo("is not a parameter of this request; send only limit, pageToken");
    assertThat(ada().get("/api/notes?li%0Amit=1").status()).isEqualTo(400);
    assertThat(ada().delete("/api/notes").status()).isEqualTo(405);
  }

  @Test
  void a_name_that_stands_twice_in_a_body_is_refused_by_name() {
    Answer refused = ada().post("/api/notes", "{\"name\":\"once\",\"name\":\"twice\"}");

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.json().at("/errors/0/pointer").asString()).isEqualTo("/name");
    assertThat(refused.json().at("/errors/0/detail").asString()).contains("occurs twice");
    assertThat(ada().post("/api/notes", "{\"name\":\"once-only\"}").status()).isEqualTo(201);
  }

  @Test
  void what_is_wrong_is_said_in_the_senders_words() {
    for (String body :
        List.of(
            "{\"name\":{}}",
            "{\"name\":true}",
            "[]",
            "{} {}",
            "[".repeat(600),
            "{\"name\":\"a\\u0000b\"}",
            "{\"name\":\"a\\ud800b\"}",
            "{\"name\":1e400}")) {
      Answer refused = ada().post("/api/notes", body);
      assertThat(refused.status()).as(body).isEqualTo(400);
      assertThat(refused.json().at("/errors/0/pointer").isString()).as(refused.body()).isTrue();
      assertThat(refused.body()).doesNotContain("java.", "io.plumbline", "jackson", "Exception");
    }
    assertThat(ada().post("/api/notes", "{\"name\":{}}").json().at("/errors/0/detail").asString())
        .isEqualTo("must be a string");
    assertThat(ada().get("/api/notes?limit=%ED%A0%80").status()).isEqualTo(400);
    assertThat(ada().delete("/api/notes").json().get("detail").asString()).contains("GET", "POST");
    for (String notation : List.of("text/plain", "application/yaml")) {
      Answer refused =
          ada().header("Content-Type", notation).post("/api/notes", "name: a\nworkspaceId: b");
      assertThat(refused.status()).as(notation).isEqualTo(415);
      assertThat(refused.json().get("detail").asString())
          .contains("application/json")
          .doesNotContain("yaml");
    }
  }

  @Test
  void what_ends_before_a_handler_is_a_problem_too() {
    for (String path :
        List.of("/api/notes/a;b", "/api//notes", "/api/notes/%252e%252e", "/error")) {
      Answer refused = ada().get(path);
      assertThat(refused.status()).as(path).isIn(400, 404);
      assertThat(refused.header("Content-Type")).as(path).isEqualTo("application/problem+json");
      assertThat(refused.json().get("traceId").asString()).as(path).isNotBlank();
    }
    // The container itself refuses these, before there is a request that could have a trace.
    for (String path : List.of("/api/notes/a%2fb", "/api/notes/%ff", "/api/notes/%00")) {
      Answer refused = ada().get(path);
      assertThat(refused.status()).as(path).isEqualTo(400);
      assertThat(refused.header("Content-Type")).as(path).startsWith("application/problem+json");
      assertThat(refused.json().get("detail").asString()).as(path).isNotBlank();
    }
  }

  @Test
  void a_key_of_another_body_is_noticed_whatever_the_body_is_called() {
    String key = Ids.next().toString();
    TestClient.TestCaller sender =
        ada().header("Idempotency-Key", key).header("Content-Type", "application/x+json");

    assertThat(sender.post("/api/notes", Map.of("name", "called-one")).status()).isEqualTo(201);
    assertThat(sender.post("/api/notes", Map.of("name", "called-two")).status()).isEqualTo(422);
  }

  @Test
  void what_breaks_inside_stays_inside() {
    Answer answer = ada().post("/api/notes/fail", Map.of());

    assertThat(answer.status()).isEqualTo(500);
    assertThat(answer.body()).doesNotContain("secret").contains("traceId");
  }

  @Test
  void refusals_are_recorded_and_answered_as_problems() {
    Answer gate = ada().post("/api/notes/gate", Map.of());
    assertThat(gate.status()).isEqualTo(409);
    assertThat(gate.json().get("missing").get(0).asString()).isEqualTo("baseline");

    assertThat(client.as("vera", Role.VIEWER).post("/api/notes", Map.of("name", "no")).status())
        .isEqualTo(403);

    await()
        .untilAsserted(
            () -> assertThat(denied()).contains("POST /api/notes 403", "POST /api/notes/gate 409"));
  }

  @Test
  void only_valid_tokens_of_our_issuer_and_audience_open_a_route() {
    JWTClaimsSet.Builder valid =
        tokens.claims("ada", Role.PROMPT_ENGINEER).claim("workspace", Workspaces.ACME.toString());
    assertThat(client.withToken(tokens.sign(valid.build())).get("/api/notes").status())
        .isEqualTo(200);

    assertThat(client.anonymous().get("/api/notes").status()).isEqualTo(401);
    assertThat(client.withToken("nonsense").get("/api/notes").status()).isEqualTo(401);
    String expired =
        tokens.sign(
            new JWTClaimsSet.Builder(valid.build())
                .expirationTime(Date.from(Instant.EPOCH))
                .build());
    assertThat(client.withToken(expired).get("/api/notes").status()).isEqualTo(401);
    String foreign = tokens.sign(new JWTClaimsSet.Builder(valid.build()).audience("other").build());
    assertThat(client.withToken(foreign).get("/api/notes").status()).isEqualTo(401);
    String homeless = tokens.sign(tokens.claims("ada", Role.PROMPT_ENGINEER).build());
    assertThat(client.withToken(homeless).get("/api/notes").status()).isEqualTo(401);
    String token = tokens.sign(valid.build());
    assertThat(
            client
                .withToken(token.substring(0, token.length() - 6) + "AAAAAA")
                .get("/api/notes")
                .status())
        .isEqualTo(401);
    String unsigned = "eyJhbGciOiJub25lIn0." + token.split("\\.", -1)[1] + ".";
    assertThat(client.withToken(unsigned).get("/api/notes").status()).isEqualTo(401);
  }

  @Test
  void headers_of_a_person_do_not_change_the_workspace() {
    ada().post("/api/notes", Map.of("name", "mine"));

    TestClient.TestCaller gus = client.as("gus", Workspaces.GLOBEX, Role.PROMPT_ENGINEER);

    assertThat(
            gus.header("Plumbline-Workspace", Workspaces.ACME.toString())
                .get("/api/notes/mine")
                .status())
        .isEqualTo(404);
    CallStatement acme = new CallStatement(Workspaces.ACME, "ada", Instant.now());
    CallStatement.Call call =
        new CallStatement.Call("inference", "prompt-registry", "GET", "/api/notes/mine");
    assertThat(
            gus.header(CallStatement.HEADER, EventKeys.sign(acme, call))
                .get("/api/notes/mine")
                .status())
        .isEqualTo(404);
  }

  @Test
  void a_service_reads_what_names_it_in_the_workspace_that_it_states() {
    ada().post("/api/notes", Map.of("name", "stated"));

    assertThat(client.asService("inference", Workspaces.ACME).get("/api/notes/stated").status())
        .isEqualTo(200);
    assertThat(client.asService("inference", Workspaces.GLOBEX).get("/api/notes/stated").status())
        .isEqualTo(404);
  }

  /** The secret and the key of a service open no route that the service never calls. */
  @Test
  void a_service_is_refused_elsewhere_and_the_refusal_is_recorded() {
    int earlier = denials().size();
    TestClient.TestCaller training = client.asService("training", Workspaces.ACME, "ben");

    Answer refused = training.post("/api/notes", Map.of("name", "forged"));

    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.json().path("type").asString()).isEqualTo("/problems/service-not-allowed");
    assertThat(ada().get("/api/notes/forged").status()).isEqualTo(404);
    await()
        .untilAsserted(() ->
            assertThat(denials().stream().skip(earlier))
                .filteredOn(denied -> denied.problem().equals("service-not-allowed"))
                .extracting(ActionDenied::action, ActionDenied::reasons)
                .contains(
                    tuple(
                        "POST /api/notes",
                        List.of(
                            "The service training does not call this route. Sign in as a person,"
                                + " or use an API key."))));
  }

  /** The secret of a service, with the headers that once sufficed, opens nothing. */
  @Test
  void a_services_token_alone_opens_nothing() {
    ada().post("/api/notes", Map.of("name", "secret"));

    TestClient.TestCaller thief =
        client
            .withToken(tokens.service("inference"))
            .header("Plumbline-Workspace", Workspaces.ACME.toString())
            .header("Plumbline-On-Behalf-Of", "ada");

    assertThat(thief.get("/api/notes/secret").status()).isEqualTo(403);
    assertThat(thief.post("/api/notes", Map.of("name", "forged-too")).status()).isEqualTo(403);
  }

  @Test
  void an_event_delivered_thrice_has_one_effect() {
    UUID id = Ids.next();
    IntStream.range(0, 3)
        .forEach(
            i -> events.publish(id, registered("thrice"), "thrice", 1, Workspaces.ACME, "ada"));
    events.publish(registered("thrice"), "thrice", 2);

    await()
        .untilAsserted(
            () -> assertThat(received("thrice")).containsExactly("thrice:1", "thrice:2"));
  }

  @Test
  void a_poisonous_event_becomes_a_dead_letter_with_those_behind_it_and_is_replayed_in_order() {
    listener.failOn = "poison";
    events.publish(registered("poison"), "poison", 1);
    events.publish(registered("fine"), "poison", 2);
    events.publish(registered("other"), "other", 1);
    TestClient.TestCaller sam = client.as("sam", Role.SRE);
    await()
        .untilAsserted(() ->
            assertThat(sam.get("/api/dead-letters").json().at("/total/value").asInt())
                .isEqualTo(2));
    await().untilAsserted(() -> assertThat(received("other")).containsExactly("other:1"));
    assertThat(sam.get("/api/dead-letters").json().at("/items/0/cause").asString())
        .contains("cannot take poison");

    long id = sam.get("/api/dead-letters").json().at("/items/1/deadLetterId").asLong();
    Answer refused = sam.post("/api/dead-letters/" + id + "/replay", null);
    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.json().get("detail").asString())
        .startsWith("0 of the 2 dead letters of this key were applied")
        .contains("cannot take poison");
    listener.failOn = "";
    assertThat(sam.post("/api/dead-letters/" + id + "/replay", null).status()).isEqualTo(200);

    assertThat(received("poison")).containsExactly("poison:1", "poison:2");
    assertThat(sam.get("/api/dead-letters").json().at("/total/value").asInt()).isZero();
  }

  /** The verdict of the review: an event that fails a constraint here is unknown to the gate. */
  @Test
  void a_dead_letter_closes_gates_until_two_people_accept_it() {
    EvidenceQuestion question =
        EvidenceQuestion.dependingOn(
            ApplicationRegistered.class, event -> event.application().equals("refused-evidence"));
    Caller acme = Caller.system(Workspaces.ACME);
    listener.failOn = "refused-evidence";
    events.publish(registered("refused-evidence"), "evidence", 1);
    events.publish(registered("later-evidence"), "evidence", 2);
    TestClient.TestCaller sam = client.as("sam", Role.SRE);
    TestClient.TestCaller sue = client.as("sue", Role.SRE);
    await()
        .untilAsserted(() ->
            assertThat(sam.get("/api/dead-letters").json().at("/total/value").asInt())
                .isEqualTo(2));
    assertThatThrownBy(() -> acme.run(() -> evidence.requireComplete(() -> question)))
        .isInstanceOfSatisfying(
            Problem.class,
            problem -> assertThat(problem.type()).isEqualTo(CommonProblem.EVIDENCE_SET_ASIDE));

    long id = sam.get("/api/dead-letters").json().at("/items/0/deadLetterId").asLong();
    String accept = "/api/dead-letters/" + id + "/accept";
    Map<String, String> reason = Map.of("reason", "It was published by mistake.");
    assertThat(sam.post(accept, reason).json().get("acceptedBy").toString()).isEqualTo("[\"sam\"]");
    assertThat(sam.post(accept, reason).status()).isEqualTo(409);
    JsonNode accepted = sue.post(accept, Map.of("reason", "I agree.")).json();
    assertThat(accepted.get("acceptedBy").toString()).isEqualTo("[\"sam\",\"sue\"]");
    assertThat(accepted.get("reason").asString()).isEqualTo("It was published by mistake.");
    assertThat(sue.post(accept, reason).status()).isEqualTo(409);
    assertThat(client.as("ada", Role.APPROVER).post(accept, reason).status()).isEqualTo(403);

    acme.run(() -> evidence.requireComplete(() -> question));
    await().untilAsserted(() -> assertThat(received("evidence")).containsExactly("evidence:2"));
    listener.failOn = "";
    assertThat(sam.get("/api/dead-letters").json().at("/items/0/acceptedBy/1").asString())
        .isEqualTo("sue");
    assertThat(sam.post("/api/dead-letters/" + id + "/replay", null).status()).isEqualTo(200);
  }

  /** A service that was given a new key elsewhere, or somebody who can write to its topic. */
  @Test
  void messages_of_an_unknown_key_close_gates_until_two_people_accept_them_together() {
    UUID workspace = UUID.randomUUID();
    EvidenceQuestion question =
        EvidenceQuestion.dependingOn(ApplicationRegistered.class, event -> false);
    TestClient.TestCaller sam = client.as("sam", workspace, Role.SRE);
    TestClient.TestCaller sue = client.as("sue", workspace, Role.SRE);
    Caller.system(workspace).run(() -> evidence.requireComplete(() -> question));
    for (int number = 1; number <= 3; number++) {
      sendWithUnknownKey(workspace);
    }
    awaitDeadLetters(sam, 3);
    assertSetAside(workspace, question);

    long id = sam.get("/api/dead-letters").json().at("/items/1/deadLetterId").asLong();
    String accept = "/api/dead-letters/" + id + "/accept";
    Map<String, String> reason = Map.of("reason", "The keys were mixed up.");
    assertThat(sam.post(accept, reason).status()).isEqualTo(200);
    assertThat(sam.post(accept, reason).status()).isEqualTo(409);
    assertThat(sue.post(accept, reason).status()).isEqualTo(200);

    Caller.system(workspace).run(() -> evidence.requireComplete(() -> question));
    assertThat(
            sam.get("/api/dead-letters")
                .json()
                .path("items")
                .valueStream()
                .map(letter -> letter.path("acceptedBy").toString()))
        .hasSize(3)
        .containsOnly("[\"sam\",\"sue\"]");
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() ->
            assertThat(events.read("plumbline.prompt-registry"))
                .extracting(message -> new String(message.value(), StandardCharsets.UTF_8))
                .anyMatch(each -> each.contains(" (with 2 others of its topic and cause)")));

    sendWithUnknownKey(workspace);
    awaitDeadLetters(sam, 4);
    assertSetAside(workspace, question);
  }

  private void sendWithUnknownKey(UUID workspace) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("ce_id", Ids.next().toString());
    headers.put("ce_type", EventTypes.typeOf(ApplicationRegistered.class));
    headers.put("ce_source", "/strategy");
    headers.put("ce_subject", "rotated");
    headers.put("ce_time", Instant.now().toString());
    headers.put("ce_workspace", workspace.toString());
    headers.put("ce_actor", "x");
    headers.put("ce_aggregateversion", "1");
    byte[] value = "{}".getBytes(StandardCharsets.UTF_8);
    events.send(
        "plumbline.strategy", "rotated", EventKeys.sign("evaluation", headers, value), value);
  }

  private static void awaitDeadLetters(TestClient.TestCaller sre, int number) {
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() ->
            assertThat(sre.get("/api/dead-letters").json().at("/total/value").asInt())
                .isEqualTo(number));
  }

  private void assertSetAside(UUID workspace, EvidenceQuestion question) {
    assertThatThrownBy(
            () -> Caller.system(workspace).run(() -> evidence.requireComplete(() -> question)))
        .isInstanceOfSatisfying(
            Problem.class,
            problem -> assertThat(problem.type()).isEqualTo(CommonProblem.EVIDENCE_SET_ASIDE));
  }

  @Test
  void a_gate_answers_by_the_positions_of_the_broker_and_messages_without_effect_hold_it_up_not() {
    EvidenceQuestion question =
        EvidenceQuestion.dependingOn(
            ApplicationRegistered.class, event -> event.application().equals("positions"));
    events.publish(registered("positions"), "positions", 1);
    events.publish(
        new StrategyEvent.AssessmentCompleted(
            UUID.randomUUID(), "positions", "PROMPT", List.of(), Map.of()),
        "positions",
        2);

    Caller.system(Workspaces.ACME).run(() -> evidence.requireComplete(() -> question));

    assertThat(received("positions")).containsExactly("positions:1");
  }

  @Test
  void a_request_with_a_key_waits_for_evidence_and_has_one_effect() {
    events.publish(registered("held-up"), "held-up", 1);
    TestClient.TestCaller sender = ada().header("Idempotency-Key", "held-up");

    Answer created = sender.post("/api/notes", Map.of("name", "held-up"));
    Answer repeated = sender.post("/api/notes", Map.of("name", "held-up"));

    assertThat(created.status()).as(created.body()).isEqualTo(201);
    assertThat(repeated.body()).isEqualTo(created.body());
    assertThat(received("held-up")).containsExactly("held-up:1");
  }

  @Test
  void a_job_shows_its_progress_and_runs_once() throws Exception {
    Caller acme = Caller.system(Workspaces.ACME);
    UUID id = acme.call(() -> notes.work("x"));

    await()
        .untilAsserted(() ->
            assertThat(acme.call(() -> jobs.find(id).orElseThrow().progress())).isEqualTo(0.5));
    assertThat(Caller.system(Workspaces.GLOBEX).call(() -> jobs.find(id))).isEmpty();
    worker.go.countDown();

    await()
        .untilAsserted(() ->
            assertThat(acme.call(() -> jobs.find(id).orElseThrow().state()))
                .isEqualTo(JobView.State.SUCCEEDED));
    assertThat(worker.runs).hasValue(1);
  }

  @Test
  void a_digest_in_a_path_is_read_and_not_hashed() {
    Digest sent = Digest.ofText("anything");

    assertThat(DefaultConversionService.getSharedInstance().convert(sent.hex(), Digest.class))
        .isEqualTo(sent);
  }

  @Test
  void an_error_fails_its_job_and_the_worker_takes_the_next() throws Exception {
    Caller acme = Caller.system(Workspaces.ACME);

    for (UUID id : List.of(acme.call(notes::stumble), acme.call(notes::stumble))) {
      await()
          .untilAsserted(() ->
              assertThat(acme.call(() -> jobs.find(id).orElseThrow()))
                  .returns(JobView.State.FAILED, JobView::state)
                  .returns("too deep", JobView::error));
    }
  }

  @Test
  void a_job_that_never_ended_is_given_up_and_its_handler_notified() throws Exception {
    UUID id = Ids.next();
    try (Connection connection = EmbeddedServers.connectAsSuperuser("prompt-registry");
        PreparedStatement sql =
            connection.prepareStatement(
                "INSERT INTO job (id, workspace_id, kind, payload, priority, state, attempt) VALUES"
                    + " (?, ?, 'stumbling', '{}', 0, 'QUEUED', 5)")) {
      sql.setObject(1, id);
      sql.setObject(2, Workspaces.ACME);
      sql.execute();
    }

    await()
        .untilAsserted(() ->
            assertThat(
                    Caller.system(Workspaces.ACME).call(() -> jobs.find(id).orElseThrow().state()))
                .isEqualTo(JobView.State.FAILED));
    assertThat(stumbler.givenUp).containsExactly(id);
  }

  @Test
  void what_the_mechanisms_need_no_longer_is_swept_away_and_nothing_else() throws Exception {
    try (Connection connection = EmbeddedServers.connectAsSuperuser("prompt-registry");
        Statement sql = connection.createStatement()) {
      sql.execute(
          "INSERT INTO inbox VALUES ('sweep', 'old', gen_random_uuid(), now() - interval '31"
              + " days'), ('sweep', 'new', gen_random_uuid(), now())");
      sql.execute(
          """
          INSERT INTO idempotency (workspace_id, actor, key, request_hash, created_at)
          VALUES (gen_random_uuid(), 'sweep', 'old', '', now() - interval '25 hours'),
            (gen_random_uuid(), 'sweep', 'new', '', now())
          """);
      housekeeping.deleteOldRows();

      ResultSet left =
          sql.executeQuery(
              "SELECT source FROM inbox WHERE consumer = 'sweep' UNION ALL SELECT key FROM"
                  + " idempotency WHERE actor = 'sweep'");
      List<String> names = new ArrayList<>();
      while (left.next()) {
        names.add(left.getString(1));
      }
      assertThat(names).containsExactly("new", "new");
    }
  }

  @Test
  void what_the_database_cannot_store_is_the_callers_fault() {
    assertThat(ada().post("/api/notes", Map.of("name", "a\0b")).status()).isEqualTo(400);
  }

  private List<String> received(String subject) {
    return listener.received.stream().filter(each -> each.startsWith(subject + ":")).toList();
  }

  private List<String> denied() {
    return denials().stream().map(each -> each.action() + " " + each.status()).toList();
  }

  private List<ActionDenied> denials() {
    return events.read(EventTypes.topicOf("prompt-registry")).stream()
        .filter(message ->
            TestEventClient.header(message, "ce_type")
                .equals(EventTypes.typeOf(ActionDenied.class)))
        .map(message -> JsonMapper.shared().readValue(message.value(), ActionDenied.class))
        .toList();
  }

  private static ApplicationRegistered registered(String name) {
    return new ApplicationRegistered(
        Ids.next(), name, "owner", "purpose", Criticality.LOW, TaskType.CLASSIFICATION, 100);
  }

  private static String withoutTrace(Answer answer) {
    return answer.body().replaceAll("\"(traceId|instance)\":\"[^\"]*\"", "");
  }

  private static Answer join(Future<Answer> answer) {
    try {
      return answer.get();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
