package io.plumbline.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.http.Headers;
import com.openai.core.http.HttpResponseFor;
import com.openai.core.http.StreamResponse;
import com.openai.errors.BadRequestException;
import com.openai.errors.OpenAIException;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.completions.CompletionUsage;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.plumbline.demo.api.ApiUser;
import io.plumbline.demo.driver.ApplicationDriver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Checks what the client, the trace and the meter show of answers that take long or do not come. A
 * model thinks for {@code -De2e.thinking=300} seconds, and a stream goes on for {@code
 * -De2e.stream=1800}.
 */
@ExtendWith(Platform.class)
@Execution(ExecutionMode.CONCURRENT)
class LongAnswersIT {

  private static final Duration THINKING =
      Duration.ofSeconds(Integer.getInteger("e2e.thinking", 3));
  private static final Duration STREAM = Duration.ofSeconds(Integer.getInteger("e2e.stream", 6));
  private static final int TOKENS = 60;
  private static final int BEFORE_DEATH = 5;
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final Duration HOUR = Duration.ofHours(1);

  private static final String NAME = Platform.uniqueName("long");
  private static final ApiUser ADA = Platform.user("ada");

  private static HttpServer provider;
  private static OpenAIClient client;

  @BeforeAll
  static void connect() throws IOException {
    provider = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    provider.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    provider.createContext("/v1/chat/completions", LongAnswersIT::answer);
    provider.start();
    List<String> models = List.of("thinker", "silent", "talker", "mortal", "small");
    Platform.user("root")
        .post(
            "/api/providers",
            Map.of(
                "name",
                NAME,
                "kind",
                "openai-compatible",
                "baseUrl",
                "http://127.0.0.1:" + provider.getAddress().getPort() + "/v1",
                "deadlineSeconds",
                HOUR.toSeconds(),
                "models",
                models))
        .expect(201);
    price("thinker");
    String key =
        Platform.createKey(NAME, "models", models.stream().map(LongAnswersIT::model).toList())
            .text("/key");
    client =
        OpenAIOkHttpClient.builder()
            .baseUrl(Platform.access().gateway() + "/v1")
            .apiKey(key)
            .maxRetries(0)
            .timeout(HOUR)
            .build();
  }

  @AfterAll
  static void disconnect() {
    provider.stop(0);
  }

  /** Sets the price of a model in euro, with a price of its own for cached input. */
  private static void price(String model) {
    ADA.post(
            "/api/base-models",
            Map.of(
                "name",
                model(model),
                "kind",
                "CHAT",
                "contextWindow",
                128_000,
                "inputPerMillion",
                euro("2"),
                "cachedInputPerMillion",
                euro("0.5"),
                "outputPerMillion",
                euro("8"),
                "licence",
                "The provider's terms"))
        .expect(201);
    ApplicationDriver.approvePrices(Platform.user("ben"), model(model));
  }

  private static Map<String, String> euro(String amount) {
    return Map.of("amount", amount, "currency", "EUR");
  }

  @Test
  void a_model_that_thinks_for_minutes_answers_with_its_usage_and_cost() {
    awaitPrice();
    Answered answered = ask("think");
    CompletionUsage usage = answered.completion().usage().orElseThrow();
    JsonNode trace = trace(answered.traceId());

    assertThat(usage.promptTokensDetails().orElseThrow().cachedTokens()).contains(800L);
    assertThat(usage.completionTokensDetails().orElseThrow().reasoningTokens()).contains(400L);
    assertThat(trace.path("durationMillis").asLong()).isGreaterThan(THINKING.toMillis());
    assertThat(trace.path("status").asString()).isEqualTo("OK");
    assertThat(trace.path("inputTokens").asLong()).isEqualTo(1_000);
    assertThat(trace.path("cachedInputTokens").asLong()).isEqualTo(800);
    assertThat(trace.path("outputTokens").asLong()).isEqualTo(500);
    assertThat(trace.path("reasoningTokens").asLong()).isEqualTo(400);
    // The cost is that of 200 tokens at 2, 800 at 0.5 and 500 at 8 a million.
    assertThat(trace.at("/cost/amount").asDecimal()).isEqualByComparingTo("0.0048");
    assertThat(trace.at("/cost/currency").asString()).isEqualTo("EUR");
    assertThat(metered("thinker", "count(*) FILTER (WHERE currency = 'EUR' AND cost >= 0.0048)"))
        .isPositive();
  }

