package io.plumbline.inference;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.plumbline.contracts.Digest;
import io.plumbline.contracts.InferenceEvent.VariantCreated;
import io.plumbline.contracts.PromptRegistryEvent.PromptVersionPublished;
import io.plumbline.contracts.TaskType;
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
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Tests who may call a variant, what callers may send, and what of it reaches the provider. */
class GovernedCallTests extends InferenceTest {

  private static final String CHAT =
      """
      {"messages":[{"role":"system","content":"Stay calm."},{"type":"placeholder","name":"conversation"}],
       "variables":{"type":"object","properties":{}},"examples":[],"parameters":PARAMETERS,
       "responseFormat":FORMAT,"propertyOrder":"kept"}
      """;
  private static final Map<String, Object> SYSTEM = message("system", "Obey.");

  @Autowired TestClient client;
  @Autowired TestEventClient events;

  private final String suffix = UUID.randomUUID().toString().substring(0, 8);
  private final String provider = "p" + suffix;
  private final String application = "chat-" + suffix;
  private TestClient.TestCaller ada;
  private String format = "null";

  @BeforeEach
  void connect() {
    ada = client.as("ada", Role.PROMPT_ENGINEER, Role.ML_ENGINEER);
    register(events, application, TaskType.GENERATION);
    connect(client, provider, NEIGHBOURS.url() + "/v1");
  }

  @Test
  void a_history_reaches_the_model_where_the_prompt_has_its_place() {
    String variant = variant("{'temperature':0}");
    List<Map<String, Object>> history =
        List.of(
            message("user", "Hi " + suffix),
            message("assistant", "Hello!"),
            Map.of("role", "user", "content", "Bye", "name", "kim"));

    Answer answer = call(variant, Map.of("messages", history));

    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    JsonNode received = NEIGHBOURS.received("Hi " + suffix).path("messages");
    assertThat(received.get(0).path("content").asString()).isEqualTo("Stay calm.");
    assertThat(received.valueStream().skip(1).toList())
        .isEqualTo(JsonMapper.shared().valueToTree(history).valueStream().toList());
    assertThat(call(variant, Map.of("messages", history)).header("x-plumbline-cache"))
        .isEqualTo("hit");
  }

