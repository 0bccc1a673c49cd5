package io.plumbline.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.plumbline.contracts.Digest;
import io.plumbline.contracts.InferenceEvent.VariantAbstention;
import io.plumbline.contracts.InferenceEvent.VariantCreated;
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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Tests variants that declare when they have no answer, and the reader of passages. */
class AbstentionPolicyTests extends InferenceTest {

  private static final String CHOICE =
      """
      {"messages":[{"role":"system","content":"Sort mail.\\nspam: advertising\\nham: from a person"},
         {"role":"user","content":"{{text}}"}],
       "variables":{"type":"object","required":["text"],"properties":{"text":{"type":"string"}}},
       "examples":[],"parameters":{},
       "responseFormat":{"type":"object","properties":{"label":{"enum":["spam","ham","none"]}},
         "required":["label"]}}
      """;
  static final String HANDBOOK =
      """
      {"messages":[{"role":"system","content":"Answer from the handbook.\\n\\n{{notes}}"},
         {"type":"placeholder","name":"conversation"}],
       "variables":{"type":"object","required":["notes"],"properties":{"notes":{"type":"string"}}},
       "examples":[],"parameters":{}}
      """;
  private static final String FIELDS =
      """
      {"messages":[{"role":"system","content":"Answer from the handbook.\\n\\n{{notes}}"},
         {"type":"placeholder","name":"conversation"}],
       "variables":{"type":"object","required":["notes"],"properties":{"notes":{"type":"string"}}},
       "examples":[],"parameters":{},
       "responseFormat":{"type":"object","properties":{"answerable":{"type":"boolean"},
         "text":{"type":"string"}},"required":["answerable","text"]}}
      """;
  private static final String WRAPPED =
      """
      {"messages":[{"role":"system","content":"Answer from the handbook.\\n\\n{{notes}}"},
         {"type":"placeholder","name":"conversation"}],
       "variables":{"type":"object","required":["notes"],"properties":{"notes":{"type":"string"}}},
       "examples":[],"parameters":{},
       "responseFormat":{"type":"json_schema","json_schema":{"name":"reply","schema":
         {"type":"object","properties":{"answerable":{"type":"boolean"},"text":{"type":"string"}},
          "required":["answerable","text"]}}}}
      """;
  static final String NOTES =
      """
      [1] Travel > Hotels
      Book hotels in the travel portal. Breakfast is paid up to 15 euros a day.

      [2] Holidays > Carrying over
      Up to five days of leave are carried over. They expire on the last day of March.\
      """;
  private static final String READER = "local/extract-bge-small";
  private static final String UNKNOWN = "The handbook does not say.";
  private static final String NONE = "{\"label\":\"none\"}";

  @Autowired TestClient client;
  @Autowired TestEventClient events;

  private final String application = "help-" + UUID.randomUUID();
  private TestClient.TestCaller ada;

