package io.plumbline.inference;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Tests who may call a model without a variant, what callers may send it, and how much. */
class BareModelTests extends InferenceTest {

  private static final String IMAGE = "data:image/png;base64,AA==";

  @Autowired TestClient client;
  @Autowired TestEventClient events;

  private final String suffix = UUID.randomUUID().toString().substring(0, 8);
  private final String provider = "p" + suffix;
  private final String model = provider + "/m";
  private TestClient.TestCaller pia;

  @BeforeEach
  void connect() {
    connect(client, provider, NEIGHBOURS.url() + "/v1");
    pia = client.as("pia", Role.PROMPT_ENGINEER);
  }

  @Test
  void a_viewer_is_refused_every_model_by_its_name_with_what_to_do() {
    int before = NEIGHBOURS.completions.get();

    for (String each : List.of(model, "local/choice-minilm", "triage@1", "nobody/x")) {
      Answer refused = ask(client.as("vera-" + suffix, Role.VIEWER), each, Map.of());
      assertThat(refused.status()).as(refused.body()).isEqualTo(403);
      assertThat(errorCode(refused)).isEqualTo("forbidden");
      assertThat(refused.json().at("/error/param").asString()).isEqualTo("model");
      assertThat(refused.json().at("/error/message").asString())
          .contains("app/<name>", "prompt-engineer");
    }
    assertThat(embed(client.as("vera", Role.VIEWER)).status()).isEqualTo(403);

    assertThat(NEIGHBOURS.completions.get()).isEqualTo(before);
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() ->
            assertThat(events.read("plumbline.inference"))
                .extracting(message -> new String(message.value(), UTF_8))
                .anyMatch(event ->
                    event.contains("call a model without a variant") && event.contains(model)));
  }

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"PROMPT_ENGINEER", "ML_ENGINEER", "SERVICE"})
  void who_composes_no_variants_calls_no_model_by_its_name(Role role) {
    assertThat(ask(client.as("wim", Role.VIEWER, role), model, Map.of()).status()).isEqualTo(403);
  }

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.INCLUDE,
      names = {"PROMPT_ENGINEER", "ML_ENGINEER"})
  void who_composes_variants_calls_models_by_their_names(Role role) {
    assertThat(ask(client.as("wim", role), model, Map.of()).status()).isEqualTo(200);
    assertThat(embed(client.as("wim", role)).status()).isEqualTo(200);
  }

  @Test
  void a_service_calls_models_by_their_names() {
    TestClient.TestCaller service = client.asService("evaluation", Workspaces.ACME);

    assertThat(ask(service, model, Map.of()).status()).isEqualTo(200);
    assertThat(embed(service).status()).isEqualTo(200);
  }

  @Test
  void an_api_key_calls_the_models_that_it_names_and_no_other() {
    TestClient.TestCaller named = withKey(Map.of("models", List.of(model)));

    assertThat(ask(named, model, Map.of()).status()).isEqualTo(200);
    assertThat(errorCode(ask(named, provider + "/other", Map.of()))).isEqualTo("out_of_scope");
    assertThat(errorCode(ask(withKey(Map.of("allApplications", true)), model, Map.of())))
        .isEqualTo("out_of_scope");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'type':'image_url','image_url':{'url':'http://canary.example:8000/x'}}",
        "{'type':'image_url','image_url':{'url':' HTTPS://canary.example/x'}}",
        "{'type':'image_url','image_url':'http://canary.example/x'}",
        "{'type':'image_url','image_url':{'url':'file:///etc/passwd'}}",
        "{'type':'image_url','image_url':{'url':'data:text/plain,http://canary.example'}}",
        "{'type':'input_audio','input_audio':{'data':'http://canary.example/a','format':'wav'}}",
        "{'type':'input_audio','input_audio':{'url':'http://canary.example/a','format':'wav'}}",
        "{'type':'file','file':{'file_id':'file-1'}}",
        "{'type':'file','file':{'file_data':'https://canary.example/a.pdf'}}",
        "{'type':'file','file':{'file_url':'https://canary.example/a.pdf'}}",
        "{'type':'video_url','video_url':{'url':'http://canary.example/v'}}",
        "{'type':'audio_url','audio_url':{'url':'data:audio/wav;base64,AA=='}}",
        "{'type':'text','text':'Look','url':'http://canary.example/x'}",
        "{'type':'image','source':{'type':'url','url':'http://canary.example/x'}}"
      })
  void no_address_reaches_a_model_server_in_a_message(String part) {
    int before = NEIGHBOURS.completions.get();

    for (String role : List.of("user", "tool", "system")) {
      Answer refused =
          pia.post(
              "/v1/chat/completions",
              """
              {"model":"%s","messages":[{"role":"%s","tool_call_id":"1","content":[%s]}]}
              """
                  .formatted(model, role, part.replace('\'', '"')));
      assertThat(refused.status()).as(refused.body()).isEqualTo(400);
      assertThat(refused.json().at("/error/param").asString()).isEqualTo("messages");
      assertThat(refused.json().at("/error/message").asString()).contains("messages[0].content[0]");
    }
    assertThat(NEIGHBOURS.completions.get()).isEqualTo(before);
  }

  @Test
  void an_image_a_sound_and_a_file_reach_the_model_whole() {
    JsonNode parts =
        json(
            """
            [{'type':'text','text':'Look at http://example.org, %s'},
             {'type':'image_url','image_url':{'url':'%s','detail':'low'}},
             {'type':'input_audio','input_audio':{'data':'AAAA','format':'wav'}},
             {'type':'file','file':{'filename':'a.pdf','file_data':'data:application/pdf;base64,AA=='}}]
            """
                .formatted(suffix, IMAGE));

    Answer answer = send(Map.of("messages", List.of(Map.of("role", "user", "content", parts))));

    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(NEIGHBOURS.received(suffix).at("/messages/0/content")).isEqualTo(parts);
  }

  @Test
  void the_fields_that_openais_clients_send_reach_the_model() {
    JsonNode fields =
        json(
            """
            {'temperature':0.5,'top_p':0.5,'seed':7,'stop':'.','frequency_penalty':1,'presence_penalty':1,'n':2,
             'response_format':{'type':'text'},'logit_bias':{'1':-100},'reasoning_effort':'low','verbosity':'low',
             'metadata':{'team':'mail'},'store':false,'service_tier':'auto','user':'u','safety_identifier':'u',
             'prompt_cache_key':'k','prompt_cache_retention':'24h','max_completion_tokens':20,'logprobs':true,
             'top_logprobs':2,'prediction':{'type':'content','content':'x'},'modalities':['text'],
             'parallel_tool_calls':false,'tool_choice':'auto',
             'tools':[{'type':'function','function':{'name':'look','parameters':{'type':'object'}}}]}
            """);
    Map<String, Object> request = new HashMap<>();
    fields.propertyStream().forEach(field -> request.put(field.getKey(), field.getValue()));
    request.put(
        "messages",
        List.of(
            Map.of("role", "system", "content", "Stay calm."),
            Map.of("role", "user", "content", "Hi " + suffix)));

    Answer answer = send(request);

    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    JsonNode received = NEIGHBOURS.received("Hi " + suffix);
    assertThat(fields.propertyStream())
        .allSatisfy(field ->
            assertThat(received.path(field.getKey()))
                .as(field.getKey())
                .isEqualTo(field.getValue()));
  }

  @Test
  void a_field_that_the_connection_does_not_pass_on_is_refused_by_name() {
    for (String each : List.of(model, "local/choice-minilm")) {
      Answer refused = ask(pia, each, Map.of("top_k", 4));
      assertThat(refused.status()).as(refused.body()).isEqualTo(400);
      assertThat(refused.json().at("/error/param").asString()).isEqualTo("top_k");
    }
    Answer inMessage =
        send(
            Map.of(
                "messages", List.of(Map.of("role", "user", "content", "Hi", "reasoning", "none"))));
    assertThat(inMessage.status()).isEqualTo(400);
    assertThat(inMessage.json().at("/error/message").asString()).contains("messages[0].reasoning");
  }

  @Test
  void a_field_that_the_connection_lists_reaches_the_model_and_still_holds_no_address() {
    String vllm = "v" + suffix;
    Map<String, Object> connection =
        Map.of(
            "name",
            vllm,
            "kind",
            "openai-compatible",
            "baseUrl",
            NEIGHBOURS.url() + "/v1",
            "apiKey",
            "sesame",
            "passedFields",
            List.of("top_k", "video_url", "reasoning"));
    Answer created = client.as("root", Role.ADMIN).post("/api/providers", connection);
    assertThat(created.status()).as(created.body()).isEqualTo(201);
    assertThat(created.json().path("passedFields").toString())
        .isEqualTo("[\"reasoning\",\"top_k\",\"video_url\"]");

    Answer answer = pia.post("/v1/chat/completions", withVideo(vllm, "data:video/mp4;base64,AA=="));

    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(NEIGHBOURS.received(suffix).path("top_k").asInt()).isEqualTo(4);
    for (String url : List.of("http://canary.example/v", " h\\nttps:canary", "/etc/passwd")) {
      Answer refused = pia.post("/v1/chat/completions", withVideo(vllm, url));
      assertThat(refused.status()).as(refused.body()).isEqualTo(400);
      assertThat(refused.json().at("/error/message").asString()).contains("holds an address");
    }
  }

  private String withVideo(String vllm, String url) {
    return """
    {"model":"%s/m","top_k":4,"messages":[
     {"role":"user","content":"Hi %s"},{"role":"assistant","content":"Yes?","reasoning":"https: is a scheme"},
     {"role":"user","content":[{"type":"video_url","video_url":{"url":"%s"}}]}]}
    """
        .formatted(vllm, suffix, url);
  }

  @Test
  void only_fields_of_an_open_ai_compatible_server_are_passed_on() {
    Answer refused =
        client
            .as("root", Role.ADMIN)
            .post(
                "/api/providers",
                Map.of(
                    "name",
                    "a" + suffix,
                    "kind",
                    "anthropic",
                    "baseUrl",
                    NEIGHBOURS.url() + "/v1",
                    "passedFields",
                    List.of("top_k")));

    assertThat(refused.status()).as(refused.body()).isEqualTo(400);
    assertThat(refused.json().at("/errors/0/pointer").asString()).isEqualTo("/passedFields");
  }

  @Test
  void thousands_of_unknown_fields_are_refused_by_the_first() {
    Map<String, Object> unknown = new HashMap<>();
    for (int i = 0; i < 3_000; i++) {
      unknown.put("unknown" + i, i);
    }

    Answer refused = ask(pia, model, unknown);

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.json().at("/error/param").asString()).startsWith("unknown");
    assertThat(refused.body()).hasSizeLessThan(1_000);
  }

  @Test
  void a_field_that_embeddings_do_not_have_is_refused_by_name() {
    Answer refused =
        pia.post(
            "/v1/embeddings",
            Map.of("model", "local/bge-small-en-v1.5", "input", "x", "truncate", "END"));

    assertThat(refused.status()).as(refused.body()).isEqualTo(400);
    assertThat(refused.json().at("/error/param").asString()).isEqualTo("truncate");
  }

  @Test
  void more_answers_than_a_variants_callers_may_ask_for_are_refused() {
    Answer refused = ask(pia, model, Map.of("n", 100));

    assertThat(refused.status()).as(refused.body()).isEqualTo(400);
    assertThat(refused.json().at("/error/param").asString()).isEqualTo("n");
  }

  @Test
  void a_tool_that_is_no_function_is_refused() {
    Answer refused =
        ask(
            pia,
            model,
            Map.of(
                "tools",
                json("[{'type':'mcp','server_label':'x','server_url':'http://canary.example'}]")));

    assertThat(refused.status()).as(refused.body()).isEqualTo(400);
    assertThat(refused.json().at("/error/param").asString()).isEqualTo("tools");
  }

  @Test
  void a_person_whose_tokens_of_the_day_are_used_is_refused_by_providers_and_by_nothing_else() {
    TestClient.TestCaller dora = client.as("dora-" + suffix, Role.PROMPT_ENGINEER);
    String dear = provider + "/dear";

    assertThat(ask(dora, dear, Map.of()).status()).isEqualTo(200);
    assertThat(ask(dora, dear, Map.of()).status()).isEqualTo(200);
    int before = NEIGHBOURS.completions.get();
    for (boolean stream : List.of(false, true)) {
      Answer refused = ask(dora, model, Map.of("stream", stream));
      assertThat(refused.status()).as(refused.body()).isEqualTo(429);
      assertThat(errorCode(refused)).isEqualTo("daily_tokens_used");
      assertThat(refused.json().at("/error/message").asString()).contains("6,000,000", "5,000,000");
      assertThat(Integer.parseInt(refused.header("Retry-After"))).isBetween(1, 86_400);
    }

    assertThat(NEIGHBOURS.completions.get()).isEqualTo(before);
    assertThat(embed(dora).status()).isEqualTo(200);
    assertThat(ask(pia, model, Map.of()).status()).isEqualTo(200);
    assertThat(ask(withKey(Map.of("models", List.of(model))), model, Map.of()).status())
        .isEqualTo(200);
  }

  private TestClient.TestCaller withKey(Map<String, ?> scope) {
    Map<String, Object> body = new HashMap<>(scope);
    body.put("name", "shop-" + suffix);
    Answer created = client.as("sam", Role.SRE).post("/api/api-keys", body);
    assertThat(created.status()).as(created.body()).isEqualTo(201);
    return client.withToken(created.json().path("key").asString());
  }

  private static Answer embed(TestClient.TestCaller who) {
    return who.post("/v1/embeddings", Map.of("model", "local/bge-small-en-v1.5", "input", "x"));
  }

  private Answer ask(TestClient.TestCaller who, String name, Map<String, ?> fields) {
    Map<String, Object> body = new HashMap<>(fields);
    body.put("model", name);
    body.put("messages", List.of(Map.of("role", "user", "content", "Hi " + suffix)));
    return who.post("/v1/chat/completions", body);
  }

  private Answer send(Map<String, ?> fields) {
    Map<String, Object> body = new HashMap<>(fields);
    body.put("model", model);
    return pia.post("/v1/chat/completions", body);
  }

  private static JsonNode json(String text) {
    return JsonMapper.shared().readTree(text.replace('\'', '"'));
  }
}
