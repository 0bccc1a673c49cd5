package io.plumbline.inference;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.platform.identity.Role;
import io.plumbline.platform.test.TestClient;
import io.plumbline.platform.test.TestClient.Answer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Calls a provider of Google's Gemini API through the OpenAI API. */
class GeminiTests extends InferenceTest {

  private static final String ANSWER =
      """
      {"candidates":[{"content":{"parts":[{"text":"It rains."}],"role":"model"},
      "finishReason":"STOP","index":0}],
      "usageMetadata":{"promptTokenCount":9,"cachedContentTokenCount":4,"candidatesTokenCount":3,
      "thoughtsTokenCount":2,"totalTokenCount":14},"modelVersion":"gemini-3-x-001","responseId":"r1"}\
      """;

  private static final String HALF =
      """
      data: {"candidates":[{"content":{"parts":[{"text":"It"}],"role":"model"},"index":0}],\
      "usageMetadata":{"promptTokenCount":20,"totalTokenCount":20},"modelVersion":"gemini-3-x-001"}

      """;

  private static final String TOOL_CALL =
      HALF
          + """
          data: {"candidates":[{"content":{"parts":[{"functionCall":{"id":"f1","name":"look",\
          "args":{"at":"Ulm"}},"thoughtSignature":"c2ln"}],"role":"model"},"index":0}]}

          data: {"candidates":[{"content":{"parts":[{"text":""}],"role":"model"},"finishReason":"STOP",\
          "index":0}],"usageMetadata":{"promptTokenCount":20,"candidatesTokenCount":7,\
          "thoughtsTokenCount":4,"totalTokenCount":31}}

          """;

  private static final String OVERLOADED =
      """
      {"error":{"code":503,"message":"The model is overloaded.","status":"UNAVAILABLE"}}\
      """;

  private static final String WRONG_KEY =
      """
      {"error":{"code":400,"message":"API key not valid. Please pass a valid API key.",
      "status":"INVALID_ARGUMENT","details":[{"@type":"type.googleapis.com/google.rpc.ErrorInfo",
      "reason":"API_KEY_INVALID","domain":"googleapis.com",
      "metadata":{"service":"generativelanguage.googleapis.com"}}]}}\
      """;

  private static final Object TOOLS =
      List.of(Map.of("type", "function", "function", Map.of("name", "look")));

  private static final Object CALL =
      Map.of(
          "id",
          "f1",
          "type",
          "function",
          "function",
          Map.of("name", "look", "arguments", "{}"),
          "extra_content",
          Map.of("google", Map.of("thought_signature", "c2ln")));

  @Autowired TestClient client;

  private final String name = "c" + UUID.randomUUID().toString().substring(0, 8);
  private final ScriptedApi api = new ScriptedApi();
  private TestClient.TestCaller root;
  private TestClient.TestCaller vera;

  @BeforeEach
  void connect() {
    root = client.as("root", Role.ADMIN);
    vera = client.as("vera", Role.PROMPT_ENGINEER);
    Answer added = create();
    assertThat(added.status()).as(added.body()).isEqualTo(201);
  }

  @AfterEach
  void stop() {
    api.close();
  }

  @Test
  void a_chat_is_generated_and_its_tokens_are_metered() {
    api.answers(200, ANSWER);

    Answer answer = complete(Map.of("max_tokens", 100));

    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    JsonNode completion = answer.json();
    assertThat(completion.path("model").asString()).isEqualTo(name + "/gemini-3-x");
    assertThat(completion.at("/choices/0/message/content").asString()).isEqualTo("It rains.");
    assertThat(completion.at("/choices/0/finish_reason").asString()).isEqualTo("stop");
    assertThat(completion.at("/usage/prompt_tokens_details/cached_tokens").asInt()).isEqualTo(4);
    ScriptedApi.Received request = api.next();
    assertThat(request.address()).isEqualTo("/v1beta/models/gemini-3-x:generateContent");
    assertThat(request.header("x-goog-api-key")).isEqualTo("sesame");
    assertThat(request.body())
        .isEqualTo(
            JsonMapper.shared()
                .readTree(
                    """
                    {"contents":[{"role":"user","parts":[{"text":"weather?"}]}],
                    "generationConfig":{"maxOutputTokens":100}}\
                    """));
    JsonNode trace = trace(vera, answer);
    assertThat(trace.path("finishReason").asString()).isEqualTo("stop");
    assertThat(trace.path("inputTokens").asInt()).isEqualTo(9);
    assertThat(trace.path("outputTokens").asInt()).isEqualTo(5);
    awaitMetered(name + "/gemini-3-x", 9, 5);
  }

