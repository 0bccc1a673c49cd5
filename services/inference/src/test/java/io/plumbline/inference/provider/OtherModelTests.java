package io.plumbline.inference.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.plumbline.inference.provider.protocol.UpstreamOperation;
import io.plumbline.sensitivedata.SensitiveDataSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.env.MockEnvironment;
import tools.jackson.databind.json.JsonMapper;

/** Tests for which failures of a provider another model may answer. */
class OtherModelTests {

  private static final Duration LONG = Duration.ofSeconds(30);

  private final JsonMapper json = JsonMapper.builder().build();
  private final CountDownLatch ended = new CountDownLatch(1);
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private HttpServer server;
  private ProviderClient client;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.start();
    client = client(256);
  }

  @AfterEach
  void stop() throws IOException {
    ended.countDown();
    client.close();
    server.stop(0);
    threads.close();
  }

  @ParameterizedTest
  @CsvSource({"429,{}", "503,{}", "500,{}", "502,{}", "504,{}"})
  void a_status_that_says_nothing_about_the_request(int status, String body) {
    answer(status, body);

    assertThat(failure(model(LONG), LONG).isRetryableElsewhere()).isTrue();
  }

  @Test
  void a_quota_that_is_used_up() {
    answer(429, "{\"error\":{\"code\":\"insufficient_quota\"}}");

    assertThat(failure(model(LONG), LONG).isRetryableElsewhere()).isTrue();
  }

  @Test
  void a_refused_connection() throws IOException {
    int port;
    try (ServerSocket unused = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = unused.getLocalPort();
    }

    assertThat(failure(model(port, LONG), LONG).isRetryableElsewhere()).isTrue();
  }

  @Test
  void the_deadline_of_the_connection() {
    server.createContext("/", exchange -> hold());

    UpstreamException late = failure(model(Duration.ofMillis(200)), LONG);

    assertThat(late.code()).isEqualTo("provider_timeout");
    assertThat(late.isRetryableElsewhere()).isTrue();
  }

  @Test
  void the_time_that_the_whole_chain_has_left() {
    server.createContext("/", exchange -> hold());

    assertThat(failure(model(LONG), Duration.ofMillis(200)).code()).isEqualTo("provider_timeout");
  }

  @Test
  void a_connection_that_is_closed_without_an_answer() {
    server.createContext("/", HttpExchange::close);

    UpstreamException broken = failure(model(LONG), LONG);

    assertThat(broken.code()).isEqualTo("provider_unreachable");
    assertThat(broken.isRetryableElsewhere()).isTrue();
  }

  @Test
  void a_model_that_is_not_called_for_a_while() {
    answer(500, "{}");
    ProviderModel model = model(LONG);
    for (int i = 0; i < UpstreamPolicies.FAILURES; i++) {
      assertThat(failure(model, LONG).code()).isEqualTo("provider_failed");
    }

    UpstreamException open = failure(model, LONG);

    assertThat(open.code()).isEqualTo("provider_unavailable");
    assertThat(open.isRetryableElsewhere()).isTrue();
  }

  @Test
  void a_model_that_is_called_too_often_at_once() throws IOException {
    client.close();
    client = client(1);
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          exchange.getResponseBody().flush();
          hold();
        });
    ProviderModel model = model(LONG);

    try (UpstreamResponse _ =
        client.openAnswerStream(model, UpstreamOperation.CHAT, json.createObjectNode(), LONG)) {
      UpstreamException busy = failure(model, LONG);
      assertThat(busy.code()).isEqualTo("provider_busy");
      assertThat(busy.isRetryableElsewhere()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 403, 404, 408, 413, 422, 301})
  void no_other_model_is_asked_for_what_may_be_the_requests_fault(int status) {
    answer(status, "{}");

    assertThat(failure(model(LONG), LONG).isRetryableElsewhere()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{\"hello\":\"world\"}", "", "{\"error\":{\"message\":\"content filter\"}}"})
  void nor_for_an_answer_that_is_none(String body) {
    answer(200, body);

    assertThat(failure(model(LONG), LONG).isRetryableElsewhere()).isFalse();
  }

  private ProviderClient client(int concurrent) {
    ProviderSettings settings =
        new ProviderSettings(
            List.of(), List.of("127.0.0.0/8"), List.of(), LONG, LONG, 1, concurrent, 10, "", null);
    return new ProviderClient(
        settings,
        new UpstreamPolicies(settings, Duration.ofMillis(1), Clock.systemUTC(), () -> true),
        new AllowedAddressResolver(settings, new PlatformPorts(new MockEnvironment())),
        new TrustedCertificates(settings),
        new SecretBox(settings),
        new ProviderMessages(new SensitiveDataSettings(List.of("US"), List.of())),
        json,
        Clock.systemUTC());
  }

  private ProviderModel model(Duration deadline) {
    return model(server.getAddress().getPort(), deadline);
  }

  private static ProviderModel model(int port, Duration deadline) {
    Endpoint endpoint =
        new Endpoint("openai-compatible", URI.create("http://127.0.0.1:" + port), null, deadline);
    return new ProviderModel(
        new Connection(UUID.randomUUID(), endpoint.digest("acme"), "acme", endpoint, null), "m");
  }

  private UpstreamException failure(ProviderModel model, Duration limit) {
    return catchThrowableOfType(
        UpstreamException.class,
        () -> client.post(model, UpstreamOperation.CHAT, json.createObjectNode(), limit));
  }

  private void answer(int status, String body) {
    server.createContext(
        "/",
        exchange -> {
          byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
  }

  private void hold() {
    try {
      ended.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
