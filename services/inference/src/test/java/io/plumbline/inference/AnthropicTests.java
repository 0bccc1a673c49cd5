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

/** Calls a provider of the Messages API through the OpenAI API. */
class AnthropicTests extends InferenceTest {

  private static final String MESSAGE =
      """
      {"id":"msg_1","type":"message","role":"assistant","model":"claude-x","content":[
      {"type":"text","text":"It rains."}],"stop_reason":"end_turn","stop_sequence":null,
      "usage":{"input_tokens":5,"cache_read_input_tokens":4,"cache_creation_input_tokens":0,
      "output_tokens":3}}\
      """;

  private static final String HEAD =
      """
      event: message_start
      data: {"type":"message_start","message":{"id":"msg_1","type":"message","role":"assistant",\
      "model":"claude-x","content":[],"stop_reason":null,"usage":{"input_tokens":20,"output_tokens":1}}}

      event: ping
      data: {"type":"ping"}

      """;

  private static final String TOOL_CALL =
      HEAD
          + """
          event: content_block_start
          data: {"type":"content_block_start","index":0,"content_block":{"type":"tool_use",\
          "id":"toolu_1","name":"look","input":{}}}

          event: content_block_delta
          data: {"type":"content_block_delta","index":0,"delta":{"type":"input_json_delta",\
          "partial_json":"{\\"at\\":"}}

          event: content_block_delta
          data: {"type":"content_block_delta","index":0,"delta":{"type":"input_json_delta",\
          "partial_json":"\\"Ulm\\"}"}}

          event: content_block_stop
          data: {"type":"content_block_stop","index":0}

          event: message_delta
          data: {"type":"message_delta","delta":{"stop_reason":"tool_use","stop_sequence":null},\
          "usage":{"output_tokens":11}}

          event: message_stop
          data: {"type":"message_stop"}

          """;

  private static final String OVERLOADED =
      "{\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"Overloaded\"}}";

  private static final String LATE_ERROR =
      HEAD
          + """
          event: content_block_delta
          data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"It"}}

          event: error
          """
          + "data: "
          + OVERLOADED
          + "\n\n";

  @Autowired TestClient client;

  private final String name = "c" + UUID.randomUUID().toString().substring(0, 8);
  private final ScriptedApi api = new ScriptedApi();
  private TestClient.TestCaller root;
  private TestClient.TestCaller vera;

  @BeforeEach
  void connect() {
    root = client.as("root", Role.ADMIN);
    vera = client.as("vera", Role.PROMPT_ENGINEER);
    Answer added = create(Map.of());
    assertThat(added.status()).as(added.body()).isEqualTo(201);
  }

  @AfterEach
  void stop() {
    api.close();
  }

  @Test
  void a_chat_is_a_message_and_its_tokens_are_metered() {
    api.answers(200, MESSAGE);

    Answer answer = complete(Map.of("max_tokens", 100));

    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    JsonNode completion = answer.json();
    assertThat(completion.path("model").asString()).isEqualTo(name + "/claude-x");
    assertThat(completion.at("/choices/0/message/content").asString()).isEqualTo("It rains.");
    assertThat(completion.at("/choices/0/finish_reason").asString()).isEqualTo("stop");
    assertThat(completion.at("/usage/prompt_tokens").asInt()).isEqualTo(9);
    assertThat(completion.at("/usage/prompt_tokens_details/cached_tokens").asInt()).isEqualTo(4);
    ScriptedApi.Received request = api.next();
    assertThat(request.address()).isEqualTo("/v1/messages");
    assertThat(request.header("x-api-key")).isEqualTo("sesame");
    assertThat(request.header("anthropic-version")).isEqualTo("2023-06-01");
    assertThat(request.body())
        .isEqualTo(
            JsonMapper.shared()
                .readTree(
                    """
                    {"model":"claude-x","max_tokens":100,"messages":[
                    {"role":"user","content":[{"type":"text","text":"weather?"}]}]}\
                    """));
    JsonNode trace = trace(vera, answer);
    assertThat(trace.path("finishReason").asString()).isEqualTo("stop");
    assertThat(trace.path("inputTokens").asInt()).isEqualTo(9);
    assertThat(trace.path("outputTokens").asInt()).isEqualTo(3);
    awaitMetered(name + "/claude-x", 9, 3);
  }

  @Test
  void a_streamed_call_of_a_tool_arrives_in_chunks_and_is_metered() {
    api.answers(200, TOOL_CALL);

    Answer answer =
        complete(
            Map.of(
                "stream",
                true,
                "stream_options",
                Map.of("include_usage", true),
                "tools",
                List.of(Map.of("type", "function", "function", Map.of("name", "look")))));

    List<JsonNode> chunks = chunks(answer);
    assertThat(answer.body()).endsWith("data: [DONE]\n\n");
    assertThat(chunks.getFirst().at("/choices/0/delta/role").asString()).isEqualTo("assistant");
    assertThat(chunks.getFirst().at("/choices/0/delta/tool_calls/0/id").asString())
        .isEqualTo("toolu_1");
    assertThat(chunks.getFirst().path("model").asString()).isEqualTo(name + "/claude-x");
    assertThat(
            chunks.stream()
                .map(chunk ->
                    chunk.at("/choices/0/delta/tool_calls/0/function/arguments").asString(""))
                .reduce("", String::concat))
        .isEqualTo("{\"at\":\"Ulm\"}");
    assertThat(chunks.get(chunks.size() - 2).at("/choices/0/finish_reason").asString())
        .isEqualTo("tool_calls");
    assertThat(chunks.getLast().at("/usage/total_tokens").asInt()).isEqualTo(31);
    assertThat(api.next().body().path("stream").asBoolean()).isTrue();
    JsonNode trace = trace(vera, answer);
    assertThat(trace.path("status").asString()).isEqualTo("OK");
    assertThat(trace.path("finishReason").asString()).isEqualTo("tool_calls");
    assertThat(trace.path("outputTokens").asInt()).isEqualTo(11);
    awaitMetered(name + "/claude-x", 20, 11);
  }

