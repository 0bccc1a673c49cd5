package io.plumbline.inference;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contracts.Digest;
import io.plumbline.platform.digest.CanonicalJson;
import io.plumbline.platform.identity.Role;
import io.plumbline.platform.test.EmbeddedServers;
import io.plumbline.platform.test.TestClient;
import io.plumbline.platform.test.TestClient.Answer;
import io.plumbline.platform.test.Workspaces;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Tests the probe of a connection against servers whose answers each test sets. */
class ProbeTests extends InferenceTest {

  private static final String LIST =
      "{\"object\":\"list\",\"data\":[{\"id\":\"m\"},{\"id\":\"other\"}]}";
  private static final String REFUSAL =
      "{\"error\":{\"message\":\"Incorrect key ses***me\",\"code\":\"invalid_api_key\"}}";
  private static final String COMPLETION =
      """
      {"id":"x","object":"chat.completion","choices":[{"index":0,"message":{"role":"assistant",
      "content":"OK."},"finish_reason":"stop"}],
      "usage":{"prompt_tokens":7,"completion_tokens":2,"total_tokens":9}}\
      """;

  @Autowired TestClient client;

  private final String name = "t" + UUID.randomUUID().toString().substring(0, 8);
  private final ScriptedApi api = new ScriptedApi();

  @AfterEach
  void stop() {
    api.close();
  }

  @Test
  void a_connection_that_works_is_ready_and_nothing_is_paid_for() {
    connect("openai-compatible", "/v1", "sesame", "m", "m-2");
    api.answers(200, LIST);
    api.answers(401, REFUSAL);

    Answer answer = probe(null);

    JsonNode found = answer.json();
    assertThat(found.path("ready").asBoolean()).as(answer.body()).isTrue();
    assertThat(found.path("reachable").asBoolean()).isTrue();
    assertThat(found.path("address").asString()).isEqualTo("CORRECT");
    assertThat(found.path("suggestedBaseUrl").isNull()).isTrue();
    assertThat(found.path("apiKey").asString()).isEqualTo("ACCEPTED");
    assertThat(texts(found.path("models"))).containsExactly("m", "other");
    assertThat(found.path("moreModels").asBoolean()).isFalse();
    assertThat(texts(found.path("unlistedModels"))).containsExactly("m-2");
    assertThat(found.path("call").isNull()).isTrue();
    assertThat(texts(found.path("findings")))
        .containsExactly(
            "The server answers at the base URL.",
            "The server does not list m-2. Check the name, unless the server accepts it as an"
                + " alias.",
            "The server accepts the API key.");
    ScriptedApi.Received keyed = api.next();
    assertThat(keyed.method()).isEqualTo("GET");
    assertThat(keyed.address()).isEqualTo("/v1/models");
    assertThat(keyed.header("Authorization")).isEqualTo("Bearer sesame");
    ScriptedApi.Received keyless = api.next();
    assertThat(keyless.address()).isEqualTo("/v1/models");
    assertThat(keyless.header("Authorization")).isNull();
    assertThat(api.waiting()).isZero();
  }

  @Test
  void a_wrong_key_is_named_and_the_servers_words_about_it_are_not_repeated() {
    connect("openai-compatible", "/v1", "sesame");
    api.answers(401, REFUSAL);

    Answer answer = probe("m");

    assertThat(answer.json().path("ready").asBoolean()).isFalse();
    assertThat(answer.json().path("reachable").asBoolean()).isTrue();
    assertThat(answer.json().path("apiKey").asString()).isEqualTo("REFUSED");
    assertThat(texts(answer.json().path("findings")))
        .containsExactly(
            ("Provider '%1$s' refuses the API key stored for it: an administrator replaces it by"
                    + " PUT /api/providers/%1$s/api-key.")
                .formatted(name),
            "m was not called, since the call would fail.");
    assertThat(answer.body()).doesNotContain("ses***me", "sesame");
    assertThat(api.waiting()).isEqualTo(1);
  }

  @Test
  void a_server_that_wants_a_key_says_so_where_none_is_stored() {
    connect("openai-compatible", "/v1", null);
    api.answers(401, "{\"error\":\"Unauthorized\"}");

    JsonNode found = probe(null).json();

    assertThat(found.path("apiKey").asString()).isEqualTo("MISSING");
    assertThat(found.path("ready").asBoolean()).isFalse();
  }

