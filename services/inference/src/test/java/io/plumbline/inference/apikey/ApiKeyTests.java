package io.plumbline.inference.apikey;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.plumbline.contracts.ComplianceEvent.WorkspaceArchived;
import io.plumbline.contracts.Criticality;
import io.plumbline.contracts.InferenceEvent.ApiKeyCreated;
import io.plumbline.contracts.InferenceEvent.ApiKeyRevoked;
import io.plumbline.contracts.StrategyEvent.ApplicationRegistered;
import io.plumbline.contracts.TaskType;
import io.plumbline.inference.InferenceTest;
import io.plumbline.platform.identity.Role;
import io.plumbline.platform.test.EmbeddedServers;
import io.plumbline.platform.test.ManualClock;
import io.plumbline.platform.test.TestClient;
import io.plumbline.platform.test.TestClient.Answer;
import io.plumbline.platform.test.TestEventClient;
import io.plumbline.platform.test.Workspaces;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;
import tools.jackson.databind.JsonNode;

/** Tests API keys over HTTP, on the running service. */
@ExtendWith(OutputCaptureExtension.class)
class ApiKeyTests extends InferenceTest {

  private static final String MODEL = "local/choice-minilm";

  @Autowired TestClient client;
  @Autowired TestEventClient events;
  @Autowired KeySecrets secrets;
  @Autowired KeyLookup lookup;
  @Autowired LastUsedTracker uses;
  @Autowired Clock clock;

  @Test
  void a_key_calls_what_its_scope_names_and_nothing_else() {
    register("key-mail");
    TestClient.TestCaller application =
        withKey(Map.of("models", List.of(MODEL), "applications", List.of("key-mail")));

    assertThat(chat(application, MODEL).status()).isEqualTo(200);
    // The application is in the key's scope, though nothing is released there.
    assertThat(code(chat(application, "app/key-mail"))).isEqualTo("model_not_found");
    for (String other :
        List.of("app/other", "local/choice-bge-small", "variant/" + "a".repeat(64), "nobody/x")) {
      Answer refused = chat(application, other);
      assertThat(refused.status()).as(other).isEqualTo(403);
      assertThat(code(refused)).isEqualTo("out_of_scope");
      assertThat(refused.json().at("/error/message").asString())
          .contains("may not call '" + other + "'", "app/key-mail, " + MODEL);
    }
    assertThat(
            application
                .post("/v1/embeddings", Map.of("model", "local/bge-small-en-v1.5", "input", "x"))
                .status())
        .isEqualTo(403);
    assertThat(application.get("/v1/models").json().path("data").valueStream())
        .extracting(model -> model.path("id").asString())
        .containsExactly(MODEL);
  }

  @Test
  void a_key_opens_the_open_ai_api_only() {
    TestClient.TestCaller application = withKey(Map.of("models", List.of(MODEL)));

    for (String path :
        List.of(
            "/api/api-keys",
            "/api/variants",
            "/v3/api-docs",
            "/api/dead-letters",
            "/v1",
            "/V1/models",
            "/api/v1/models")) {
      assertThat(application.get(path).status()).as(path).isEqualTo(401);
    }
    assertThat(
            application.post("/api/feedback", Map.of("responseId", "x", "correct", true)).status())
        .isEqualTo(401);
    assertThat(application.get("/v1/nowhere").status()).isEqualTo(404);
    for (String path : List.of("/v1/../api/variants", "/v1/%2e%2e/api/variants", "/v1//api")) {
      assertThat(application.get(path).status()).as(path).isEqualTo(400);
    }
  }