  @Test
  void a_streamed_call_of_a_tool_arrives_in_chunks_and_is_metered() {
    api.answers(200, TOOL_CALL);

    Answer answer =
        complete(
            Map.of(
                "stream", true, "stream_options", Map.of("include_usage", true), "tools", TOOLS));

    List<JsonNode> chunks = chunks(answer);
    assertThat(answer.body()).endsWith("data: [DONE]\n\n");
    assertThat(chunks.getFirst().at("/choices/0/delta/role").asString()).isEqualTo("assistant");
    assertThat(chunks.getFirst().path("model").asString()).isEqualTo(name + "/gemini-3-x");
    JsonNode call = chunks.get(1).at("/choices/0/delta/tool_calls/0");
    assertThat(call.path("id").asString()).isEqualTo("f1");
    assertThat(call.at("/function/arguments").asString()).isEqualTo("{\"at\":\"Ulm\"}");
    assertThat(call.at("/extra_content/google/thought_signature").asString()).isEqualTo("c2ln");
    assertThat(chunks.get(2).at("/choices/0/finish_reason").asString()).isEqualTo("tool_calls");
    assertThat(chunks.getLast().at("/usage/total_tokens").asInt()).isEqualTo(31);
    assertThat(api.next().address())
        .isEqualTo("/v1beta/models/gemini-3-x:streamGenerateContent?alt=sse");
    JsonNode trace = trace(vera, answer);
    assertThat(trace.path("status").asString()).isEqualTo("OK");
    assertThat(trace.path("finishReason").asString()).isEqualTo("tool_calls");
    awaitMetered(name + "/gemini-3-x", 20, 11);
  }

  @Test
  void the_result_of_a_tool_goes_back_with_the_signature_of_its_call() {
    api.answers(200, ANSWER);

    Answer answer =
        complete(
            Map.of(
                "tools",
                TOOLS,
                "messages",
                List.of(
                    Map.of("role", "user", "content", "weather?"),
                    Map.of("role", "assistant", "tool_calls", List.of(CALL)),
                    Map.of("role", "tool", "tool_call_id", "f1", "content", "rain"))));

    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    JsonNode contents = api.next().body().path("contents");
    assertThat(contents.at("/1/parts/0/thoughtSignature").asString()).isEqualTo("c2ln");
    assertThat(contents.at("/2/parts/0/functionResponse/name").asString()).isEqualTo("look");
  }

  @Test
  void an_overloaded_api_is_asked_again() {
    api.answers(503, OVERLOADED);
    api.answers(200, ANSWER);

    assertThat(complete(Map.of()).status()).isEqualTo(200);
    assertThat(api.waiting()).isEqualTo(2);
  }

  @Test
  void a_short_pause_that_the_api_asks_for_is_kept_and_a_long_one_left_to_the_caller() {
    api.answers(429, exhausted("0.05s"));
    api.answers(200, ANSWER);
    assertThat(complete(Map.of()).status()).isEqualTo(200);

    api.answers(429, exhausted("31s"));
    Answer answer = complete(Map.of());

    assertThat(answer.status()).isEqualTo(429);
    assertThat(answer.header("retry-after")).isEqualTo("31");
    assertThat(errorCode(answer)).isEqualTo("rate_limit_exceeded");
    assertThat(api.waiting()).isEqualTo(3);
  }

  @Test
  void a_wrong_key_is_refused_by_name() {
    for (String error : new String[] {WRONG_KEY, "[" + WRONG_KEY + "]"}) {
      api.answers(400, error);

      Answer answer = complete(Map.of("stream", true));

      assertThat(answer.status()).isEqualTo(502);
      assertThat(errorCode(answer)).isEqualTo("provider_refused_key");
    }
  }