  @Test
  void a_base_url_without_its_version_is_found_and_the_right_one_suggested() {
    connect("openai-compatible", "", "sesame", "m");
    api.answers(404, "{\"detail\":\"Not Found\"}");
    api.answers(200, LIST);
    api.answers(401, REFUSAL);

    JsonNode found = probe("m").json();

    assertThat(found.path("ready").asBoolean()).isFalse();
    assertThat(found.path("address").asString()).isEqualTo("VERSION_MISSING");
    assertThat(found.path("suggestedBaseUrl").asString()).isEqualTo(api.url() + "/v1");
    assertThat(found.path("apiKey").asString()).isEqualTo("ACCEPTED");
    assertThat(texts(found.path("models"))).containsExactly("m", "other");
    assertThat(texts(found.path("findings")))
        .startsWith(
            "The base URL lacks /v1. The server answers at %s/v1: connect the provider to that address."
                .formatted(api.url()))
        .endsWith("m was not called, since the call would fail.");
    assertThat(addresses()).containsExactly("/models", "/v1/models", "/v1/models");
  }

  @Test
  void the_version_is_found_though_the_key_is_wrong_and_the_server_has_a_page_at_every_path() {
    connect("openai-compatible", "", "sesame");
    api.answers(200, "<html></html>");
    api.answers(401, REFUSAL);

    JsonNode found = probe(null).json();

    assertThat(found.path("address").asString()).isEqualTo("VERSION_MISSING");
    assertThat(found.path("apiKey").asString()).isEqualTo("REFUSED");
  }

  /** Stores a connection from before the rule, since stored ones are not checked again. */
  @Test
  void a_stored_base_url_that_ends_in_an_operation_is_found() {
    store(api.url() + "/v1/chat/completions");
    api.answers(404, "{}");

    JsonNode found = probe(null).json();

    assertThat(found.path("address").asString()).isEqualTo("ENDS_IN_OPERATION");
    assertThat(found.path("suggestedBaseUrl").asString()).isEqualTo(api.url() + "/v1");
    assertThat(addresses()).containsExactly("/v1/chat/completions/models");
  }

  @Test
  void a_server_without_a_list_is_ready_once_a_model_has_answered() {
    connect("openai-compatible", "/v1", "sesame", "m");
    api.answers(404, "{}");
    api.answers(200, COMPLETION);

    JsonNode found = probe("m").json();

    assertThat(found.path("ready").asBoolean()).isTrue();
    assertThat(found.path("address").asString()).isEqualTo("CORRECT");
    assertThat(texts(found.path("unlistedModels"))).isEmpty();
    assertThat(addresses()).containsExactly("/v1/models", "/v1/chat/completions");
  }

  @Test
  void a_list_that_needs_no_key_says_nothing_about_it_and_a_short_call_does() {
    connect("openai-compatible", "/v1", "sesame", "m");
    api.answers(200, LIST);
    api.answers(200, LIST);
    api.answers(200, COMPLETION);

    Answer answer = probe("m");

    assertThat(texts(answer.json().path("findings")))
        .contains(
            "The server lists its models without an API key, so the list does not show whether the"
                + " key is valid. Only a call to a model does.",
            name + "/m answered a short call with 2 tokens.");
    assertThat(answer.json().path("apiKey").asString()).isEqualTo("ACCEPTED");
    JsonNode call = answer.json().path("call");
    assertThat(call.path("answered").asBoolean()).isTrue();
    assertThat(call.path("inputTokens").asInt()).isEqualTo(7);
    assertThat(call.path("outputTokens").asInt()).isEqualTo(2);
    api.next();
    api.next();
    ScriptedApi.Received sent = api.next();
    assertThat(sent.address()).isEqualTo("/v1/chat/completions");
    assertThat(sent.body())
        .isEqualTo(
            JsonMapper.shared()
                .readTree(
                    """
                    {"messages":[{"role":"user","content":"Say OK."}],"max_tokens":16,"model":"m"}\
                    """));
    awaitMetered(name + "/m", 7, 2);
    JsonNode trace =
        client
            .as("vera", Role.VIEWER)
            .get("/api/traces/" + call.path("requestId").asString())
            .json()
            .path("trace");
    assertThat(trace.path("model").asString()).isEqualTo(name + "/m");
    assertThat(trace.path("status").asString()).isEqualTo("OK");
    assertThat(trace.path("outputTokens").asInt()).isEqualTo(2);
  }