  @Test
  void an_overloaded_api_is_asked_again() {
    api.answers(529, OVERLOADED);
    api.answers(200, MESSAGE);

    assertThat(complete(Map.of()).status()).isEqualTo(200);
    assertThat(api.waiting()).isEqualTo(2);
  }

  @Test
  void an_api_that_stays_overloaded_is_unavailable() {
    for (int attempt = 0; attempt < 3; attempt++) {
      api.answers(529, OVERLOADED);
    }

    Answer answer = complete(Map.of());

    assertThat(answer.status()).isEqualTo(503);
    assertThat(errorCode(answer)).isEqualTo("provider_unavailable");
  }

  @Test
  void a_wrong_key_is_refused_by_name() {
    api.answers(
        401,
        "{\"type\":\"error\",\"error\":{\"type\":\"authentication_error\",\"message\":\"invalid"
            + " x-api-key\"}}");

    Answer answer = complete(Map.of());

    assertThat(answer.status()).isEqualTo(502);
    assertThat(errorCode(answer)).isEqualTo("provider_refused_key");
  }

  @Test
  void what_the_api_says_about_a_request_is_passed_on_by_the_code_that_clients_know() {
    api.answers(
        400,
        "{\"type\":\"error\",\"error\":{\"type\":\"invalid_request_error\",\"message\":\"prompt"
            + " is too long\"}}");

    Answer answer = complete(Map.of());

    assertThat(answer.status()).isEqualTo(400);
    assertThat(errorCode(answer)).isEqualTo("context_length_exceeded");
    assertThat(answer.json().at("/error/message").asString()).contains("prompt is too long");
  }

  @Test
  void an_error_in_a_stream_ends_it_with_an_error_frame() {
    api.answers(200, LATE_ERROR);

    Answer answer = complete(Map.of("stream", true));

    assertThat(answer.body()).contains("\"content\":\"It\"").doesNotContain("[DONE]");
    assertThat(chunks(answer).getLast().at("/error/code").asString()).isEqualTo("overloaded_error");
    assertThat(trace(vera, answer).path("error").asString()).isEqualTo("overloaded_error");
  }

  @Test
  void a_stream_without_its_end_is_broken() {
    api.answers(200, TOOL_CALL.replace("message_stop", "something_new"));

    assertThat(chunks(complete(Map.of("stream", true))).getLast().at("/error/code").asString())
        .isEqualTo("stream_broken");
  }

  @Test
  void what_the_api_does_not_have_is_refused_before_anything_is_sent() {
    for (boolean stream : new boolean[] {true, false}) {
      Answer answer = complete(Map.of("seed", 1, "stream", stream));

      assertThat(answer.status()).isEqualTo(400);
      assertThat(errorCode(answer)).isEqualTo("unsupported_parameter");
      assertThat(answer.json().at("/error/param").asString()).isEqualTo("seed");
    }
    Answer embedded =
        vera.post("/v1/embeddings", Map.of("model", name + "/claude-x", "input", "text"));
    assertThat(embedded.status()).isEqualTo(400);
    assertThat(errorCode(embedded)).isEqualTo("unsupported_model");
    assertThat(api.waiting()).isZero();
  }

  @Test
  void a_provider_keeps_its_kind_with_another_address_and_has_no_version_in_it() {
    Answer moved =
        root.post(
            "/api/providers/" + name + "/connections",
            Map.of("baseUrl", api.url() + "/other", "apiKey", "sesame"));
    assertThat(moved.status()).as(moved.body()).isEqualTo(200);
    assertThat(moved.json().path("kind").asString()).isEqualTo("anthropic");
    api.answers(200, MESSAGE);
    assertThat(complete(Map.of()).status()).isEqualTo(200);
    assertThat(api.next().address()).isEqualTo("/other/messages");

    Answer versioned = create(Map.of("name", name + "-v", "apiVersion", "2024-01-01"));
    assertThat(versioned.status()).isEqualTo(400);
    assertThat(versioned.body()).contains("/apiVersion");
    assertThat(create(Map.of("name", name + "-k", "kind", "other")).status()).isEqualTo(400);
  }

  private Answer create(Map<String, Object> other) {
    Map<String, Object> body =
        new HashMap<>(
            Map.of(
                "name",
                name,
                "kind",
                "anthropic",
                "baseUrl",
                api.url() + "/v1",
                "apiKey",
                "sesame",
                "models",
                List.of("claude-x")));
    body.putAll(other);
    return root.post("/api/providers", body);
  }

  private Answer complete(Map<String, Object> fields) {
    Map<String, Object> body = new HashMap<>(fields);
    body.put("model", name + "/claude-x");
    body.put("messages", List.of(Map.of("role", "user", "content", "weather?")));
    return vera.post("/v1/chat/completions", body);
  }
}
