package io.plumbline.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.plumbline.contracts.Digest;
import io.plumbline.contracts.InferenceEvent.VariantCreated;
import io.plumbline.contracts.ModelRegistryEvent.BaseModelListed;
import io.plumbline.contracts.Money;
import io.plumbline.contracts.PromptRegistryEvent.PromptVersionPublished;
import io.plumbline.contracts.TaskType;
import io.plumbline.platform.identity.Role;
import io.plumbline.platform.test.TestClient;
import io.plumbline.platform.test.TestClient.Answer;
import io.plumbline.platform.test.TestEventClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** Tests calls that are longer than the context window of their model. */
class OverflowTests extends InferenceTest {

  private static final int WINDOW = 200;
  private static final String LONG = "wonderful weather ".repeat(120);
  private static final String CHAT =
      """
      {"messages":[{"role":"system","content":"SYSTEM"},{"type":"placeholder","name":"conversation"}],
       "variables":{"type":"object","properties":{}},"examples":[],"parameters":{"temperature":0,"max_tokens":20}}
      """;

  @Autowired TestClient client;
  @Autowired TestEventClient events;

  private final String suffix = UUID.randomUUID().toString().substring(0, 8);
  private final String provider = "p" + suffix;
  private final String application = "chat-" + suffix;
  private TestClient.TestCaller ada;

  @BeforeEach
  void connect() {
    ada = client.as("ada", Role.PROMPT_ENGINEER, Role.ML_ENGINEER);
    register(events, application, TaskType.GENERATION);
    connect(client, provider, NEIGHBOURS.url() + "/v1");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void a_call_that_is_too_long_is_refused_before_the_model_is_asked(boolean streamed) {
    list("gpt-4o");
    String variant = variant("gpt-4o", "Stay calm.", null);
    awaitWindow(variant);
    int asked = NEIGHBOURS.completions.get();

    Answer refused = ask(variant, streamed, LONG + suffix);

    assertThat(refused.status()).isEqualTo(400);
    JsonNode error = refused.json().path("error");
    assertThat(error.path("code").asString()).isEqualTo("context_length_exceeded");
    assertThat(error.path("type").asString()).isEqualTo("invalid_request_error");
    assertThat(error.path("param").asString()).isEqualTo("messages");
    assertThat(error.path("message").asString())
        .contains(WINDOW + " tokens", "20 that are reserved for the answer");
    assertThat(NEIGHBOURS.completions).hasValue(asked);
    JsonNode trace = trace(ada, refused);
    assertThat(trace.path("status").asString()).isEqualTo("REFUSED");
    assertThat(trace.path("error").asString()).isEqualTo("context_length_exceeded");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void the_oldest_turns_are_dropped_where_the_variant_says_so(boolean streamed) {
    list("gpt-4o");
    String variant = variant("gpt-4o", "Stay calm.", "TRIM_HISTORY");
    awaitWindow(variant);

    Answer answer =
        call(
            variant,
            streamed,
            List.of(
                message("user", LONG),
                message("assistant", "Indeed."),
                message("user", "And now? " + suffix)));

    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(answer.header("x-plumbline-trimmed")).isEqualTo("2");
    assertThat(
            NEIGHBOURS
                .received("And now? " + suffix)
                .path("messages")
                .valueStream()
                .map(message -> message.path("content").asString()))
        .containsExactly("Stay calm.", "And now? " + suffix);
    assertThat(fit(answer))
        .containsEntry("window", "200")
        .containsEntry("reserved", "20")
        .containsEntry("trimmed", "2");
    assertThat(ada.get("/api/variants/" + variant).json().path("overflow").asString())
        .isEqualTo("TRIM_HISTORY");
    assertThat(created(variant).overflow()).isEqualTo("TRIM_HISTORY");
  }

  @Test
  void a_conversation_is_trimmed_anew_for_the_model_of_a_fallback_that_answers() {
    connect(client, "d" + suffix, FaultyModels.nowhere());
    list("d" + suffix + "/gpt-4o", 1_000);
    list(provider + "/gpt-4o", WINDOW);
    String variant =
        composed(
            "d" + suffix + "/gpt-4o",
            "Stay calm.",
            Map.of("overflow", "TRIM_HISTORY", "fallback", List.of(provider + "/gpt-4o")));
    List<Map<String, Object>> messages =
        List.of(
            message("user", LONG),
            message("assistant", "Indeed."),
            message("user", "And elsewhere? " + suffix));

    Answer answer =
        await()
            .atMost(Duration.ofSeconds(60))
            .until(
                () -> call(variant, false, messages),
                found -> found.header("x-plumbline-trimmed").equals("2"));

    assertThat(answer.header("x-plumbline-fallback")).isEqualTo(provider + "/gpt-4o");
    assertThat(
            NEIGHBOURS
                .received("And elsewhere? " + suffix)
                .path("messages")
                .valueStream()
                .map(message -> message.path("content").asString()))
        .containsExactly("Stay calm.", "And elsewhere? " + suffix);
  }

  @Test
  void an_answer_from_the_cache_says_what_the_model_did_not_get() {
    list("gpt-4o");
    String variant = variant("gpt-4o", "Stay calm.", "TRIM_HISTORY");
    awaitWindow(variant);
    List<Map<String, Object>> messages =
        List.of(message("user", LONG), message("user", "Again? " + suffix));

    call(variant, false, messages);
    Answer cached = call(variant, false, messages);

    assertThat(cached.header("x-plumbline-cache")).isEqualTo("hit");
    assertThat(cached.header("x-plumbline-trimmed")).isEqualTo("1");
  }

  /** Counts the failure as the variant's; otherwise its canary would look harmless. */
  @Test
  void a_prompt_that_is_too_long_by_itself_is_an_error_of_the_variant() {
    list("gpt-4o");
    String variant = variant("gpt-4o", LONG, "TRIM_HISTORY");
    awaitWindow(variant);

    Answer failed = ask(variant, false, "Hi " + suffix);

    assertThat(failed.status()).isEqualTo(500);
    assertThat(errorCode(failed)).isEqualTo("prompt_too_long");
    assertThat(trace(ada, failed).path("status").asString()).isEqualTo("ERROR");
  }

  @Test
  void a_model_whose_window_is_unknown_is_asked_and_the_trace_says_so() {
    String variant = variant("unlisted", "Stay calm.", "TRIM_HISTORY");

    Answer answer = ask(variant, false, LONG + suffix);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("x-plumbline-trimmed")).isEmpty();
    assertThat(fit(answer)).containsExactlyEntriesOf(Map.of("window", "unknown"));
  }

  /** Uses a provider that refuses a call which the catalogue lets through. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void a_model_that_says_itself_that_a_call_is_too_long_has_refused_it(boolean streamed) {
    String variant = variant("small", "Stay calm.", null);

    Answer refused = ask(variant, streamed, "Hi " + suffix);

    assertThat(refused.status()).isEqualTo(400);
    assertThat(errorCode(refused)).isEqualTo("context_length_exceeded");
    JsonNode trace = trace(ada, refused);
    assertThat(trace.path("status").asString()).isEqualTo("REFUSED");
    assertThat(trace.path("error").asString()).isEqualTo("context_length_exceeded");
  }

  private void list(String model) {
    list(provider + "/" + model, WINDOW);
  }

  private void list(String model, int window) {
    events.publish(
        new BaseModelListed(
            model,
            Digest.ofText(model),
            provider,
            window,
            Money.usd("1"),
            null,
            Money.usd("1"),
            "terms",
            null,
            false),
        model,
        1);
  }

  /** Waits until the model's listing has arrived. */
  private void awaitWindow(String variant) {
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> ask(variant, false, LONG + UUID.randomUUID()).status() != 200);
  }