  @Test
  void a_stream_may_be_silent_for_minutes_before_it_starts() {
    Streamed streamed = stream("silent", "think aloud");
    JsonNode trace = trace(streamed.traceId());

    assertThat(streamed.failure()).isEmpty();
    assertThat(streamed.text()).isEqualTo("word ".repeat(TOKENS));
    assertThat(trace.path("status").asString()).isEqualTo("OK");
    assertThat(trace.path("firstTokenMillis").asLong()).isGreaterThan(THINKING.toMillis());
  }

  @Test
  void a_stream_goes_on_as_long_as_its_connection_allows() {
    Streamed streamed = stream("talker", "talk");
    JsonNode trace = trace(streamed.traceId());

    assertThat(streamed.failure()).isEmpty();
    assertThat(streamed.text()).isEqualTo("word ".repeat(TOKENS));
    assertThat(trace.path("status").asString()).isEqualTo("OK");
    assertThat(trace.path("finishReason").asString()).isEqualTo("stop");
    assertThat(trace.path("durationMillis").asLong()).isGreaterThan(STREAM.toMillis() * 9 / 10);
    assertThat(trace.path("outputTokens").asLong()).isEqualTo(TOKENS);
    assertThat(metered("talker", "requests")).isOne();
    assertThat(metered("talker", "output_tokens")).isEqualTo(TOKENS);
  }

  @Test
  void a_stream_that_dies_ends_with_an_error_and_is_metered_by_what_was_sent() {
    Streamed streamed = stream("mortal", "die");
    JsonNode trace = trace(streamed.traceId());

    assertThat(streamed.failure()).get().asString().contains("stream");
    assertThat(streamed.text()).isEqualTo("word ".repeat(BEFORE_DEATH));
    assertThat(trace.path("status").asString()).isEqualTo("ERROR");
    assertThat(trace.path("error").asString()).isEqualTo("stream_broken");
    assertThat(trace.path("outputTokens").asLong()).isGreaterThanOrEqualTo(BEFORE_DEATH);
    assertThat(metered("mortal", "errors")).isOne();
    assertThat(metered("mortal", "output_tokens")).isGreaterThanOrEqualTo(BEFORE_DEATH);
  }

  /**
   * Checks that nothing is metered for an error of the caller, even when the provider reports it.
   */
  @Test
  void a_conversation_that_is_too_long_is_refused_by_the_providers_code_and_not_metered() {
    BadRequestException refused =
        catchThrowableOfType(
            BadRequestException.class,
            () -> client.chat().completions().create(question("small", "overflow")));

    assertThat(refused.code()).contains("context_length_exceeded");
    JsonNode trace = trace(traceId(refused.headers()));
    assertThat(trace.path("status").asString()).isEqualTo("REFUSED");
    assertThat(trace.path("error").asString()).isEqualTo("context_length_exceeded");
    assertThat(metered("small", "requests")).isZero();
  }

  private static String model(String model) {
    return NAME + "/" + model;
  }

  private static ChatCompletionCreateParams question(String model, String text) {
    return ChatCompletionCreateParams.builder().model(model(model)).addUserMessage(text).build();
  }

  private record Answered(ChatCompletion completion, String traceId) {}

  private static Answered ask(String text) {
    try (HttpResponseFor<ChatCompletion> answer =
        client.chat().completions().withRawResponse().create(question("thinker", text))) {
      return new Answered(answer.parse(), traceId(answer.headers()));
    }
  }

  /**
   * A stream as the client saw it.
   *
   * @param failure the failure in the words of the client; absent after the stream's end
   */
  private record Streamed(String text, Optional<String> failure, String traceId) {}

