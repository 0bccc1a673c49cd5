package io.plumbline.inference.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.plumbline.inference.provider.protocol.Protocol;
import io.plumbline.inference.provider.protocol.UpstreamOperation;
import io.plumbline.inference.provider.proxy.ProxySettings;
import io.plumbline.sensitivedata.SensitiveDataSettings;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.mock.env.MockEnvironment;
import tools.jackson.databind.json.JsonMapper;

/** Tests servers whose certificate no authority knows, as inside a company. */
class ProviderTlsTests {

  private static final char[] PASSWORD = "changeit".toCharArray();
  private static final String UNKNOWN_HERE = "api.models.example";
  private static final String COMPLETION =
      "{\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"hello\"}}]}";

  @TempDir private static Path folder;

  private final JsonMapper json = JsonMapper.builder().build();
  private @Nullable HttpsServer server;

  /**
   * Makes a certificate for the address 127.0.0.1 and for a name that nobody here can resolve, and
   * not for the name localhost.
   */
  @BeforeAll
  static void certify() throws Exception {
    keytool(
        "-genkeypair",
        "-keyalg",
        "EC",
        "-dname",
        "CN=vllm",
        "-ext",
        "SAN=IP:127.0.0.1,DNS:" + UNKNOWN_HERE);
    keytool("-exportcert", "-rfc", "-file", pem().toString());
  }

  private static void keytool(String... arguments) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
    command.addAll(List.of(arguments));
    command.addAll(
        List.of("-alias", "vllm", "-keystore", store().toString(), "-storepass", "changeit"));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("keytool.log").toFile())
            .start();
    assertThat(process.waitFor()).as(Files.readString(folder.resolve("keytool.log"))).isZero();
  }

  private static Path store() {
    return folder.resolve("server.p12");
  }

  private static Path pem() {
    return folder.resolve("company.pem");
  }

  @AfterEach
  void stop() {
    if (server != null) {
      server.stop(0);
    }
  }

  private int port() {
    return Objects.requireNonNull(server).getAddress().getPort();
  }

  @Test
  void a_server_with_a_certificate_of_the_operators_authority_is_called() throws Exception {
    startTls();

    try (Called called = new Called("https://127.0.0.1", trusting(), port())) {
      assertThat(called.client.post(called.model, UpstreamOperation.CHAT, json.createObjectNode()))
          .isEqualTo(json.readTree(COMPLETION));
    }
  }

  @Test
  void a_certificate_that_is_not_trusted_is_said_to_be_that() throws Exception {
    startTls();

    try (Called called = new Called("https://127.0.0.1", "", port())) {
      assertThat(called.failure().code()).isEqualTo("provider_tls");
      assertThat(called.failure())
          .hasMessage(
              "Provider 'acme' has a certificate that is not trusted here: the operator adds the"
                  + " one of its authority, in PEM, to the file that"
                  + " plumbline.providers.trusted-certificates names, and starts inference again.");
    }
  }

  @Test
  void a_trusted_certificate_of_another_host_is_refused() throws Exception {
    startTls();

    try (Called called = new Called("https://localhost", trusting(), port())) {
      assertThat(called.failure())
          .hasMessageStartingWith("Provider 'acme' has a certificate for another host");
    }
  }

  @Test
  void a_server_without_tls_is_said_to_be_one() throws Exception {
    try (ServerSocket plain = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual().start(() -> refuse(plain));

      try (Called called = new Called("https://127.0.0.1", trusting(), plain.getLocalPort())) {
        assertThat(called.failure())
            .hasMessageStartingWith("Provider 'acme' does not answer by TLS at that port");
      }
    }
  }

  /** Answers like a web server that receives something other than a request. */
  private static void refuse(ServerSocket plain) {
    try (Socket connection = plain.accept()) {
      connection.getInputStream().read();
      connection
          .getOutputStream()
          .write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void a_certificate_is_checked_through_a_tunnel_as_well() throws Exception {
    startTls();

    try (ConnectProxy proxy = new ConnectProxy()) {
      proxy.know(UNKNOWN_HERE, port());
      proxy.know("other.models.example", port());
      ProxySettings through = new ProxySettings(proxy.url(), "", "", List.of());
      ProviderSettings settings = settings(trusting(), through);
      try (Called called = new Called("https://" + UNKNOWN_HERE, settings, port())) {
        assertThat(
                called.client.post(called.model, UpstreamOperation.CHAT, json.createObjectNode()))
            .isEqualTo(json.readTree(COMPLETION));
      }
      try (Called called = new Called("https://other.models.example", settings, port())) {
        assertThat(called.failure())
            .hasMessageStartingWith("Provider 'acme' has a certificate for another host");
      }
      assertThat(proxy.requested())
          .containsExactly(UNKNOWN_HERE + ":" + port(), "other.models.example:" + port());
    }
  }

  @Test
  void a_file_without_certificates_is_refused_at_the_start() throws Exception {
    Path other = Files.writeString(folder.resolve("other.pem"), "no certificate");

    for (Path file : List.of(other, folder.resolve("missing.pem"))) {
      ProviderSettings settings = settings(file.toString());
      assertThatThrownBy(() -> new TrustedCertificates(settings))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("plumbline.providers.trusted-certificates names '" + file + "'");
    }
  }

  private void startTls() throws Exception {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store())) {
      keys.load(in, PASSWORD);
    }
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, PASSWORD);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(context));
    server.createContext(
        "/",
        exchange -> {
          byte[] bytes = COMPLETION.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    server.start();
  }

  private static String trusting() {
    return pem().toString();
  }

  private static ProviderSettings settings(String trusted) {
    return settings(trusted, null);
  }

  private static ProviderSettings settings(String trusted, @Nullable ProxySettings proxy) {
    Duration seconds = Duration.ofSeconds(5);
    return new ProviderSettings(
        List.of("localhost"),
        List.of("127.0.0.0/8"),
        List.of(),
        seconds,
        seconds,
        0,
        8,
        10,
        trusted,
        proxy);
  }

  /** A client of one model. */
  private final class Called implements AutoCloseable {

    private final ProviderClient client;
    private final ProviderModel model;

    Called(String origin, String trusted, int port) {
      this(origin, settings(trusted), port);
    }

    Called(String origin, ProviderSettings settings, int port) {
      Endpoint endpoint =
          new Endpoint(
              Protocol.OPENAI, URI.create(origin + ":" + port), null, Duration.ofSeconds(5));
      model =
          new ProviderModel(
              new Connection(new UUID(0, 1), endpoint.digest("acme"), "acme", endpoint, null), "m");
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
