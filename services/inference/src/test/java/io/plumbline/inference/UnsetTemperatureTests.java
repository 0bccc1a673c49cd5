package io.plumbline.inference;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contracts.Digest;
import io.plumbline.contracts.InferenceEvent.VariantCreated;
import io.plumbline.contracts.PromptRegistryEvent.PromptVersionPublished;
import io.plumbline.contracts.TaskType;
import io.plumbline.inference.context.ContextOverflowPolicy;
import io.plumbline.inference.variant.CallerPolicy;
import io.plumbline.inference.variant.VariantCatalog;
import io.plumbline.inference.variant.VariantParameters;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.identity.Role;
import io.plumbline.platform.test.TestClient;
import io.plumbline.platform.test.TestClient.Answer;
import io.plumbline.platform.test.TestEventClient;
import io.plumbline.platform.test.Workspaces;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Tests variants without a temperature, for servers that take only their own or none. */
class UnsetTemperatureTests extends InferenceTest {

  private static final String PROMPT =
      """
      {"messages":[{"role":"user","content":"{{text}}"}],
       "variables":{"type":"object","required":["text"],"properties":{"text":{"type":"string"}}},
       "examples":[],"parameters":PARAMETERS}
      """;
  private static final String REFUSAL =
      "{\"error\":{\"message\":\"Unsupported value: 'temperature'.\",\"param\":\"temperature\"}}";
  private static final String ANSWER =
      """
      {"object":"chat.completion","choices":[{"index":0,"message":{"role":"assistant",
      "content":"yes"},"finish_reason":"stop"}]}
      """;

  @Autowired TestClient client;
  @Autowired TestEventClient events;
  @Autowired VariantCatalog variants;

  private final String suffix = UUID.randomUUID().toString().substring(0, 8);
  private final String provider = "t" + suffix;
  private final String application = "mail-" + suffix;
  private TestClient.TestCaller ada;
  private @Nullable ScriptedApi api;

  @BeforeEach
  void register() {
    ada = client.as("ada", Role.PROMPT_ENGINEER, Role.ML_ENGINEER);
    register(events, application, TaskType.GENERATION);
  }

  @AfterEach
  void stop() {
    if (api != null) {
      api.close();
    }
  }

  /** Tries a server that takes only 1, as reasoning models do, or no temperature at all. */
  @ParameterizedTest
  @CsvSource({"true", "false"})
  void a_server_that_takes_no_other_temperature_answers_and_nothing_is_cached(boolean one) {
    serve(body -> !body.has("temperature") || (one && body.path("temperature").asDouble() == 1));
    Digest prompt = publish("{}");
    String variant = createVariant(ada, variantOf(application, prompt, provider + "/m", Map.of()));

    for (int i = 0; i < 2; i++) {
      Answer answer = ask(variant);

      assertThat(answer.status()).as(answer.body()).isEqualTo(200);
      assertThat(answer.header("x-plumbline-cache")).isEqualTo("bypass");
      assertThat(Objects.requireNonNull(api).next().body().has("temperature")).isFalse();
    }
    assertThat(ada.get("/api/variants/" + variant).json().path("parameters").toString())
        .isEqualTo("{\"withoutTemperature\":true}");
    assertThat(
            events
                .awaitPublished(
                    VariantCreated.class, event -> event.variantDigest().hex().equals(variant))
                .parameters())
        .isEqualTo(Map.of("withoutTemperature", "true"));
    assertThat(ask(with(Map.of("temperature", 1.0), "{}")).status()).isEqualTo(one ? 200 : 400);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"{\"temperature\":0}|{}", "{}|{\"temperature\":0}"})
  void a_temperature_of_the_prompt_or_of_the_variant_is_sent_and_cached(
      String ofPrompt, String ofVariant) {
    serve(body -> body.path("temperature").asDouble(-1) == 0);
    String variant = with(json(ofVariant), ofPrompt);

    assertThat(ask(variant).status()).isEqualTo(200);
    assertThat(ask(variant).header("x-plumbline-cache")).isEqualTo("hit");
  }

  /** Inserts a variant as it was created before variants decided about the temperature. */
  @Test
  void a_variant_that_does_not_say_that_none_is_sent_sends_0() throws Exception {
    serve(body -> body.path("temperature").asDouble(-1) == 0);
    Digest prompt = publish("{}");
    with(Map.of("temperature", 0.0), "{}");
    String former =
        new Caller(Workspaces.ACME, "ada", "Ada", Set.of(Role.PROMPT_ENGINEER), false)
            .call(() ->
                variants
                    .create(
                        application,
                        "former",
                        prompt,
                        provider + "/m",
                        null,
                        VariantParameters.NONE,
                        CallerPolicy.DEFAULT,
                        ContextOverflowPolicy.REFUSE,
                        List.of(),
                        null)
                    .digest()
                    .hex());

    assertThat(ask(former).status()).isEqualTo(200);
    assertThat(ask(former).header("x-plumbline-cache")).isEqualTo("hit");
    assertThat(createVariant(ada, variantOf(application, prompt, provider + "/m", Map.of())))
        .isNotEqualTo(former);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"temperature\":0}|{\"withoutTemperature\":true}",
        "{}|{\"withoutTemperature\":true,\"temperature\":1}"
      })
  void none_and_one_contradict_each_other(String ofPrompt, String ofVariant) {
    serve(body -> true);
    Answer refused =
        settled(() ->
            ada.post(
                "/api/variants",
                variantOf(
                    application,
                    publish(ofPrompt),
                    provider + "/m",
                    Map.of("parameters", json(ofVariant)))));

    assertThat(refused.status()).as(refused.body()).isEqualTo(422);
    assertThat(refused.json().at("/errors/0/pointer").asString())
        .isEqualTo("/parameters/withoutTemperature");
  }

  private String with(Map<String, Object> parameters, String ofPrompt) {
    return createVariant(
        ada,
        variantOf(
            application, publish(ofPrompt), provider + "/m", Map.of("parameters", parameters)));
  }

  private Digest publish(String parameters) {
    Digest prompt = NEIGHBOURS.publish(PROMPT.replace("PARAMETERS", parameters).strip());
    events.publish(
        new PromptVersionPublished("mail", 1, prompt, null, "ada", "first"), prompt.hex(), 1);
    return prompt;
  }

  private Answer ask(String variant) {
    return ada.post(
        "/v1/chat/completions",
        Map.of(
            "model",
            "variant/" + variant,
            "messages",
            List.of(Map.of("role", "user", "content", "Hi"))));
  }

  private void serve(Predicate<JsonNode> accepted) {
    api =
        new ScriptedApi(body ->
            accepted.test(body)
                ? new ScriptedApi.Reply(200, ANSWER)
                : new ScriptedApi.Reply(400, REFUSAL));
    connect(client, provider, api.url());
  }

  @SuppressWarnings("unchecked") // the names of a JSON object are strings
  private static Map<String, Object> json(String text) {
    return JsonMapper.shared().readValue(text, Map.class);
  }
}