  private static Streamed stream(String model, String text) {
    StringBuilder seen = new StringBuilder();
    try (HttpResponseFor<StreamResponse<ChatCompletionChunk>> answer =
            client.chat().completions().withRawResponse().createStreaming(question(model, text));
        StreamResponse<ChatCompletionChunk> stream = answer.parse()) {
      Optional<String> failure = Optional.empty();
      try {
        stream.stream().forEach(chunk -> seen.append(content(chunk)));
      } catch (OpenAIException e) {
        failure = Optional.of(e.toString());
      }
      return new Streamed(seen.toString(), failure, traceId(answer.headers()));
    }
  }

  private static String traceId(Headers headers) {
    return headers.values("x-plumbline-trace").getFirst();
  }

  /** Waits for the price, which arrives by an event of another service. */
  private static void awaitPrice() {
    await().atMost(SOON).until(() -> trace(ask("now").traceId()).path("cost").has("amount"));
  }

  private static String content(ChatCompletionChunk chunk) {
    return chunk.choices().stream()
        .flatMap(choice -> choice.delta().content().stream())
        .collect(Collectors.joining());
  }

  private static JsonNode trace(String id) {
    return ADA.await("the trace", SOON, "/api/traces/" + id, found -> found.has("trace"))
        .path("trace");
  }

  private static long metered(String model, String column) {
    String sum = column.contains("(") ? column : "coalesce(sum(" + column + "), 0)";
    try (ServiceDatabase database = ServiceDatabase.asSuperuser("inference")) {
      return database.number(
          "SELECT " + sum + " FROM usage_minute WHERE model = '" + model(model) + "'");
    }
  }

  private static void answer(HttpExchange exchange) throws IOException {
    JsonNode request = JsonMapper.shared().readTree(exchange.getRequestBody().readAllBytes());
    switch (request.at("/messages/0/content").asString()) {
      case "think" -> {
        sleep(THINKING);
        reply(exchange, 200, completion());
      }
      case "think aloud" -> {
        exchange.sendResponseHeaders(200, 0);
        sleep(THINKING);
        stream(exchange, Duration.ZERO);
      }
      case "talk" -> {
        exchange.sendResponseHeaders(200, 0);
        stream(exchange, STREAM.dividedBy(TOKENS));
      }
      case "die" -> {
        exchange.sendResponseHeaders(200, 0);
        for (int i = 0; i < BEFORE_DEATH; i++) {
          event(exchange, chunk("{\"content\":\"word \"}", null));
        }
        exchange.close();
      }
      case "overflow" ->
          reply(
              exchange,
              400,
              """
              {"error":{"message":"This model reads at most 8192 tokens","type":\
              "invalid_request_error","param":"messages","code":"context_length_exceeded"}}\
              """);
      default -> reply(exchange, 200, completion());
    }
  }

  private static String completion() {
    return """
    {"id":"x","object":"chat.completion","created":1,"model":"m","choices":[{"index":0,\
    "message":{"role":"assistant","content":"42"},"finish_reason":"stop"}],"usage":{\
    "prompt_tokens":1000,"prompt_tokens_details":{"cached_tokens":800},"completion_tokens":500,\
    "completion_tokens_details":{"reasoning_tokens":400},"total_tokens":1500}}\
    """;
  }

  private static void stream(HttpExchange exchange, Duration pause) throws IOException {
    for (int i = 0; i < TOKENS; i++) {
      sleep(pause);
      event(exchange, chunk("{\"content\":\"word \"}", null));
    }
    event(exchange, chunk("{}", "stop"));
    event(
        exchange,
        """
        {"id":"x","object":"chat.completion.chunk","created":1,"model":"m","choices":[],"usage":{\
        "prompt_tokens":7,"completion_tokens":%d,"total_tokens":%d}}\
        """
            .formatted(TOKENS, TOKENS + 7));
    event(exchange, "[DONE]");
    exchange.close();
  }

  private static String chunk(String delta, @Nullable String finishReason) {
    return """
    {"id":"x","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,\
    "delta":%s,"finish_reason":%s}]}\
    """
        .formatted(delta, finishReason == null ? "null" : "\"" + finishReason + "\"");
  }

  private static void event(HttpExchange exchange, String data) throws IOException {
    exchange.getResponseBody().write(("data: " + data + "\n\n").getBytes(StandardCharsets.UTF_8));
    exchange.getResponseBody().flush();
  }

  private static void reply(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private static void sleep(Duration time) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
