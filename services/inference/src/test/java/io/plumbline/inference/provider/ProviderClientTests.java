package io.plumbline.inference.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.plumbline.inference.provider.protocol.Protocol;
import io.plumbline.inference.provider.protocol.UpstreamOperation;
import io.plumbline.sensitivedata.SensitiveDataSettings;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.env.MockEnvironment;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Tests the client against a server whose answers each test sets. */
class ProviderClientTests {

  private static final String COMPLETION =
      "{\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"hello\"}}]}";

  private final JsonMapper json = JsonMapper.builder().build();
  private final AtomicInteger calls = new AtomicInteger();
  private final CountDownLatch ended = new CountDownLatch(1);
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private HttpServer server;
  private ProviderClient client;
  private URI url = URI.create("");
  private ProviderModel model;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.start();
    url = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    create(Duration.ofSeconds(30), Duration.ofSeconds(30));
  }

  @AfterEach
  void stop() throws IOException {
    ended.countDown();
    client.close();
    server.stop(0);
    threads.close();
  }

  @Test
  void a_generation_that_timed_out_is_not_bought_again() {
    create(Duration.ofSeconds(30), Duration.ofMillis(300));
    server.createContext("/", exchange -> hold());

    UpstreamException timedOut = failure();

    assertThat(timedOut.status()).isEqualTo(504);
    assertThat(calls).hasValue(1);
  }

  @Test
  void a_call_that_is_over_leaves_no_deadline_behind() {
    answer(200, COMPLETION);
    for (int i = 0; i < 3; i++) {
      client.post(model, UpstreamOperation.CHAT, json.createObjectNode());
    }

    assertThat(client.pendingDeadlines()).isZero();
  }

  @Test
  void a_slow_model_is_not_called_for_a_while() {
    create(Duration.ofSeconds(30), Duration.ofMillis(300));
    server.createContext("/", exchange -> hold());
    for (int i = 0; i < UpstreamPolicies.FAILURES; i++) {
      assertThat(failure().code()).isEqualTo("provider_timeout");
    }

    assertThat(failure().code()).isEqualTo("provider_unavailable");
  }

  @Test
  void a_model_whose_answers_stop_in_the_middle_is_not_called_for_a_while() {
    create(Duration.ofSeconds(30), Duration.ofMillis(300));
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          exchange.getResponseBody().write('{');
          exchange.getResponseBody().flush();
          hold();
        });
    for (int i = 0; i < UpstreamPolicies.FAILURES; i++) {
      assertThat(failure().code()).isEqualTo("provider_timeout");
    }

    assertThat(failure().code()).isEqualTo("provider_unavailable");
  }

  @Test
  void a_call_ends_at_its_deadline_though_bytes_arrive() {
    create(Duration.ofSeconds(30), Duration.ofSeconds(1));
    server.createContext("/", this::drip);

    assertThat(failure().code()).isEqualTo("provider_timeout");
    assertThat(calls).hasValueLessThan(2);
  }

  @Test
  void a_model_that_thinks_before_it_answers_may_be_silent_until_its_deadline() {
    create(Duration.ofMillis(50), Duration.ofSeconds(30));
    server.createContext(
        "/",
        exchange -> {
          sleep(400);
          reply(exchange, 200, COMPLETION);
        });

    assertThat(post()).isEqualTo(json.readTree(COMPLETION));
  }

  @Test
  void a_stream_may_be_silent_until_it_begins_and_for_the_idle_time_after_that()
      throws IOException {
    create(Duration.ofMillis(50), Duration.ofSeconds(30));
    server.createContext(
        "/",
        exchange -> {
          sleep(400);
          exchange.sendResponseHeaders(200, 0);
          exchange.getResponseBody().write("data: {}\n\n".getBytes(StandardCharsets.UTF_8));
          exchange.getResponseBody().flush();
          hold();
        });

    try (UpstreamResponse stream =
            client.openAnswerStream(
                model,
                UpstreamOperation.CHAT,
                json.createObjectNode().put("stream", true),
                model.deadline());
        UpstreamEvents events = new UpstreamEvents(stream)) {
      assertThat(next(events)).isEqualTo(new UpstreamEvents.Event("{}"));
      assertThat(next(events))
          .isInstanceOfSatisfying(
              UpstreamEvents.Broken.class,
              broken -> assertThat(broken.cause()).isInstanceOf(SocketTimeoutException.class));
    }
  }

  private static UpstreamEvents.Next next(UpstreamEvents events) throws IOException {
    UpstreamEvents.Next next = events.next();
    while (next instanceof UpstreamEvents.Silence) {
      next = events.next();
    }
    return next;
  }

  @ParameterizedTest
  @CsvSource({"401", "403", "302", "307", "404", "400"})
  void refusals_are_neither_retried_nor_counted(int status) {
    answer(status, "{}");
    for (int i = 0; i < 2 * UpstreamPolicies.FAILURES; i++) {
      assertThat(failure().code()).isNotEqualTo("provider_unavailable");
    }

    assertThat(calls).hasValue(2 * UpstreamPolicies.FAILURES);
  }

  @ParameterizedTest
  @CsvSource({
    "400, context_length_exceeded",
    "404, model_not_found",
    "422, unprocessable",
    "429, insufficient_quota",
    "429, tokens_per_minute"
  })
  void status_and_code_of_a_refusal_pass_through(int status, String code) {
    answer(status, "{\"error\":{\"message\":\"too long\",\"code\":\"" + code + "\"}}");

    UpstreamException refused = failure();

    assertThat(refused.status()).isEqualTo(status);
    assertThat(refused.code()).isEqualTo(code);
  }

  @Test
  void a_call_that_finds_nothing_at_a_base_url_without_a_version_says_what_is_missing() {
    answer(404, "{\"error\":{\"message\":\"not found: /chat/completions\"}}");

    assertThat(failure())
        .hasMessage(
            "Provider 'acme' refuses the request: not found: /chat/completions (its base URL lacks"
                + " /v1, below which such servers usually answer: an administrator tests the"
                + " connection, which shows the address to use)");

    url = URI.create(url + "/v1");
    create(Duration.ofSeconds(30), Duration.ofSeconds(30));
    assertThat(failure())
        .hasMessage("Provider 'acme' refuses the request: not found: /chat/completions");
  }

  /** Tries the messages of vLLM and llama.cpp, whose codes are the status. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "This model's maximum context length is 16384 tokens. However, you requested 122946"
            + " tokens.",
        "'max_tokens' is too large: 8000. This model's maximum context length is 4096 tokens.",
        "the request exceeds the available context size. try increasing the context size"
      })
  void a_request_that_is_too_long_has_openais_code(String message) {
    answer(400, "{\"error\":{\"message\":\"" + message + "\",\"code\":400}}");

    assertThat(failure().code()).isEqualTo("context_length_exceeded");
  }

  @ParameterizedTest
  @ValueSource(strings = {"404", "\"404\"", "null", "\"a b\"", "{}"})
  void a_code_that_is_no_name_is_not_passed_on(String code) {
    answer(404, "{\"error\":{\"message\":\"no such model\",\"code\":" + code + "}}");

    UpstreamException refused = failure();

    assertThat(refused.code()).isEqualTo("model_not_found");
    assertThat(refused).hasMessageContaining("no such model");
  }

  /**
   * Tries the errors of OpenAI, of Google's streams, of vLLM before 0.11, of its web framework, and
   * a bare text.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"error\":{\"message\":\"too long\",\"code\":400}}",
        "[{\"error\":{\"message\":\"too long\"}}]",
        "{\"object\":\"error\",\"message\":\"too long\",\"type\":\"BadRequestError\",\"code\":400}",
        "{\"detail\":\"too long\"}",
        "{\"detail\":[{\"loc\":[\"body\"],\"msg\":\"too long\"}]}",
        "{\"error\":\"too long\"}"
      })
  void the_words_of_a_refusal_are_found_in_every_shape(String body) {
    answer(400, body);

    assertThat(failure()).hasMessage("Provider 'acme' refuses the request: too long");
  }

  @ParameterizedTest
  @CsvSource({
    "500, Provider 'acme' answered with status 500. It says: CUDA out of memory",
    "503, Provider 'acme' is not available at the moment; try again later. It says: CUDA out of"
        + " memory",
    "429, Provider 'acme' limits the rate of requests; try again later. It says: CUDA out of memory"
  })
  void a_failed_call_carries_the_servers_own_words(int status, String message) {
    answer(status, "{\"error\":{\"message\":\"CUDA out of\\nmemory\"}}");

    UpstreamException failed = failure();

    assertThat(failed).hasMessage(message);
    assertThat(failed.providerMessage()).isEqualTo("CUDA out of memory");
  }

  /** Hides such messages, since they may quote a part of the key. */
  @ParameterizedTest
  @CsvSource({
    "401, ''",
    "403, ''",
    "400, '\"code\":\"invalid_api_key\",'",
    "200, '\"code\":\"invalid_api_key\",'",
    "200, '\"type\":\"authentication_error\",'"
  })
  void what_a_server_says_of_a_key_is_left_out(int status, String code) {
    answer(status, "{\"error\":{%s\"message\":\"The key ses****ame is wrong\"}}".formatted(code));

    UpstreamException failed = failure();

    assertThat(failed.providerMessage()).isNull();
    assertThat(failed.getMessage()).doesNotContain("ses****ame");
  }

  @Test
  void a_server_that_wants_a_key_says_so_where_none_is_stored() {
    answer(401, "{\"error\":\"Unauthorized\"}");

    assertThat(failure())
        .hasMessage(
            "Provider 'acme' wants an API key, and none is stored for it: an administrator stores"
                + " one by PUT /api/providers/acme/api-key.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"hello\":\"world\"}",
        "{\"choices\":[]}",
        "{\"choices\":[{\"index\":0}]}",
        "[]",
        "<html></html>",
        ""
      })
  void an_answer_that_is_no_completion_is_a_failure_of_the_model(String body) {
    answer(200, body);
    for (int i = 0; i < UpstreamPolicies.FAILURES; i++) {
      assertThat(failure().code()).isEqualTo("provider_malformed");
    }

    assertThat(failure().code()).isEqualTo("provider_unavailable");
    assertThat(calls).hasValue(UpstreamPolicies.FAILURES);
  }

  @Test
  void an_error_that_comes_as_an_answer_is_one() {
    answer(200, "{\"error\":{\"message\":\"no capacity\",\"code\":\"overloaded\"}}");

    UpstreamException failed = failure();

    assertThat(failed.status()).isEqualTo(502);
    assertThat(failed.code()).isEqualTo("overloaded");
    assertThat(failed).hasMessageContaining("no capacity");
  }

  /** Expects 400, because a client would retry a request that fails with 502. */
  @ParameterizedTest
  @ValueSource(ints = {200, 400})
  void a_request_that_is_too_long_is_refused_with_whatever_status_the_provider_says_so(int status) {
    answer(status, "{\"error\":{\"message\":\"too long\",\"code\":\"context_length_exceeded\"}}");

    UpstreamException refused = failure();

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused).hasMessage("Provider 'acme' refuses the request: too long");
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 400})
  void that_a_request_is_too_long_does_not_count_against_the_model(int status) {
    answer(status, "{\"error\":{\"message\":\"too long\",\"code\":\"context_length_exceeded\"}}");
    for (int i = 0; i < 2 * UpstreamPolicies.FAILURES; i++) {
      assertThat(failure().code()).isEqualTo("context_length_exceeded");
    }

    assertThat(calls).hasValue(2 * UpstreamPolicies.FAILURES);
  }

  /** Such a body would take 240 MB. */
  @Test
  void an_answer_of_too_many_values_is_read_no_further() {
    answer(200, "{\"x\":[" + "{},".repeat(3_000_000) + "{}]}");

    UpstreamException failure = failure();

    assertThat(failure.status()).isEqualTo(502);
    assertThat(failure.code()).isEqualTo("provider_answer_too_long");
    assertThat(failure).hasMessageContaining("has too many values: ask for less at once");
  }

  /** Such a body of 4 MB would take 90 MB, though it has fewer than a million values. */
  @Test
  void an_answer_whose_values_take_too_much_memory_is_read_no_further() {
    answer(
        200,
        IntStream.range(0, 140_000)
            .mapToObj(i -> "{\"a%06d\":{\"b%06d\":0}}".formatted(i, i))
            .collect(Collectors.joining(",", "{\"x\":[", "]}")));

    assertThat(failure().code()).isEqualTo("provider_answer_too_long");
  }

  /** Tries the answer of 4,000 tokens with 20 alternatives each, which has 860,000 values. */
  @Test
  void the_log_probabilities_of_a_long_answer_are_read() {
    String token = "{\"token\":\" word\",\"logprob\":-12.3456,\"bytes\":null";
    String other = token + "}";
    String said =
        token + ",\"top_logprobs\":[" + String.join(",", Collections.nCopies(20, other)) + "]}";
    String completion =
        COMPLETION.replace(
            "}}]}",
            "},\"logprobs\":{\"content\":["
                + String.join(",", Collections.nCopies(4_000, said))
                + "]}}]}");
    answer(200, completion);

    assertThat(post().at("/choices/0/logprobs/content")).hasSize(4_000);
  }

  @Test
  void a_completion_is_passed_on() {
    answer(200, COMPLETION);

    assertThat(post()).isEqualTo(json.readTree(COMPLETION));
  }

  private void create(Duration idle, Duration deadline) {
    Endpoint endpoint = new Endpoint(Protocol.OPENAI, url, null, deadline);
    model =
        new ProviderModel(
            new Connection(new UUID(0, 1), endpoint.digest("acme"), "acme", endpoint, null), "m");
    ProviderSettings settings =
        new ProviderSettings(
            List.of(),
            List.of("127.0.0.0/8"),
            List.of(),
            Duration.ofSeconds(1),
            idle,
            2,
            8,
            10,
            "",
            null);
    client =
        new ProviderClient(
            settings,
            new UpstreamPolicies(settings, Duration.ofMillis(1), Clock.systemUTC(), () -> true),
            new AllowedAddressResolver(settings, new PlatformPorts(new MockEnvironment())),
            new TrustedCertificates(settings),
            new SecretBox(settings),
            new ProviderMessages(new SensitiveDataSettings(List.of("US"), List.of())),
            json,
            Clock.systemUTC());
  }

  private void answer(int status, String body) {
    server.createContext(
        "/",
        exchange -> {
          calls.incrementAndGet();
          reply(exchange, status, body);
        });
  }

  private static void reply(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Location", "/elsewhere");
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private static void sleep(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void hold() {
    calls.incrementAndGet();
    try {
      ended.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void drip(HttpExchange exchange) throws IOException {
    calls.incrementAndGet();
    exchange.sendResponseHeaders(200, 0);
    try (OutputStream out = exchange.getResponseBody()) {
      while (!ended.await(20, TimeUnit.MILLISECONDS)) {
        out.write(' ');
        out.flush();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private ObjectNode post() {
    return client.post(model, UpstreamOperation.CHAT, json.createObjectNode());
  }

  private UpstreamException failure() {
    return catchThrowableOfType(UpstreamException.class, this::post);
  }
}