  @Test
  void a_prompt_that_is_too_long_has_openais_code() {
    api.answers(
        400,
        "{\"error\":{\"code\":400,\"message\":\"The input token count (1300000) exceeds the"
            + " maximum number of tokens allowed (1048575).\",\"status\":\"INVALID_ARGUMENT\"}}");

    Answer answer = complete(Map.of());

    assertThat(answer.status()).isEqualTo(400);
    assertThat(errorCode(answer)).isEqualTo("context_length_exceeded");
    assertThat(answer.json().at("/error/message").asString()).contains("1048575");
  }

  @Test
  void a_blocked_prompt_is_a_refusal_streamed_or_not() {
    String blocked =
        "{\"promptFeedback\":{\"blockReason\":\"PROHIBITED_CONTENT\"},"
            + "\"usageMetadata\":{\"promptTokenCount\":4,\"totalTokenCount\":4}}";
    api.answers(200, blocked);
    api.answers(200, "data: " + blocked + "\n\n");

    JsonNode choice = complete(Map.of()).json().at("/choices/0");
    List<JsonNode> chunks = chunks(complete(Map.of("stream", true)));

    assertThat(choice.path("finish_reason").asString()).isEqualTo("content_filter");
    assertThat(choice.at("/message/refusal").asString()).contains("PROHIBITED_CONTENT");
    assertThat(chunks.getFirst().at("/choices/0/delta/refusal").asString())
        .contains("PROHIBITED_CONTENT");
    assertThat(chunks.getLast().at("/choices/0/finish_reason").asString())
        .isEqualTo("content_filter");
    awaitMetered(name + "/gemini-3-x", 8, 0);
  }

  @Test
  void an_error_in_a_stream_ends_it_with_an_error_frame() {
    api.answers(200, HALF + "data: " + OVERLOADED + "\n\n");

    Answer answer = complete(Map.of("stream", true));

    assertThat(answer.body()).contains("\"content\":\"It\"").doesNotContain("[DONE]");
    assertThat(chunks(answer).getLast().at("/error/code").asString()).isEqualTo("unavailable");
    assertThat(trace(vera, answer).path("error").asString()).isEqualTo("unavailable");
  }

  @Test
  void a_stream_without_its_end_is_broken() {
    api.answers(200, HALF);

    assertThat(chunks(complete(Map.of("stream", true))).getLast().at("/error/code").asString())
        .isEqualTo("stream_broken");
  }

  @Test
  void what_the_api_does_not_have_is_refused_before_anything_is_sent() {
    for (boolean stream : new boolean[] {true, false}) {
      Answer answer = complete(Map.of("user", "jo", "stream", stream));

      assertThat(answer.status()).isEqualTo(400);
      assertThat(errorCode(answer)).isEqualTo("unsupported_parameter");
      assertThat(answer.json().at("/error/param").asString()).isEqualTo("user");
    }
    Answer elsewhere = complete(Map.of("model", name + "/../files"));
    assertThat(elsewhere.status()).isEqualTo(400);
    assertThat(elsewhere.json().at("/error/param").asString()).isEqualTo("model");
    assertThat(api.waiting()).isZero();
  }

  private static String exhausted(String delay) {
    return """
    {"error":{"code":429,"message":"You exceeded your current quota.",
    "status":"RESOURCE_EXHAUSTED","details":[
    {"@type":"type.googleapis.com/google.rpc.RetryInfo","retryDelay":"%s"}]}}\
    """
        .formatted(delay);
  }

  private Answer create() {
    return root.post(
        "/api/providers",
        Map.of(
            "name",
            name,
            "kind",
            "gemini",
            "baseUrl",
            api.url() + "/v1beta",
            "apiKey",
            "sesame",
            "models",
            List.of("gemini-3-x")));
  }

  private Answer complete(Map<String, Object> fields) {
    Map<String, Object> body =
        new HashMap<>(
            Map.of(
                "model",
                name + "/gemini-3-x",
                "messages",
                List.of(Map.of("role", "user", "content", "weather?"))));
    body.putAll(fields);
    return vera.post("/v1/chat/completions", body);
  }
}