  @Test
  void nobody_calls_anything_in_an_archived_workspace() {
    UUID pilot = UUID.randomUUID();
    Answer created =
        client
            .as("sia", pilot, Role.SRE)
            .post(
                "/api/api-keys",
                Map.of("name", "a key", "expiresInDays", 1, "allApplications", true));
    assertThat(created.status()).as(created.body()).isEqualTo(201);
    TestClient.TestCaller application = client.withToken(created.json().path("key").asString());
    TestClient.TestCaller elsewhere = withKey(Map.of("models", List.of(MODEL)));
    assertThat(application.get("/v1/models").status()).isEqualTo(200);

    events.publish(
        new WorkspaceArchived(pilot, "The pilot has ended."), pilot.toString(), 2, pilot, "root");

    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> application.get("/v1/models").status() == 409);
    Answer refused = chat(application, "app/mail");
    assertThat(refused.status()).isEqualTo(409);
    assertThat(code(refused)).isEqualTo("workspace_archived");
    assertThat(refused.json().at("/error/message").asString())
        .startsWith("The workspace is archived");
    Answer feedback = application.post("/v1/feedback", Map.of("responseId", "x", "correct", true));
    assertThat(code(feedback)).isEqualTo("workspace_archived");
    assertThat(client.as("pia", pilot, Role.PROMPT_ENGINEER).get("/v1/models").status())
        .isEqualTo(409);
    assertThat(elsewhere.get("/v1/models").status()).isEqualTo(200);
  }

  @Test
  void a_call_outside_of_the_scope_is_recorded_under_the_key() {
    JsonNode created = create(Map.of("models", List.of(MODEL)));
    chat(client.withToken(created.path("key").asString()), "app/secret");

    String actor = "api-key:" + created.at("/apiKey/apiKeyId").asString();
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() ->
            assertThat(published())
                .anySatisfy(
                    event -> assertThat(event).contains("out-of-scope", "app/secret", actor)));
  }

  @Test
  void a_revoked_key_opens_nothing_at_any_replica_within_a_second() {
    JsonNode created = create(Map.of("models", List.of(MODEL)));
    String key = created.path("key").asString();
    TestClient.TestCaller application = client.withToken(key);
    ApiKeySettings settings = settings();
    ApiKeyCache known = new ApiKeyCache(lookup, settings, new SimpleMeterRegistry());
    ApiKeyAuthentication other = new ApiKeyAuthentication(secrets, known, uses, clock);
    known.pollRevocations();
    assertThat(application.get("/v1/models").status()).isEqualTo(200);
    assertThat(other.authenticate(new BearerTokenAuthenticationToken(key)).getName())
        .isEqualTo("api-key:" + created.at("/apiKey/apiKeyId").asString());

    Answer revoked = revoke(created);

    assertThat(revoked.json().path("state").asString()).isEqualTo("REVOKED");
    assertThat(revoked.json().path("revokedBy").asString()).isEqualTo("sam");
    Answer refused = application.get("/v1/models");
    assertThat(refused.status()).isEqualTo(401);
    assertThat(refused.json().at("/error/message").asString())
        .contains(created.at("/apiKey/start").asString(), "was revoked");
    known.pollRevocations();
    assertThat(catching(() -> other.authenticate(new BearerTokenAuthenticationToken(key))))
        .isInstanceOf(BadCredentialsException.class)
        .hasMessageContaining("was revoked");
    assertThat(revoke(created).status()).isEqualTo(409);
  }

  /** Waits for the process's own poll: nothing else notifies it of other replicas' revocations. */
  @Test
  void a_process_reads_what_others_revoke_by_itself() {
    JsonNode created = create(Map.of("models", List.of(MODEL)));
    TestClient.TestCaller application = client.withToken(created.path("key").asString());
    assertThat(application.get("/v1/models").status()).isEqualTo(200);

    EmbeddedServers.executeAsSuperuser(
        "inference",
        """
        WITH counted AS (UPDATE revocation_count SET number = number + 1 RETURNING number)
        UPDATE api_key SET revoked_at = now(), revoked_by = 'another', revocation_reason = 'r',
          revocation = counted.number
        FROM counted WHERE api_key_id = '%s'
        """
            .formatted(created.at("/apiKey/apiKeyId").asString()));

    await()
        .pollInterval(Duration.ofMillis(20))
        .until(() -> application.get("/v1/models").status() == 401);
  }

  @Test
  void a_key_ends_at_its_expiry() {
    JsonNode created = create(Map.of("models", List.of(MODEL), "expiresInDays", 1));
    Instant expiry = Instant.parse(created.at("/apiKey/expiresAt").asString());
    ManualClock time = new ManualClock(expiry.minusNanos(1_000));
    ApiKeyAuthentication later =
        new ApiKeyAuthentication(
            secrets, new ApiKeyCache(lookup, settings(), new SimpleMeterRegistry()), uses, time);
    BearerTokenAuthenticationToken bearer =
        new BearerTokenAuthenticationToken(created.path("key").asString());

    assertThat(later.authenticate(bearer).isAuthenticated()).isTrue();
    time.advance(Duration.ofNanos(1_000));
    assertThat(catching(() -> later.authenticate(bearer)))
        .isInstanceOf(BadCredentialsException.class)
        .hasMessageContaining("has expired");
  }

  @Test
  void a_key_that_cannot_be_looked_up_is_no_wrong_key() {
    BearerTokenAuthenticationToken bearer =
        new BearerTokenAuthenticationToken(
            create(Map.of("models", List.of(MODEL))).path("key").asString());
    ApiKeyCache unread = new ApiKeyCache(lookup, Duration.ofNanos(-1), System::nanoTime);

    assertThat(
            catching(
                () -> new ApiKeyAuthentication(secrets, unread, uses, clock).authenticate(bearer)))
        .isInstanceOf(AuthenticationServiceException.class);
  }

  @Test
  void what_this_installation_did_not_issue_is_no_key() {
    String key = create(Map.of("models", List.of(MODEL))).path("key").asString();
    String unknown = secrets.issue(UUID.randomUUID()).text();

    for (String guess :
        List.of("plk_", "plk_x", key.substring(0, key.length() - 4) + "AAAA", unknown)) {
      Answer refused = client.withToken(guess).get("/v1/models");
      assertThat(refused.status()).as(guess).isEqualTo(401);
      assertThat(code(refused)).isEqualTo("unauthenticated");
    }
  }

  @Test
  void the_secret_is_in_the_first_answer_and_nowhere_else(CapturedOutput output) {
    TestClient.TestCaller sam = sam().header("Idempotency-Key", UUID.randomUUID().toString());
    Map<String, Object> body = Map.of("name", "once", "models", List.of(MODEL));
    Answer first = sam.post("/api/api-keys", body);
    String key = first.json().path("key").asString();
    assertThat(first.header("Cache-Control")).contains("no-store");

    Answer again = sam.post("/api/api-keys", body);

    assertThat(again.status()).isEqualTo(201);
    assertThat(again.json().path("apiKey")).isEqualTo(first.json().path("apiKey"));
    assertThat(again.json().path("key").isNull()).isTrue();
    client.withToken(key).get("/v1/models");
    revoke(first.json());
    UUID id = UUID.fromString(first.json().at("/apiKey/apiKeyId").asString());
    events.awaitPublished(ApiKeyRevoked.class, each -> each.apiKeyId().equals(id));
    String secret = key.substring(key.lastIndexOf('_') - 10);
    String random = key.substring("plk_".length() + 33, key.length() - 20);
    for (String each : List.of(secret, random)) {
      String hex = HexFormat.of().formatHex(each.getBytes(UTF_8));
      assertThat(everyRow())
          .hasSizeGreaterThan(5)
          .noneMatch(row -> row.contains(each) || row.contains(hex));
      assertThat(published()).isNotEmpty().noneMatch(event -> event.contains(each));
      assertThat(output).doesNotContain(each);
    }
    String path = "/api/api-keys/" + id;
    for (String read : List.of(sam().get(path).body(), sam().get("/api/api-keys").body())) {
      assertThat(read).doesNotContain(random, "mac");
    }
  }

  @Test
  void a_key_is_announced_with_its_scope_and_its_end() {
    JsonNode created = create(Map.of("models", List.of(MODEL)));
    revoke(created);

    UUID id = UUID.fromString(created.at("/apiKey/apiKeyId").asString());
    ApiKeyCreated event =
        events.awaitPublished(ApiKeyCreated.class, each -> each.apiKeyId().equals(id));
    assertThat(event)
        .isEqualTo(
            new ApiKeyCreated(
                id,
                "a key",
                false,
                List.of(),
                List.of(MODEL),
                Instant.parse(created.at("/apiKey/expiresAt").asString())));
    assertThat(events.awaitPublished(ApiKeyRevoked.class, each -> each.apiKeyId().equals(id)))
        .isEqualTo(new ApiKeyRevoked(id, "a key", "It leaked"));
  }

  @Test
  void a_key_without_a_scope_or_for_longer_than_a_year_is_refused() {
    assertThat(sam().post("/api/api-keys", Map.of("name", "n")).body())
        .contains("\"status\":400", "a key without a scope opens nothing");
    assertThat(
            sam()
                .post(
                    "/api/api-keys",
                    Map.of("name", "n", "models", List.of(MODEL), "expiresInDays", 366))
                .status())
        .isEqualTo(400);
    assertThat(
            sam().post("/api/api-keys", Map.of("name", "n", "models", List.of("app/mail"))).body())
        .contains("applications are named in applications");
    assertThat(
            sam()
                .post(
                    "/api/api-keys",
                    Map.of("name", "n", "allApplications", true, "applications", List.of("a")))
                .status())
        .isEqualTo(400);
    assertThat(
            sam()
                .post("/api/api-keys", Map.of("name", "n", "applications", List.of("unheard-of")))
                .body())
        .contains("not-yet-known", "/applications/0");
  }

  @Test
  void a_model_that_nothing_answers_to_is_refused_by_name() {
    client
        .as("root", Role.ADMIN)
        .post(
            "/api/providers",
            Map.of(
                "name",
                "key-llm",
                "kind",
                "openai-compatible",
                "baseUrl",
                "http://127.0.0.1:9/v1",
                "models",
                List.of("gpt-4o")));
    Map<String, String> refusals =
        Map.of(
            "gpt-4o",
            "There is no model 'gpt-4o' in your workspace. Did you mean 'key-llm/gpt-4o'?",
            "nobody/gpt-5",
            "No provider 'nobody' is connected, so a call of 'nobody/gpt-5' could not be answered.",
            "local/choice-minlm",
            "There is no model 'local/choice-minlm' in your workspace. Did you mean"
                + " 'local/choice-minilm'?",
            "variant/" + "a".repeat(64),
            "There is no variant aaaaaaaaaaaa in your workspace",
            "variant/x",
            "A variant is named variant/<digest>");
    refusals.forEach((model, reason) -> {
      Answer refused = keyFor(MODEL, model);
      assertThat(refused.status()).as(refused.body()).isEqualTo(422);
      assertThat(refused.json().path("detail").asString()).startsWith(reason);
      assertThat(refused.json().at("/errors/0/pointer").asString()).isEqualTo("/models/1");
    });
    Answer version = keyFor(MODEL, "triage@7");
    assertThat(version.status()).isEqualTo(409);
    assertThat(version.body()).contains("not-yet-known", "'triage@7'", "/models/1");
    assertThat(sam().get("/api/api-keys?limit=100").body()).doesNotContain("for nothing");
  }

  /** Names a model that the provider does not list, since it may answer to such names too. */
  @Test
  void every_model_of_a_connected_provider_may_be_in_a_scope() {
    client
        .as("root", Role.ADMIN)
        .post(
            "/api/providers",
            Map.of(
                "name",
                "key-any",
                "kind",
                "openai-compatible",
                "baseUrl",
                "http://127.0.0.1:9/v1"));

    create(Map.of("models", List.of("key-any/Qwen/Qwen3-8B", MODEL)));
  }

  private Answer keyFor(String... models) {
    return sam().post("/api/api-keys", Map.of("name", "for nothing", "models", List.of(models)));
  }

  @Test
  void a_key_switches_nothing_off() {
    TestClient.TestCaller application =
        withKey(Map.of("models", List.of(MODEL))).header("x-plumbline-without", "retrieval");

    Answer refused = chat(application, MODEL);

    assertThat(refused.status()).as(refused.body()).isEqualTo(403);
    assertThat(refused.body()).contains("prompt-engineer, ml-engineer");
  }

  @Test
  void a_key_lasts_ninety_days_unless_it_says_otherwise() {
    JsonNode key = create(Map.of("models", List.of(MODEL))).path("apiKey");

    assertThat(
            Duration.between(
                Instant.parse(key.path("createdAt").asString()),
                Instant.parse(key.path("expiresAt").asString())))
        .isEqualTo(Duration.ofDays(90));
    assertThat(key.path("state").asString()).isEqualTo("ACTIVE");
    assertThat(key.path("start").asString())
        .isEqualTo("plk_" + key.path("apiKeyId").asString().replace("-", ""));
  }

  @Test
  void people_see_when_a_key_was_last_used() {
    JsonNode created = create(Map.of("models", List.of(MODEL)));
    String path = "/api/api-keys/" + created.at("/apiKey/apiKeyId").asString();
    assertThat(sam().get(path).json().path("lastUsedAt").isNull()).isTrue();

    client.withToken(created.path("key").asString()).get("/v1/models");

    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> sam().get(path).json().path("lastUsedAt").asString("").endsWith(":00Z"));
  }

  @Test
  void another_workspace_sees_and_revokes_none_of_them() {
    String path =
        "/api/api-keys/"
            + create(Map.of("models", List.of(MODEL))).at("/apiKey/apiKeyId").asString();
    TestClient.TestCaller stranger = client.as("eve", Workspaces.GLOBEX, Role.ADMIN);

    assertThat(stranger.get(path).status()).isEqualTo(404);
    assertThat(stranger.post(path + "/revoke", Map.of("reason", "r")).status()).isEqualTo(404);
    assertThat(stranger.get("/api/api-keys").json().path("items")).isEmpty();
  }

  @Test
  void a_workspace_has_a_hundred_valid_keys_at_most() {
    TestClient.TestCaller other = client.as("ops", new UUID(0, 77), Role.SRE);
    Map<String, Object> body = Map.of("name", "n", "models", List.of(MODEL));
    List<JsonNode> created = new ArrayList<>();
    for (int i = 0; i < ApiKeys.MAX_ACTIVE; i++) {
      created.add(other.post("/api/api-keys", body).json());
    }

    Answer refused = other.post("/api/api-keys", body);
    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.body()).contains("too-many-api-keys");
    other.post(
        "/api/api-keys/" + created.getFirst().at("/apiKey/apiKeyId").asString() + "/revoke",
        Map.of("reason", "not used"));
    assertThat(other.post("/api/api-keys", body).status()).isEqualTo(201);
    assertThat(other.get("/api/api-keys?limit=2").json().path("items")).hasSize(2);
  }

  private TestClient.TestCaller sam() {
    return client.as("sam", Role.SRE);
  }

  private JsonNode create(Map<String, Object> fields) {
    Map<String, Object> body = new HashMap<>(fields);
    body.put("name", "a key");
    Answer answer = sam().post("/api/api-keys", body);
    assertThat(answer.status()).as(answer.body()).isEqualTo(201);
    return answer.json();
  }

  private TestClient.TestCaller withKey(Map<String, Object> fields) {
    return client.withToken(create(fields).path("key").asString());
  }

  private Answer revoke(JsonNode created) {
    return sam()
        .post(
            "/api/api-keys/" + created.at("/apiKey/apiKeyId").asString() + "/revoke",
            Map.of("reason", "It leaked"));
  }

  private void register(String application) {
    events.publish(
        new ApplicationRegistered(
            UUID.randomUUID(),
            application,
            "sam",
            "tests",
            Criticality.LOW,
            TaskType.CLASSIFICATION,
            1),
        application,
        1);
    Map<String, Object> body =
        Map.of("name", "probe", "applications", List.of(application), "expiresInDays", 1);
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> sam().post("/api/api-keys", body).status() == 201);
  }

  private static Answer chat(TestClient.TestCaller caller, String model) {
    return caller.post(
        "/v1/chat/completions",
        Map.of(
            "model",
            model,
            "messages",
            List.of(Map.of("role", "user", "content", "The team won the cup")),
            "response_format",
            Map.of(
                "type",
                "json_schema",
                "json_schema",
                Map.of(
                    "name",
                    "topic",
                    "schema",
                    Map.of(
                        "type",
                        "object",
                        "required",
                        List.of("topic"),
                        "properties",
                        Map.of(
                            "topic",
                            Map.of("type", "string", "enum", List.of("sports", "politics"))))))));
  }

  private static String code(Answer answer) {
    return answer.json().at("/error/code").asString();
  }

  private static ApiKeySettings settings() {
    return new ApiKeySettings(
        List.of(), Duration.ofMillis(250), Duration.ofMinutes(2), Duration.ofMinutes(1));
  }

  private static Throwable catching(Runnable work) {
    return catchThrowable(work::run);
  }

  /** Returns every message of the service's topic, with its headers. */
  private List<String> published() {
    return events.read("plumbline.inference").stream()
        .map(message -> {
          StringBuilder text = new StringBuilder(new String(message.value(), UTF_8));
          message.headers().forEach(header -> text.append(new String(header.value(), UTF_8)));
          return text.toString();
        })
        .toList();
  }

  private static List<String> everyRow() {
    List<String> rows = new ArrayList<>();
    stored("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        .forEach(table -> rows.addAll(stored("SELECT t::text FROM \"" + table + "\" t")));
    return rows;
  }

  private static List<String> stored(String query) {
    try (Connection connection = EmbeddedServers.connectAsSuperuser("inference");
        Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery(query)) {
      List<String> rows = new ArrayList<>();
      while (found.next()) {
        rows.add(found.getString(1));
      }
      return rows;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
