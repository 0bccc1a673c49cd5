package io.plumbline.inference.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpServer;
import io.plumbline.inference.provider.AllowedAddressResolver.RefusedAddress;
import io.plumbline.inference.provider.protocol.Protocol;
import io.plumbline.inference.provider.protocol.UpstreamOperation;
import io.plumbline.inference.provider.proxy.ProxySettings;
import io.plumbline.sensitivedata.SensitiveDataSettings;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.mock.env.MockEnvironment;
import tools.jackson.databind.json.JsonMapper;

/** Tests calls through a proxy that really connects its callers to servers. */
class ProviderProxyTests {

  private static final String COMPLETION =
      "{\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"hello\"}}]}";
  private static final String UNKNOWN_HERE = "api.models.example";

  private final JsonMapper json = JsonMapper.builder().build();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<String> headers = Collections.synchronizedList(new ArrayList<>());
  private HttpServer server;
  private ConnectProxy proxy;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext(
        "/",
        exchange -> {
          headers.addAll(exchange.getRequestHeaders().keySet());
          byte[] bytes = COMPLETION.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    server.start();
    proxy = new ConnectProxy();
    proxy.know(UNKNOWN_HERE, port());
  }

  @AfterEach
  void stop() throws IOException {
    proxy.close();
    server.stop(0);
    threads.close();
  }

  private int port() {
    return server.getAddress().getPort();
  }

  private ProxySettings through(String... noProxy) {
    return new ProxySettings(proxy.url(), "", "", List.of(noProxy));
  }

  @Test
  void a_call_reaches_its_server_through_a_tunnel() throws Exception {
    try (Called called = new Called("127.0.0.1", through())) {
      assertThat(called.post()).isEqualTo(COMPLETION);
      assertThat(called.post()).isEqualTo(COMPLETION);
    }

    assertThat(proxy.requested()).as("one tunnel for both").containsExactly("127.0.0.1:" + port());
  }

  @Test
  void a_name_that_only_the_proxy_can_resolve_is_called() throws Exception {
    try (Called called = new Called(UNKNOWN_HERE, through())) {
      assertThat(called.post()).isEqualTo(COMPLETION);
    }

    assertThat(proxy.requested()).containsExactly(UNKNOWN_HERE + ":" + port());
  }

  @Test
  void hosts_without_the_proxy_are_called_directly() throws Exception {
    try (Called called = new Called("127.0.0.1", through(".models.svc", "127.0.0.1"))) {
      assertThat(called.post()).isEqualTo(COMPLETION);
    }

    assertThat(proxy.requested()).isEmpty();
  }

  @Test
  void a_stream_is_read_as_it_arrives() throws Exception {
    CountDownLatch firstWasRead = new CountDownLatch(1);
    server.removeContext("/");
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          OutputStream body = exchange.getResponseBody();
          body.write(event("first"));
          body.flush();
          await(firstWasRead);
          body.write(event("second"));
          exchange.close();
        });