  @Test
  void a_public_list_without_a_call_leaves_the_key_unchecked() {
    connect("openai-compatible", "/v1", "sesame");
    api.answers(200, LIST);
    api.answers(200, LIST);

    JsonNode found = probe(null).json();

    assertThat(found.path("apiKey").asString()).isEqualTo("NOT_CHECKED");
    assertThat(found.path("ready").asBoolean()).isTrue();
  }

  @Test
  void a_server_that_limits_the_rate_says_nothing_about_the_key() {
    connect("openai-compatible", "/v1", "sesame", "a", "b", "c", "d", "e", "f", "g");
    api.answers(200, LIST);
    for (int attempt = 0; attempt < 3; attempt++) {
      api.answers(429, "{}");
    }

    JsonNode found = probe(null).json();

    assertThat(found.path("apiKey").asString()).isEqualTo("NOT_CHECKED");
    assertThat(texts(found.path("findings")))
        .contains("The test could not determine whether the server checks the API key.")
        .anySatisfy(finding -> assertThat(finding).contains("list a, b, c, d, e and 2 others."));
  }

  @Test
  void a_model_that_takes_only_the_newer_limit_is_called_with_it() {
    connect("openai-compatible", "/v1", null, "m");
    api.answers(200, LIST);
    api.answers(
        400,
        "{\"error\":{\"message\":\"Unsupported parameter: 'max_tokens'. Use"
            + " 'max_completion_tokens' instead.\"}}");
    api.answers(200, COMPLETION);

    JsonNode found = probe("m").json();

    assertThat(found.path("ready").asBoolean()).isTrue();
    assertThat(found.path("apiKey").asString()).isEqualTo("NOT_NEEDED");
    api.next();
    assertThat(api.next().body().has("max_tokens")).isTrue();
    JsonNode again = api.next().body();
    assertThat(again.path("max_completion_tokens").asInt()).isEqualTo(16);
    assertThat(again.has("max_tokens")).isFalse();
  }

  @Test
  void a_model_that_the_server_does_not_have_is_said_in_its_words() {
    connect("openai-compatible", "/v1", null, "m");
    api.answers(200, LIST);
    api.answers(404, "{\"error\":{\"message\":\"The model gpt-x does not exist\"}}");

    JsonNode found = probe("gpt-x").json();

    assertThat(found.path("ready").asBoolean()).isFalse();
    assertThat(found.path("address").asString()).isEqualTo("CORRECT");
    assertThat(found.at("/call/answered").asBoolean()).isFalse();
    assertThat(texts(found.path("findings")).getLast())
        .isEqualTo(
            "Provider '%s' refuses the request: The model gpt-x does not exist".formatted(name));
  }

  @Test
  void what_a_server_says_is_masked_and_names_that_repeat_the_key_are_left_out() {
    connect("openai-compatible", "/v1", "sesame");
    api.answers(500, "{\"error\":{\"message\":\"sesame of jane.roe@example.com failed\"}}");

    Answer failed = probe(null);

    assertThat(failed.json().path("reachable").asBoolean()).isTrue();
    assertThat(failed.json().path("address").asString()).isEqualTo("NOT_CHECKED");
    assertThat(failed.body())
        .contains("answered with status 500", "<API_KEY>")
        .doesNotContain("sesame", "jane.roe");
  }

  @Test
  void the_list_is_bounded_and_has_no_name_that_repeats_the_key() {
    connect("openai-compatible", "/v1", "sesame", "m-149");
    String models =
        IntStream.range(0, 150)
            .mapToObj(i -> "{\"id\":\"m-" + i + "\"}")
            .collect(Collectors.joining(",", "[{\"id\":\"x-sesame\"},", "]"));
    api.answers(200, models);
    api.answers(401, REFUSAL);

    Answer answer = probe(null);

    assertThat(texts(answer.json().path("models"))).hasSize(100).startsWith("m-0");
    assertThat(answer.json().path("moreModels").asBoolean()).isTrue();
    assertThat(texts(answer.json().path("unlistedModels"))).isEmpty();
    assertThat(answer.body()).doesNotContain("sesame");
  }

  @Test
  void a_server_that_is_not_there_is_not_reachable() throws IOException {
    int port;
    try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = closed.getLocalPort();
    }
    create("openai-compatible", "http://127.0.0.1:" + port + "/v1", null);

    JsonNode found = probe("m").json();