  @BeforeEach
  void register() {
    ada = client.as("ada", Role.PROMPT_ENGINEER, Role.ML_ENGINEER);
    register(events, application, TaskType.GENERATION);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void a_choice_that_is_not_sure_enough_gives_the_declared_answer(boolean streamed) {
    String variant = variant(CHOICE, "local/choice-minilm", 1.0, NONE);

    Answer answer = ask(variant, "Cheap pills, buy now", Map.of("logprobs", true), streamed);

    assertThat(content(answer, streamed)).isEqualTo(NONE);
    assertThat(answer.header("x-plumbline-abstained")).isEqualTo("true");
    JsonNode said = extension(answer, streamed);
    assertThat(said.path("abstained").asBoolean()).isTrue();
    assertThat(said.path("confidence").asDouble()).isBetween(0.3, 0.9999);
    assertThat(answer.body()).doesNotContain("top_logprobs");
    JsonNode trace = traced(ada, answer);
    assertThat(trace.at("/trace/status").asString()).isEqualTo("OK");
    assertThat(
            trace
                .path("steps")
                .valueStream()
                .filter(step -> step.path("kind").asString().equals("CHECK")))
        .singleElement()
        .satisfies(step -> assertThat(details(step)).containsEntry("abstained", "true"));
  }

  @Test
  void a_choice_that_is_sure_enough_answers_and_says_how_sure_it_is() {
    String variant = variant(CHOICE, "local/choice-minilm", 0.2, NONE);

    Answer answer = ask(variant, "Cheap pills, buy now", Map.of(), false);

    assertThat(content(answer, false)).isEqualTo("{\"label\":\"spam\"}");
    assertThat(answer.header("x-plumbline-abstained")).isEmpty();
    assertThat(extension(answer, false).path("abstained").asBoolean(true)).isFalse();
    assertThat(extension(answer, false).path("confidence").asDouble()).isBetween(0.3, 1.0);
  }

  @Test
  void an_abstention_is_cached_as_one() {
    String variant = variant(CHOICE, "local/choice-minilm", 1.0, NONE);
    ask(variant, "Cheap pills, buy now", Map.of(), false);

    Answer again = ask(variant, "Cheap pills, buy now", Map.of(), false);

    assertThat(again.header("x-plumbline-cache")).isEqualTo("hit");
    assertThat(again.header("x-plumbline-abstained")).isEqualTo("true");
    assertThat(content(again, false)).isEqualTo(NONE);
    assertThat(extension(again, false).path("abstained").asBoolean()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void a_reader_quotes_the_passage_that_answers_and_cites_it(boolean streamed) {
    String variant = variant(HANDBOOK, READER, 0.4, UNKNOWN);

    Answer answer = ask(variant, "When do unused days of leave expire?", notes(), streamed);

    assertThat(content(answer, streamed)).isEqualTo("They expire on the last day of March. [2]");
    assertThat(extension(answer, streamed).path("abstained").asBoolean(true)).isFalse();
    assertThat(extension(answer, streamed).path("confidence").asDouble()).isGreaterThan(0.5);
    assertThat(trace(ada, answer).path("inputTokens").asInt()).isGreaterThan(40);
  }

  @Test
  void a_reader_abstains_where_no_passage_is_about_the_question() {
    String variant = variant(HANDBOOK, READER, 0.4, UNKNOWN);

    Answer answer = ask(variant, "Who won the football match?", notes(), false);

    assertThat(content(answer, false)).isEqualTo(UNKNOWN);
    assertThat(answer.header("x-plumbline-abstained")).isEqualTo("true");
    assertThat(extension(answer, false).path("confidence").asDouble()).isLessThan(0.4);
  }

  /** Counts such calls as the caller's fault, since otherwise one caller could end a canary. */
  @ParameterizedTest
  @CsvSource({
    "logprobs, true, When do they expire?, unsupported_parameter",
    "user, ada, '', missing_passages"
  })
  void what_the_model_does_not_take_is_the_callers_fault(
      String field, String value, String question, String code) {
    String variant = variant(HANDBOOK, READER, 0.4, UNKNOWN);
    Map<String, Object> request = new HashMap<>();
    request.put("plumbline_variables", Map.of("notes", question.isEmpty() ? "none" : NOTES));
    request.put("model", "variant/" + variant);
    request.put("messages", List.of(message("user", question)));
    request.put(field, value.equals("true") ? true : value);

    Answer refused = ada.post("/v1/chat/completions", request);

    assertThat(refused.status()).as(refused.body()).isEqualTo(400);
    assertThat(errorCode(refused)).isEqualTo(code);
    JsonNode trace =
        await()
            .atMost(Duration.ofSeconds(60))
            .until(
                () -> ada.get("/api/traces/" + refused.header("x-request-id")),
                found -> found.status() == 200)
            .json();
    assertThat(trace.at("/trace/status").asString()).isEqualTo("REFUSED");
  }

  @Test
  void a_reader_says_what_it_did_not_read() {
    String huge = "[1] Log\n" + "A line of it. ".repeat(5_000);

    Answer answer =
        ada.post(
            "/v1/chat/completions",
            Map.of(
                "model",
                READER,
                "messages",
                List.of(message("system", huge), message("user", "What is it?"))));

    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(answer.header("x-plumbline-truncated")).isEqualTo("passages");
    assertThat(content(answer, false)).isEqualTo("A line of it. [1]");
  }

  @Test
  void a_reader_without_passages_says_what_it_needs() {
    Answer refused =
        ada.post(
            "/v1/chat/completions",
            Map.of("model", READER, "messages", List.of(message("user", "When?"))));

    assertThat(refused.status()).isEqualTo(400);
    assertThat(errorCode(refused)).isEqualTo("missing_passages");
    assertThat(refused.body()).contains("[1] Title > Section");
  }

  @Test
  void an_abstention_is_part_of_the_variant() {
    String variant = variant(CHOICE, "local/choice-minilm", 0.5, NONE);

    assertThat(variant(CHOICE, "local/choice-minilm", 0.6, NONE)).isNotEqualTo(variant);
    JsonNode view = ada.get("/api/variants/" + variant).json();
    assertThat(view.at("/abstention/threshold").asDouble()).isEqualTo(0.5);
    assertThat(view.at("/abstention/answer").asString()).isEqualTo(NONE);
    assertThat(
            events
                .awaitPublished(
                    VariantCreated.class, event -> event.variantDigest().hex().equals(variant))
                .abstention())
        .isEqualTo(new VariantAbstention(0.5, NONE, null));
  }

  @Test
  void an_abstention_that_is_no_answer_of_the_prompt_is_refused() {
    assertThat(refusal(CHOICE, "local/choice-minilm", 0.5, "none", Map.of()))
        .contains("/abstention/answer", "it is not valid JSON");
    assertThat(refusal(CHOICE, "local/choice-minilm", 0.5, "{\"label\":\"maybe\"}", Map.of()))
        .contains("/abstention/answer", "must follow the prompt's response format");
    assertThat(
            refusal(
                CHOICE,
                "local/choice-minilm",
                0.5,
                NONE,
                Map.of("callerPolicy", Map.of("allowed", List.of("response_format")))))
        .contains("/callerPolicy/allowed");
    assertThat(refusal(CHOICE, "local/choice-minilm", 1.5, NONE, Map.of()))
        .contains("/abstention/threshold");
  }

  @Test
  void a_threshold_needs_a_model_that_says_how_sure_it_is() {
    String provider = "p" + UUID.randomUUID().toString().substring(0, 8);
    connect(client, provider, NEIGHBOURS.url() + "/v1");

    assertThat(refusal(HANDBOOK, provider + "/m", 0.5, UNKNOWN, Map.of()))
        .contains("/abstention/threshold", "needs models with a confidence");
    assertThat(
            refusal(HANDBOOK, provider + "/m", 0.5, UNKNOWN, Map.of("fallback", List.of(READER))))
        .contains("/abstention", "needs models with a confidence");
  }

  /** Lets a provider's model declare itself that it has no answer. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "false| The handbook does not say. |true",
        "true| The handbook does not say. |true",
        "false|They expire. The handbook does not say.|false",
        "true|They expire. The handbook does not say.|false"
      },
      ignoreLeadingAndTrailingWhitespace = false)
  void a_providers_model_abstains_by_the_declared_answer(
      boolean streamed, String said, boolean abstains) {
    try (ScriptedApi api = saying(said)) {
      String variant = variant(HANDBOOK, connected(api), Map.of("answer", UNKNOWN));

      Answer answer = ask(variant, "When?", notes(), streamed);

      assertThat(content(answer, streamed)).isEqualTo(said);
      assertThat(
              streamed
                  ? chunks(answer).get(1).at("/plumbline/abstained").asBoolean(!abstains)
                  : answer.json().at("/plumbline/abstained").asBoolean(!abstains))
          .isEqualTo(abstains);
      assertThat(answer.header("x-plumbline-abstained"))
          .isEqualTo(abstains && !streamed ? "true" : "");
      assertThat(
              traced(ada, answer)
                  .path("steps")
                  .valueStream()
                  .filter(step -> step.path("kind").asString().equals("CHECK")))
          .singleElement()
          .satisfies(step ->
              assertThat(details(step)).containsEntry("abstained", Boolean.toString(abstains)));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "false|{\"answerable\":false,\"text\":\"\"}|true",
        "true|{\"answerable\":false,\"text\":\"\"}|true",
        "false|{\"answerable\":true,\"text\":\"false\"}|false"
      },
      quoteCharacter = '~')
  void a_providers_model_abstains_by_a_field_of_its_answer(
      boolean streamed, String said, boolean abstains) {
    try (ScriptedApi api = saying(said)) {
      Map<String, Object> field = Map.of("name", "answerable", "value", "false");
      String variant = variant(FIELDS, connected(api), Map.of("field", field));

      Answer answer = ask(variant, "When?", notes(), streamed);

      assertThat(content(answer, streamed)).isEqualTo(said);
      JsonNode whole = streamed ? chunks(answer).get(1) : answer.json();
      assertThat(whole.at("/plumbline/abstained").asBoolean(!abstains)).isEqualTo(abstains);
      assertThat(ada.get("/api/variants/" + variant).json().path("abstention").toString())
          .isEqualTo("{\"field\":{\"name\":\"answerable\",\"value\":\"false\"}}");
    }
  }

  @Test
  void a_field_of_a_response_format_that_is_wrapped_as_openai_does_is_known() {
    try (ScriptedApi api = saying("{\"answerable\":false,\"text\":\"\"}")) {
      String model = connected(api);
      String variant = variant(WRAPPED, model, field("answerable", "false"));

      Answer answer = ask(variant, "When?", notes(), false);

      assertThat(answer.json().at("/plumbline/abstained").asBoolean(false)).isTrue();
      assertThat(refusal(WRAPPED, model, field("other", "false")))
          .contains("/abstention/field/name");
    }
  }

  @Test
  void an_abstention_that_could_never_apply_is_refused() {
    try (ScriptedApi api = saying("x")) {
      String model = connected(api);
      assertThat(refusal(FIELDS, model, Map.of()))
          .contains("/abstention/answer", "must not be blank");
      assertThat(refusal(HANDBOOK, model, Map.of("answer", " "))).contains("/abstention/answer");
      assertThat(refusal(HANDBOOK, READER, Map.of("threshold", 0.5)))
          .contains("/abstention/answer");
      assertThat(refusal(HANDBOOK, model, field("answerable", "false")))
          .contains("/abstention/field/name");
      assertThat(refusal(FIELDS, model, field("other", "false")))
          .contains("/abstention/field/name");
      assertThat(refusal(CHOICE, model, field("label", "maybe")))
          .contains("/abstention/field/value");
    }
  }

  private static Map<String, Object> field(String name, String value) {
    return Map.of("field", Map.of("name", name, "value", value));
  }

  /** Starts a model that always gives the same answer, streamed or whole. */
  private static ScriptedApi saying(String text) {
    String quoted = JsonMapper.shared().writeValueAsString(text);
    return new ScriptedApi(body ->
        new ScriptedApi.Reply(
            200,
            body.path("stream").asBoolean(false)
                ? """
                data: {"choices":[{"index":0,"delta":{"content":%s}}]}

                data: {"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}

                data: [DONE]

                """
                    .formatted(quoted)
                : """
                {"choices":[{"index":0,"message":{"role":"assistant","content":%s},
                "finish_reason":"stop"}]}
                """
                    .formatted(quoted)));
  }

  private String connected(ScriptedApi api) {
    String provider = "p" + UUID.randomUUID().toString().substring(0, 8);
    connect(client, provider, api.url());
    return provider + "/m";
  }

  private String variant(String content, String model, Map<String, ?> abstention) {
    return createVariant(ada, command(content, model, abstention, Map.of()));
  }

  private String refusal(String content, String model, Map<String, ?> abstention) {
    Answer refused =
        settled(() -> ada.post("/api/variants", command(content, model, abstention, Map.of())));
    assertThat(refused.status()).as(refused.body()).isIn(400, 422);
    return refused.body();
  }

  private String variant(String content, String model, double threshold, String answer) {
    return createVariant(ada, command(content, model, threshold, answer, Map.of()));
  }

  private String refusal(
      String content, String model, double threshold, String answer, Map<String, ?> choices) {
    Answer refused =
        settled(
            () -> ada.post("/api/variants", command(content, model, threshold, answer, choices)));
    assertThat(refused.status()).as(refused.body()).isIn(400, 422);
    return refused.body();
  }

  private Map<String, Object> command(
      String content, String model, double threshold, String answer, Map<String, ?> choices) {
    return command(content, model, Map.of("threshold", threshold, "answer", answer), choices);
  }

  private Map<String, Object> command(
      String content, String model, Map<String, ?> abstention, Map<String, ?> choices) {
    Digest prompt = NEIGHBOURS.publish(content);
    events.publish(
        new PromptVersionPublished("help", 1, prompt, null, "ada", "first"), prompt.hex(), 1);
    Map<String, Object> all = new HashMap<>(choices);
    all.put("abstention", abstention);
    return variantOf(application, prompt, model, all);
  }

  private static Map<String, ?> notes() {
    return Map.of("plumbline_variables", Map.of("notes", NOTES));
  }

  private Answer ask(String variant, String question, Map<String, ?> fields, boolean streamed) {
    Map<String, Object> request = new HashMap<>(fields);
    request.put("model", "variant/" + variant);
    request.put("messages", List.of(message("user", question)));
    request.put("stream", streamed);
    Answer answer = settled(() -> ada.post("/v1/chat/completions", request));
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer;
  }

  private static Map<String, Object> message(String role, String content) {
    return Map.of("role", role, "content", content);
  }

  private static String content(Answer answer, boolean streamed) {
    if (!streamed) {
      return answer.json().at("/choices/0/message/content").asString();
    }
    StringBuilder content = new StringBuilder();
    chunks(answer)
        .forEach(chunk -> content.append(chunk.at("/choices/0/delta/content").asString("")));
    return content.toString();
  }

  /** Returns Plumbline's extension of the whole answer, or of the chunk that ends it. */
  private static JsonNode extension(Answer answer, boolean streamed) {
    return (streamed ? chunks(answer).getLast() : answer.json()).path("plumbline");
  }
}