    try (Called called = new Called("127.0.0.1", through());
        UpstreamResponse stream =
            called.client.openAnswerStream(
                called.model,
                UpstreamOperation.CHAT,
                json.createObjectNode(),
                Duration.ofSeconds(30))) {
      assertThat(stream.readLine()).contains("first");
      firstWasRead.countDown();
      assertThat(stream.readLine()).isEmpty();
      assertThat(stream.readLine()).contains("second");
    }
  }

  private static byte[] event(String text) {
    return ("data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"" + text + "\"}}]}\n\n")
        .getBytes(StandardCharsets.UTF_8);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void user_and_password_are_shown_to_the_proxy_alone() throws Exception {
    proxy.require("inference", "s3cret");

    try (Called called =
        new Called("127.0.0.1", new ProxySettings(proxy.url(), "inference", "s3cret", List.of()))) {
      assertThat(called.post()).isEqualTo(COMPLETION);
    }

    assertThat(headers).isNotEmpty().doesNotContain("Proxy-authorization", "Authorization");
  }

  @Test
  void a_wrong_password_is_said_to_be_that_without_repeating_it() throws Exception {
    proxy.require("inference", "s3cret");

    try (Called called =
        new Called("127.0.0.1", new ProxySettings(proxy.url(), "mallory", "guess", List.of()))) {
      assertThat(called.failure())
          .returns("provider_proxy", UpstreamException::code)
          .returns(502, UpstreamException::status)
          .returns(UpstreamException.Kind.REFUSED, UpstreamException::kind)
          .hasMessage(
              "The proxy for calls of providers rejects the sign-in of inference, so provider"
                  + " 'acme' was not called: the operator checks plumbline.providers.proxy.user and"
                  + " password, and whether the proxy takes Basic or Digest.");
    }
    assertThat(headers).isEmpty();
  }

  /** A refusal by the proxy must not be taken for the provider's, such as one of the API key. */
  @Test
  void a_connection_that_the_proxy_refuses_is_its_refusal() throws Exception {
    proxy.refuse(403);

    try (Called called = new Called("127.0.0.1", through())) {
      assertThat(called.failure())
          .returns("provider_proxy", UpstreamException::code)
          .returns(UpstreamException.Kind.REFUSED, UpstreamException::kind)
          .hasMessage(
              "The proxy for calls of providers refuses to connect to provider 'acme' (its status"
                  + " 403): the operator has host and port allowed there.");
    }
  }

  @Test
  void a_provider_that_the_proxy_does_not_reach_is_unreachable() throws Exception {
    proxy.refuse(503);

    try (Called called = new Called("127.0.0.1", through())) {
      assertThat(called.failure())
          .returns("provider_unreachable", UpstreamException::code)
          .returns(UpstreamException.Kind.UNREACHABLE, UpstreamException::kind);
    }
  }

  @Test
  void a_proxy_that_is_away_is_named() throws Exception {
    URI nobody;
    try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      nobody = URI.create("http://127.0.0.1:" + closed.getLocalPort());
    }

    try (Called called = new Called("127.0.0.1", new ProxySettings(nobody, "", "", List.of()))) {
      assertThat(called.failure())
          .returns("provider_proxy", UpstreamException::code)
          .hasMessageStartingWith("The proxy for calls of providers could not be reached");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "10.20.0.7",
        "192.168.1.1",
        "169.254.169.254",
        "[::1]",
        "[::ffff:169.254.169.254]",
        "[fd12:3456::1]",
        "2852039166",
        "localhost",
        "localhost.",
        "0x7f.1",
        "0x7f000001",
        "0177.0.0.1",
        "metadata",
        "metadata.google.internal",
        "kubernetes.default.svc",
        "vault.cluster.local",
        "unknown.corp",
      })
  void a_host_that_may_not_be_called_is_not_sent_to_the_proxy(String host) throws Exception {
    try (Called called = new Called(host, settings(List.of(), through()))) {
      assertThat(called.failure())
          .returns("provider_address", UpstreamException::code)
          .returns(422, UpstreamException::status);
    }

    assertThat(proxy.requested()).isEmpty();
  }

  @Test
  void the_settings_are_read_from_variables() {
    StandardEnvironment environment = new StandardEnvironment();
    environment
        .getPropertySources()
        .addFirst(
            new SystemEnvironmentPropertySource(
                "test-systemEnvironment",
                Map.of(
                    "PLUMBLINE_PROVIDERS_PROXY_URL", "http://proxy.example:3128",
                    "PLUMBLINE_PROVIDERS_PROXY_USER", "inference",
                    "PLUMBLINE_PROVIDERS_PROXY_PASSWORD", "s3cret",
                    "PLUMBLINE_PROVIDERS_PROXY_NO_PROXY", "vllm.models.svc,.company.example")));

    ProviderSettings read =
        Binder.get(environment).bind("plumbline.providers", ProviderSettings.class).get();

    assertThat(read.proxy())
        .isEqualTo(
            new ProxySettings(
                URI.create("http://proxy.example:3128"),
                "inference",
                "s3cret",
                List.of("vllm.models.svc", ".company.example")));
    assertThat(read.toString()).doesNotContain("s3cret");
  }

  @Test
  void a_host_that_is_called_directly_must_resolve_here() {
    AllowedAddressResolver addresses = addresses(settings(through(UNKNOWN_HERE)));

    assertThatThrownBy(() -> addresses.check(UNKNOWN_HERE, 443))
        .isInstanceOf(UnknownHostException.class)
        .isNotInstanceOf(RefusedAddress.class);
  }

  @Test
  void the_proxys_own_address_is_no_provider() {
    AllowedAddressResolver addresses =
        addresses(
            settings(new ProxySettings(URI.create("http://10.0.0.9:3128"), "", "", List.of())));

    assertThatThrownBy(() -> addresses.check("10.0.0.9", 3128)).isInstanceOf(RefusedAddress.class);
    assertThatThrownBy(() -> addresses.resolve("10.0.0.9", 3128))
        .isInstanceOf(RefusedAddress.class);
  }

  private static ProviderSettings settings(ProxySettings proxy) {
    return settings(List.of("127.0.0.1"), proxy);
  }

  private static ProviderSettings settings(List<String> allowedNetworks, ProxySettings proxy) {
    Duration seconds = Duration.ofSeconds(5);
    return new ProviderSettings(
        List.of(), allowedNetworks, List.of(), seconds, seconds, 0, 8, 10, "", proxy);
  }

  private static AllowedAddressResolver addresses(ProviderSettings settings) {
    return new AllowedAddressResolver(settings, new PlatformPorts(new MockEnvironment()));
  }

  /** A client of one model, whose server is at a host and the port of the test's server. */
  private final class Called implements AutoCloseable {

    private final ProviderClient client;
    private final ProviderModel model;

    Called(String host, ProxySettings proxy) {
      this(host, settings(proxy));
    }

    Called(String host, ProviderSettings settings) {
      Endpoint endpoint =
          new Endpoint(
              Protocol.OPENAI,
              URI.create("http://" + host + ":" + port()),
              null,
              Duration.ofSeconds(30));
      model =
          new ProviderModel(
              new Connection(new UUID(0, 1), endpoint.digest("acme"), "acme", endpoint, null), "m");
      client =
          new ProviderClient(
              settings,
              new UpstreamPolicies(settings, Duration.ofMillis(1), Clock.systemUTC(), () -> true),
              addresses(settings),
              new TrustedCertificates(settings),
              new SecretBox(settings),
              new ProviderMessages(new SensitiveDataSettings(List.of("US"), List.of())),
              json,
              Clock.systemUTC());
    }

    String post() {
      return client.post(model, UpstreamOperation.CHAT, json.createObjectNode()).toString();
    }

    UpstreamException failure() {
      return catchThrowableOfType(
          UpstreamException.class,
          () -> client.post(model, UpstreamOperation.CHAT, json.createObjectNode()));
    }

    @Override
    public void close() throws IOException {
      client.close();
    }
  }
}