    assertThat(found.path("reachable").asBoolean()).isFalse();
    assertThat(found.path("ready").asBoolean()).isFalse();
    assertThat(texts(found.path("findings")))
        .containsExactly(
            "Provider '%s' could not be reached: check its address, or try again later."
                .formatted(name),
            "m was not called, since the call would fail.");
  }

  @Test
  void anthropic_is_asked_by_its_own_protocol() {
    connect("anthropic", "/v1", "sesame", "claude-x");
    api.answers(200, "{\"data\":[{\"type\":\"model\",\"id\":\"claude-x\"}],\"has_more\":false}");
    api.answers(401, "{\"type\":\"error\",\"error\":{\"type\":\"authentication_error\"}}");
    api.answers(
        200,
        """
        {"id":"msg_1","type":"message","role":"assistant","model":"claude-x","content":[
        {"type":"text","text":"OK."}],"stop_reason":"end_turn",
        "usage":{"input_tokens":5,"output_tokens":3}}\
        """);

    JsonNode found = probe("claude-x").json();

    assertThat(found.path("ready").asBoolean()).isTrue();
    assertThat(texts(found.path("models"))).containsExactly("claude-x");
    assertThat(found.at("/call/outputTokens").asInt()).isEqualTo(3);
    ScriptedApi.Received list = api.next();
    assertThat(list.address()).isEqualTo("/v1/models?limit=1000");
    assertThat(list.header("x-api-key")).isEqualTo("sesame");
    assertThat(list.header("anthropic-version")).isEqualTo("2023-06-01");
    ScriptedApi.Received keyless = api.next();
    assertThat(keyless.header("x-api-key")).isNull();
    assertThat(keyless.header("anthropic-version")).isEqualTo("2023-06-01");
    ScriptedApi.Received call = api.next();
    assertThat(call.address()).isEqualTo("/v1/messages");
    assertThat(call.body().path("max_tokens").asInt()).isEqualTo(16);
  }

  @Test
  void gemini_is_asked_by_its_own_protocol() {
    connect("gemini", "/v1beta", "sesame", "gemini-x", "models/gemini-y");
    api.answers(
        200, "{\"models\":[{\"name\":\"models/gemini-x\"},{\"name\":\"models/gemini-y\"}]}");
    api.answers(403, "{\"error\":{\"status\":\"PERMISSION_DENIED\"}}");

    JsonNode found = probe(null).json();

    assertThat(found.path("ready").asBoolean()).isTrue();
    assertThat(texts(found.path("models"))).containsExactly("gemini-x", "gemini-y");
    assertThat(texts(found.path("unlistedModels"))).isEmpty();
    ScriptedApi.Received list = api.next();
    assertThat(list.address()).isEqualTo("/v1beta/models?pageSize=1000");
    assertThat(list.header("x-goog-api-key")).isEqualTo("sesame");
    assertThat(api.next().header("x-goog-api-key")).isNull();
  }

  @Test
  void a_wrong_key_of_gemini_is_one_though_its_status_is_that_of_a_bad_request() {
    connect("gemini", "", "sesame");
    api.answers(404, "");
    api.answers(
        400,
        "{\"error\":{\"status\":\"INVALID_ARGUMENT\",\"details\":[{\"reason\":"
            + "\"API_KEY_INVALID\"}]}}");

    JsonNode found = probe(null).json();

    assertThat(found.path("apiKey").asString()).isEqualTo("REFUSED");
    assertThat(found.path("suggestedBaseUrl").asString()).isEqualTo(api.url() + "/v1beta");
  }

  @Test
  void a_name_that_no_model_of_the_provider_can_have_is_refused_at_its_field() {
    connect("gemini", "/v1beta", null);
    api.answers(200, "{\"models\":[{\"name\":\"models/gemini-x\"}]}");

    Answer refused = probe("../files");

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.json().at("/errors/0/pointer").asString()).isEqualTo("/model");
    assertThat(api.waiting()).isEqualTo(1);
  }

  @Test
  void a_connection_is_not_tested_again_at_once() {
    connect("openai-compatible", "/v1", null);
    api.answers(200, LIST);
    probe(null);

    Answer again = probe(null);

    assertThat(again.status()).isEqualTo(429);
    assertThat(again.json().path("type").asString()).endsWith("probed-just-now");
    assertThat(again.header("Retry-After")).isEqualTo("5");
    assertThat(again.body()).contains("Test it again in 5 seconds");
    assertThat(api.waiting()).isEqualTo(1);
  }

  @Test
  void only_administrators_of_its_workspace_test_a_provider() {
    connect("openai-compatible", "/v1", null);
    String path = "/api/providers/" + name + "/probe";

    assertThat(client.as("ada", Role.ML_ENGINEER).post(path, Map.of()).status()).isEqualTo(403);
    assertThat(client.as("gus", Workspaces.GLOBEX, Role.ADMIN).post(path, Map.of()).status())
        .isEqualTo(404);
    assertThat(root().post("/api/providers/nobody/probe", Map.of()).status()).isEqualTo(404);
    assertThat(root().post(path, Map.of("model", "")).status()).isEqualTo(400);
    assertThat(api.waiting()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "openai-compatible, /v1, /chat/completions",
    "openai-compatible, /v1, /chat/completions/",
    "openai-compatible, /openai/deployments/gpt, /Chat/Completions",
    "openai-compatible, /v1, /embeddings",
    "openai-compatible, /v1, /responses",
    "anthropic, /v1, /messages",
    "gemini, /v1beta, /models/gemini-x:generateContent"
  })
  void a_base_url_that_ends_in_an_operation_is_refused_with_what_to_write(
      String kind, String base, String operation) {
    Answer refused = send(kind, api.url() + base + operation, null);

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.json().at("/errors/0/pointer").asString()).isEqualTo("/baseUrl");
    assertThat(refused.json().at("/errors/0/detail").asString())
        .isEqualTo(
            "must not end in '%s', which every call appends: use %s"
                .formatted(operation.replaceFirst("/$", ""), api.url() + base));
    assertThat(root().get("/api/providers/" + name).status()).isEqualTo(404);
  }

  @Test
  void another_address_that_ends_in_an_operation_is_refused_as_well() {
    connect("openai-compatible", "/v1", null);

    Answer refused =
        root()
            .post(
                "/api/providers/" + name + "/connections",
                Map.of("baseUrl", api.url() + "/v2/chat/completions"));

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.body()).contains("use " + api.url() + "/v2");
    assertThat(root().get("/api/providers/" + name).json().path("baseUrl").asString())
        .isEqualTo(api.url() + "/v1");
  }

  private TestClient.TestCaller root() {
    return client.as("root", Role.ADMIN);
  }

  private Answer probe(@Nullable String model) {
    return root()
        .post(
            "/api/providers/" + name + "/probe", model == null ? Map.of() : Map.of("model", model));
  }

  private void connect(String kind, String path, @Nullable String key, String... models) {
    create(kind, api.url() + path, key, models);
  }

  private void create(String kind, String url, @Nullable String key, String... models) {
    Answer created = send(kind, url, key, models);
    assertThat(created.status()).as(created.body()).isEqualTo(201);
  }

  private Answer send(String kind, String url, @Nullable String key, String... models) {
    Map<String, Object> body = new HashMap<>(Map.of("name", name, "kind", kind, "baseUrl", url));
    if (key != null) {
      body.put("apiKey", key);
    }
    body.put("models", List.of(models));
    return root().post("/api/providers", body);
  }

  /** Stores a connection as an earlier version of the service did. */
  private void store(String url) {
    Digest digest =
        CanonicalJson.digest(
            Map.of(
                "provider",
                name,
                "kind",
                "openai-compatible",
                "baseUrl",
                url,
                "deadlineSeconds",
                600));
    EmbeddedServers.executeAsSuperuser(
        "inference",
        """
        INSERT INTO connection
          (workspace_id, connection_digest, provider, kind, base_url, deadline_seconds,
           response_formats, created_by, created_at)
        VALUES ('%1$s', '%2$s', '%3$s', 'openai-compatible', '%4$s', 600, 'json_schema', 'root', now())
        """
            .formatted(Workspaces.ACME, digest.hex(), name, url),
        "INSERT INTO open_connection (workspace_id, connection_digest, provider) VALUES ('%s', '%s', '%s')"
            .formatted(Workspaces.ACME, digest.hex(), name),
        """
        INSERT INTO provider
          (workspace_id, provider_id, name, connection_digest, models, version, created_by, created_at)
        VALUES ('%s', gen_random_uuid(), '%s', '%s', '[]', 1, 'root', now())
        """
            .formatted(Workspaces.ACME, name, digest.hex()));
  }

  private List<String> addresses() {
    return IntStream.range(0, api.waiting()).mapToObj(i -> api.next().address()).toList();
  }

  private static List<String> texts(JsonNode list) {
    return list.valueStream().map(each -> each.asString()).toList();
  }
}