  private String variant(String model, String system, @Nullable String overflow) {
    return composed(
        provider + "/" + model, system, overflow == null ? Map.of() : Map.of("overflow", overflow));
  }

  private String composed(String model, String system, Map<String, Object> choices) {
    Digest prompt = NEIGHBOURS.publish(CHAT.replace("SYSTEM", system).strip());
    events.publish(
        new PromptVersionPublished("chat", 1, prompt, null, "ada", "first"), prompt.hex(), 1);
    return createVariant(ada, variantOf(application, prompt, model, choices));
  }

  private VariantCreated created(String variant) {
    return events.awaitPublished(
        VariantCreated.class, event -> event.variantDigest().hex().equals(variant));
  }

  /** Returns what the trace says about the check against the window. */
  private Map<String, String> fit(Answer answer) {
    List<JsonNode> fits =
        traced(ada, answer)
            .path("steps")
            .valueStream()
            .filter(step -> step.path("kind").asString().equals("FIT"))
            .toList();
    assertThat(fits).hasSize(1);
    return details(fits.getFirst());
  }

  private Answer ask(String variant, boolean streamed, String text) {
    return call(variant, streamed, List.of(message("user", text)));
  }

  private Answer call(String variant, boolean streamed, List<Map<String, Object>> messages) {
    return ada.post(
        "/v1/chat/completions",
        Map.of("model", "variant/" + variant, "stream", streamed, "messages", messages));
  }

  private static Map<String, Object> message(String role, String content) {
    return Map.of("role", role, "content", content);
  }
}