  @Test
  void an_operators_message_is_refused_by_name_unless_the_variant_allows_it() {
    Map<String, Object> call = Map.of("messages", List.of(SYSTEM, message("user", "Hi " + suffix)));

    Answer refused = call(variant("{}"), call);

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.json().at("/error/param").asString()).isEqualTo("messages");
    assertThat(refused.json().at("/error/message").asString())
        .contains("messages[0]", "system-messages");
    assertThat(call(variant("{}", "system-messages"), call).status()).isEqualTo(200);
    assertThat(NEIGHBOURS.received("Hi " + suffix).path("messages")).hasSize(3);
  }

  @Test
  void what_samples_the_answer_is_the_variants_unless_it_allows_another() {
    Map<String, Object> call =
        Map.of(
            "messages",
            List.of(message("user", "Hi " + suffix)),
            "temperature",
            0.5,
            "logit_bias",
            Map.of("1", -100),
            "max_tokens",
            7);

    Answer overridden = call(variant("{'temperature':0.25,'max_tokens':9}"), call);

    assertThat(overridden.header("x-plumbline-ignored")).isEqualTo("logit_bias,temperature");
    JsonNode received = NEIGHBOURS.received("Hi " + suffix);
    assertThat(received.path("temperature").asDouble()).isEqualTo(0.25);
    assertThat(received.path("max_tokens").asInt()).isEqualTo(7);
    assertThat(received.has("logit_bias")).isFalse();

    Answer allowed = call(variant("{'temperature':0.25}", "temperature", "logit_bias"), call);

    assertThat(allowed.header("x-plumbline-ignored")).isEmpty();
    assertThat(NEIGHBOURS.received("Hi " + suffix).path("temperature").asDouble()).isEqualTo(0.5);
    assertThat(NEIGHBOURS.received("Hi " + suffix).has("logit_bias")).isTrue();
  }

  @Test
  void a_field_of_the_provider_reaches_it_only_where_the_variant_allows_it() {
    Map<String, Object> call =
        Map.of("messages", List.of(message("user", "Hi " + suffix)), "top_k", 4);

    Answer refused = call(variant("{}"), call);

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.json().at("/error/param").asString()).isEqualTo("top_k");
    assertThat(call(variant("{}", "extensions"), call).status()).isEqualTo(200);
    assertThat(NEIGHBOURS.received("Hi " + suffix).path("top_k").asInt()).isEqualTo(4);
  }

  @Test
  void what_a_variant_allows_is_part_of_it_and_published() {
    String plain = variant("{}");
    String allowing = variant("{}", "tools", "images");

    assertThat(allowing).isNotEqualTo(plain);
    assertThat(ada.get("/api/variants/" + allowing).json().at("/callerPolicy/allowed"))
        .isEqualTo(JsonMapper.shared().readTree("[\"images\",\"tools\"]"));
    assertThat(created(allowing).callerPolicy()).containsExactly("images", "tools");
    assertThat(created(plain).callerPolicy()).isNull();
  }

  private VariantCreated created(String variant) {
    return events.awaitPublished(
        VariantCreated.class, event -> event.variantDigest().hex().equals(variant));
  }

  @Test
  void a_viewer_is_refused_a_variant_by_its_digest_with_what_to_do() {
    String variant = variant("{}");

    for (String model : List.of("variant/" + variant, "variant/" + "a".repeat(64))) {
      Answer refused = ask(client.as("vera-" + suffix, Role.VIEWER), model);
      assertThat(refused.status()).as(refused.body()).isEqualTo(403);
      assertThat(errorCode(refused)).isEqualTo("forbidden");
      assertThat(refused.json().at("/error/param").asString()).isEqualTo("model");
      assertThat(refused.json().at("/error/message").asString())
          .contains("app/<name>", "ask an administrator");
    }
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() ->
            assertThat(events.read("plumbline.inference"))
                .extracting(message -> new String(message.value(), UTF_8))
                .anyMatch(event ->
                    event.contains("call a variant by its digest") && event.contains(variant)));
  }

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"VIEWER", "SERVICE"})
  void who_has_a_role_beside_viewer_may_try_a_variant(Role role) {
    String model = "variant/" + variant("{}");

    assertThat(ask(client.as("wim", Role.VIEWER, role), model).status()).isEqualTo(200);
    assertThat(ask(client.as("wim", role), model).status()).isEqualTo(200);
  }

  @Test
  void a_service_may_call_a_variant() {
    String model = "variant/" + variant("{}");

    assertThat(ask(client.asService("evaluation", Workspaces.ACME), model).status()).isEqualTo(200);
  }

  @Test
  void
      an_api_key_calls_the_variants_that_it_names_and_those_of_its_applications_only_as_released() {
    String model = "variant/" + variant("{}");

    assertThat(ask(withKey(Map.of("models", List.of(model))), model).status()).isEqualTo(200);
    for (Map<String, ?> scope :
        List.of(Map.of("applications", List.of(application)), Map.of("allApplications", true))) {
      Answer refused = ask(withKey(scope), model);
      assertThat(refused.status()).as(refused.body()).isEqualTo(403);
      assertThat(errorCode(refused)).isEqualTo("out_of_scope");
    }
  }

  private TestClient.TestCaller withKey(Map<String, ?> scope) {
    Map<String, Object> body = new HashMap<>(scope);
    body.put("name", "shop-" + suffix);
    Answer created = client.as("sam", Role.SRE).post("/api/api-keys", body);
    assertThat(created.status()).as(created.body()).isEqualTo(201);
    return client.withToken(created.json().path("key").asString());
  }

  private Answer ask(TestClient.TestCaller who, String model) {
    return who.post(
        "/v1/chat/completions",
        Map.of("model", model, "messages", List.of(message("user", "Hi " + suffix))));
  }

  @Test
  void tools_of_the_prompt_are_called_and_their_results_taken() {
    String variant =
        variant(
            "{'tools':[{'type':'function','function':{'name':'look','parameters':{'type':'object'}}}]}");
    Map<String, Object> asked = Map.of("messages", List.of(message("user", "Hi " + suffix)));

    Answer called = call(variant, asked);

    JsonNode calls = called.json().at("/choices/0/message/tool_calls");
    assertThat(calls.at("/0/function/name").asString()).isEqualTo("look");
    assertThat(called.header("x-plumbline-cache")).isEqualTo("bypass");
    Answer answered =
        call(
            variant,
            Map.of(
                "messages",
                List.of(
                    message("user", "Hi " + suffix),
                    Map.of("role", "assistant", "tool_calls", calls),
                    Map.of("role", "tool", "tool_call_id", "1", "content", "a cat"))));
    assertThat(answered.status()).as(answered.body()).isEqualTo(200);
    JsonNode received = NEIGHBOURS.received("Hi " + suffix);
    assertThat(received.at("/tools/0/function/name").asString()).isEqualTo("look");
    assertThat(received.at("/messages/2/tool_calls")).isEqualTo(calls);
    assertThat(received.at("/messages/3/content").asString()).isEqualTo("a cat");

    Map<String, Object> streamed = new HashMap<>(asked);
    streamed.put("stream", true);
    assertThat(call(variant, streamed).body())
        .contains("\"tool_calls\"", "\"name\":\"look\"")
        .endsWith("data: [DONE]\n\n");
  }

  @Test
  void an_image_passes_whole_where_the_variant_allows_it_and_is_refused_elsewhere() {
    List<Map<String, Object>> parts =
        List.of(
            Map.of("type", "text", "text", "Hi " + suffix),
            Map.of("type", "image_url", "image_url", Map.of("url", "data:image/png;base64,AA==")));
    Map<String, Object> call =
        Map.of("messages", List.of(Map.of("role", "user", "content", parts)));

    Answer refused = call(variant("{}"), call);

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.json().at("/error/message").asString())
        .contains("messages[0].content[1]", "images");
    assertThat(call(variant("{}", "images"), call).status()).isEqualTo(200);
    assertThat(NEIGHBOURS.received("Hi " + suffix).at("/messages/1/content"))
        .isEqualTo(JsonMapper.shared().valueToTree(parts));
  }

  @Test
  void tools_of_a_caller_are_refused_by_name_unless_the_variant_allows_them() {
    Map<String, Object> call =
        Map.of(
            "messages",
            List.of(message("user", "Hi " + suffix)),
            "tools",
            List.of(Map.of("type", "function", "function", Map.of("name", "look"))));

    Answer refused = call(variant("{}"), call);

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.json().at("/error/param").asString()).isEqualTo("tools");
    assertThat(
            call(variant("{}", "tools"), call)
                .json()
                .at("/choices/0/message/tool_calls/0/function/name")
                .asString())
        .isEqualTo("look");
  }

  /** Uses a provider that always answers free text. */
  @Test
  void an_answer_that_does_not_follow_the_format_is_the_models_failure() {
    format = "{\"type\":\"object\",\"properties\":{\"label\":{\"enum\":[\"spam\"]}}}";
    String variant = variant("{}");
    Map<String, Object> asked =
        new HashMap<>(Map.of("messages", List.of(message("user", "Hi " + suffix))));

    Answer answer = call(variant, asked);

    // No OpenAI client retries this status by itself, since the answer was paid for.
    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.json().at("/error/code").asString()).isEqualTo("invalid_output");
    assertThat(answer.json().at("/error/type").asString()).isEqualTo("server_error");
    asked.put("stream", true);
    assertThat(call(variant, asked).body())
        .contains("\"content\":\"one\"", "invalid_output")
        .doesNotContain("[DONE]");
  }

  @Test
  void a_model_in_this_process_refuses_tools_by_name() {
    Answer refused =
        call(
            created("{'tools':[{'type':'function'}]}", "local/choice-minilm", List.of()),
            Map.of("messages", List.of(message("user", "Hi"))));

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.json().at("/error/param").asString()).isEqualTo("tools");
  }

  /** Keeps the order of a schema, in which a model writes its answer: a judge reasons first. */
  @Test
  void a_schema_reaches_the_model_in_the_order_and_under_the_name_that_it_was_published_with() {
    format =
        "{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"verdict\",\"description\":\"A"
            + " judgement.\",\"strict\":false,\"schema\":{\"type\":\"object\",\"required\":[\"reason\",\"score\"],"
            + "\"properties\":{\"reason\":{\"type\":\"string\"},\"score\":{\"type\":\"integer\"}}}}}";
    String tool =
        "{'type':'function','function':{'name':'book','parameters':{'type':'object','properties':"
            + "{'reasoning':{'type':'string'},'day':{'type':'string'},'bike':{'type':'string'}}}}}";

    call(
        variant("{'tools':[%s]}".formatted(tool)),
        Map.of("messages", List.of(message("user", "Hi " + suffix))));

    JsonNode received = NEIGHBOURS.received("Hi " + suffix);
    assertThat(received.path("response_format").toString()).isEqualTo(format);
    assertThat(received.at("/tools/0").toString()).isEqualTo(tool.replace('\'', '"'));
  }

  private String variant(String parameters, String... allowed) {
    return created(parameters, provider + "/m", List.of(allowed));
  }

  private String created(String parameters, String model, List<String> allowed) {
    Digest prompt =
        NEIGHBOURS.publish(
            CHAT.replace("PARAMETERS", parameters.replace('\'', '"'))
                .replace("FORMAT", format)
                .strip());
    events.publish(
        new PromptVersionPublished("chat", 1, prompt, null, "ada", "first"), prompt.hex(), 1);
    return createVariant(
        ada,
        variantOf(application, prompt, model, Map.of("callerPolicy", Map.of("allowed", allowed))));
  }

  private Answer call(String variant, Map<String, Object> fields) {
    Map<String, Object> body = new HashMap<>(fields);
    body.put("model", "variant/" + variant);
    return ada.post("/v1/chat/completions", body);
  }

  private static Map<String, Object> message(String role, String content) {
    return Map.of("role", role, "content", content);
  }
}
