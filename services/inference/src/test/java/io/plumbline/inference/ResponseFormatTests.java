package io.plumbline.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.plumbline.contracts.Digest;
import io.plumbline.contracts.PromptRegistryEvent.PromptVersionPublished;
import io.plumbline.contracts.TaskType;
import io.plumbline.platform.identity.Role;
import io.plumbline.platform.test.TestClient;
import io.plumbline.platform.test.TestClient.Answer;
import io.plumbline.platform.test.TestEventClient;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Tests a server that takes response formats of its own, as llama.cpp's in Python does. */
class ResponseFormatTests extends InferenceTest {

  private static final String SCHEMA =
      "{\"type\":\"object\",\"properties\":{\"label\":{\"enum\":[\"spam\",\"ham\"]}},"
          + "\"required\":[\"label\"]}";
  private static final String PROMPT =
      """
      {"messages":[{"role":"user","content":"{{text}}"}],
       "variables":{"type":"object","required":["text"],"properties":{"text":{"type":"string"}}},
       "examples":[],"parameters":{"temperature":0},"responseFormat":FORMAT}
      """;
  private static final String ANSWER =
      """
      {"object":"chat.completion","choices":[{"index":0,"message":{"role":"assistant",
      "content":"{\\"label\\":\\"ham\\"}"},"finish_reason":"stop"}]}
      """;
  private static final String UNKNOWN =
      "{\"error\":{\"message\":\"Input should be 'text' or 'json_object', said to sesame\\nby"
          + " kim@example.org\"}}";

  @Autowired TestClient client;
  @Autowired TestEventClient events;

  private final String suffix = UUID.randomUUID().toString().substring(0, 8);
  private final String provider = "r" + suffix;
  private final String application = "mail-" + suffix;
  private final ScriptedApi api =
      new ScriptedApi(body ->
          body.at("/response_format/type").asString("").equals("json_schema")
              ? new ScriptedApi.Reply(500, UNKNOWN)
              : new ScriptedApi.Reply(200, ANSWER));
  private TestClient.TestCaller ada;
  private TestClient.TestCaller root;

  @BeforeEach
  void register() {
    ada = client.as("ada", Role.PROMPT_ENGINEER, Role.ML_ENGINEER);
    root = client.as("root", Role.ADMIN);
    register(events, application, TaskType.CLASSIFICATION);
  }

  @AfterEach
  void stop() {
    api.close();
  }

  @Test
  void a_schema_is_sent_as_the_connection_says_that_its_server_takes_it() {
    connect("json_object");
    String variant = variant(SCHEMA);

    Answer answer = ask("variant/" + variant);

    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(api.next().body().path("response_format"))
        .isEqualTo(json("{\"type\":\"json_object\",\"schema\":" + SCHEMA + "}"));
    JsonNode connected = root.get("/api/providers/" + provider).json();
    assertThat(connected.path("responseFormats").asString()).isEqualTo("json_object");
  }

  /** Checks that the server's message is masked, on one line and without the key. */
  @Test
  void a_failed_call_says_in_the_answer_and_in_the_trace_what_the_server_said() {
    connect(null);
    String said = "Input should be 'text' or 'json_object', said to <API_KEY> by <EMAIL>";

    Answer answer = ask("variant/" + variant(SCHEMA));

    assertThat(answer.status()).isEqualTo(502);
    assertThat(errorCode(answer)).isEqualTo("provider_failed");
    assertThat(answer.json().at("/error/message").asString())
        .isEqualTo("Provider '%s' answered with status 500. It says: %s".formatted(provider, said));
    Answer trace =
        await()
            .atMost(Duration.ofSeconds(60))
            .until(
                () -> ada.get("/api/traces/" + answer.header("x-request-id")),
                found -> found.status() == 200);
    assertThat(trace.json().at("/trace/providerMessage").asString()).isEqualTo(said);
  }

  @Test
  void a_server_that_takes_none_is_refused_by_name_when_the_variant_is_made() {
    connect("none");

    Answer refused = settled(() -> ada.post("/api/variants", command(SCHEMA)));

    assertThat(refused.status()).as(refused.body()).isEqualTo(422);
    assertThat(refused.json().at("/errors/0/pointer").asString()).isEqualTo("/model");
    assertThat(refused.json().path("detail").asString()).contains(provider + "/m");
    assertThat(ask("variant/" + variant("null")).status()).isEqualTo(200);
  }

  @Test
  void a_call_of_its_model_with_one_is_refused_by_name() {
    connect("none");
    Map<String, Object> call = new HashMap<>(call(provider + "/m"));
    call.put("response_format", Map.of("type", "json_object"));

    Answer refused = ada.post("/v1/chat/completions", call);

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.json().at("/error/param").asString()).isEqualTo("response_format");
    call.put("response_format", Map.of("type", "text"));
    assertThat(ada.post("/v1/chat/completions", call).status()).isEqualTo(200);
    assertThat(api.next().body().has("response_format")).isFalse();
  }

  @Test
  void what_a_server_takes_is_part_of_its_connection() {
    connect(null);
    String digest = connection();

    assertThat(connectTo("json_schema").status()).isEqualTo(409);
    assertThat(connectTo("json_object").status()).isEqualTo(200);
    assertThat(connection()).isNotEqualTo(digest);
    assertThat(connectTo("json_schema").status()).isEqualTo(200);
    assertThat(connection()).isEqualTo(digest);
  }

  @Test
  void a_provider_of_another_kind_has_a_form_of_its_own() {
    Answer refused =
        root.post(
            "/api/providers",
            Map.of(
                "name",
                provider,
                "kind",
                "anthropic",
                "baseUrl",
                api.url(),
                "responseFormats",
                "none"));

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.json().at("/errors/0/pointer").asString()).isEqualTo("/responseFormats");
  }

  private String connection() {
    return root.get("/api/providers/" + provider).json().path("connectionDigest").asString();
  }

  private Answer connectTo(String formats) {
    return root.post(
        "/api/providers/" + provider + "/connections",
        Map.of("baseUrl", api.url(), "responseFormats", formats, "apiKey", "sesame"));
  }

  private void connect(@Nullable String formats) {
    Map<String, Object> body =
        new HashMap<>(
            Map.of(
                "name",
                provider,
                "kind",
                "openai-compatible",
                "baseUrl",
                api.url(),
                "apiKey",
                "sesame"));
    if (formats != null) {
      body.put("responseFormats", formats);
    }
    Answer added = root.post("/api/providers", body);
    assertThat(added.status()).as(added.body()).isEqualTo(201);
  }

  private Map<String, Object> command(String format) {
    Digest prompt = NEIGHBOURS.publish(PROMPT.replace("FORMAT", format).strip());
    events.publish(
        new PromptVersionPublished("mail", 1, prompt, null, "ada", "first"), prompt.hex(), 1);
    return variantOf(application, prompt, provider + "/m", Map.of());
  }

  private String variant(String format) {
    return createVariant(ada, command(format));
  }

  private Answer ask(String model) {
    return ada.post("/v1/chat/completions", call(model));
  }

  private static Map<String, Object> call(String model) {
    return Map.of("model", model, "messages", List.of(Map.of("role", "user", "content", "Hi")));
  }

  private static JsonNode json(String text) {
    return JsonMapper.shared().readTree(text);
  }
}
