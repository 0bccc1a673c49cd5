package io.plumbline.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.pem.PemSslStoreBundle;
import org.springframework.boot.ssl.pem.PemSslStoreDetails;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/**
 * A gateway that answers by TLS and calls services by TLS, with the settings that the chart sets
 * and certificates as kubelet mounts them.
 */
@Tag("servers")
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class GatewayTlsTests {

  private static final Realm REALM = new Realm();
  private static final List<HttpsServer> SERVICES = new ArrayList<>();
  private static final List<String> REQUESTS = Collections.synchronizedList(new ArrayList<>());

  private static final Map<String, String> ADDRESSES = new HashMap<>();

  @TempDir private static Path folder;
  private static TestCertificates certificates;
  private static Path mounted;

  @LocalServerPort int port;
  @LocalManagementPort int managementPort;

  @BeforeAll
  static void start() throws Exception {
    REALM.reset();
    certificates = TestCertificates.create(folder.resolve("ours"));
    TestCertificates others = TestCertificates.create(folder.resolve("others"));
    mounted = certificates.mount(folder.resolve("gateway"), "localhost");
    serve("prompt-registry", certificates.mount(folder.resolve("trusted"), "localhost"));
    serve("inference", others.mount(folder.resolve("foreign"), "localhost"));
    serve("strategy", certificates.mount(folder.resolve("misnamed"), "strategy"));
  }

  @DynamicPropertySource
  static void settings(DynamicPropertyRegistry registry) {
    REALM.settings(registry);
    for (String service : List.of("prompt-registry", "inference", "strategy")) {
      registry.add("plumbline.services." + service + ".url", () -> ADDRESSES.get(service));
    }
    registry.add("plumbline.services.ssl-bundle", () -> "services");
    registry.add("server.ssl.bundle", () -> "services");
    registry.add("spring.ssl.bundle.watch.file.quiet-period", () -> "100ms");
    String bundle = "spring.ssl.bundle.pem.services.";
    registry.add(bundle + "reload-on-update", () -> "true");
    registry.add(bundle + "keystore.certificate", () -> file(mounted, "tls.crt"));
    registry.add(bundle + "keystore.private-key", () -> file(mounted, "tls.key"));
    registry.add(bundle + "truststore.certificate", () -> file(mounted, "ca.crt"));
  }

  private static void serve(String service, Path certificate) throws Exception {
    HttpsServer server =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(
        new HttpsConfigurator(
            SslBundle.of(
                    new PemSslStoreBundle(
                        PemSslStoreDetails.forCertificate(file(certificate, "tls.crt"))
                            .withPrivateKey(file(certificate, "tls.key")),
                        null))
                .createSslContext()));
    server.createContext(
        "/",
        exchange -> {
          REQUESTS.add(service + " " + exchange.getRequestURI());
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    server.start();
    SERVICES.add(server);
    ADDRESSES.put(service, "https://localhost:" + server.getAddress().getPort());
  }

  private static String file(Path folder, String name) {
    return folder.resolve(name).toUri().toString();
  }

  @AfterAll
  static void stop() {
    SERVICES.forEach(server -> server.stop(0));
  }

  @Test
  void a_service_whose_certificate_is_trusted_and_its_own_alone_is_called() throws Exception {
    REQUESTS.clear();

    assertThat(get("/api/prompts/a").statusCode()).isEqualTo(204);
    assertThat(get("/api/traces").statusCode()).isEqualTo(503);
    assertThat(get("/api/applications").statusCode()).isEqualTo(503);

    assertThat(REQUESTS).containsExactly("prompt-registry /api/prompts/a");
  }

  /** The second time shows that the watcher follows the link, and not the folder that it led to. */
  @Test
  void a_renewed_certificate_is_shown_to_the_next_connection_each_time() throws Exception {
    for (int time = 0; time < 2; time++) {
      X509Certificate former = certificates.shownAt("localhost", port);

      certificates.mount(mounted, "localhost");

      await()
          .untilAsserted(() ->
              assertThat(certificates.shownAt("localhost", port))
                  .isNotEqualTo(former)
                  .isEqualTo(TestCertificates.read(mounted)));
    }
  }

  @Test
  void answers_are_those_of_a_gateway_without_tls() throws Exception {
    HttpResponse<String> answer = get("/api/prompts/a");
    HttpResponse<String> unreadable = get("/api/prompts?label=" + "a".repeat(5_000));

    assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_1_1);
    assertThat(answer.headers().map()).doesNotContainKey("strict-transport-security");
    assertThat(unreadable.statusCode()).isEqualTo(414);
    assertThat(unreadable.body()).contains("The address is too long");
  }

  @Test
  void health_and_metrics_stay_without_tls() throws Exception {
    for (String path : List.of("health/liveness", "health/readiness", "prometheus")) {
      URI url = URI.create("http://127.0.0.1:" + managementPort + "/actuator/" + path);
      try (HttpClient http = HttpClient.newHttpClient()) {
        assertThat(
                http.send(
                        HttpRequest.newBuilder(url).build(), HttpResponse.BodyHandlers.discarding())
                    .statusCode())
            .as(path)
            .isEqualTo(200);
      }
    }
  }

  private HttpResponse<String> get(String path) throws Exception {
    try (HttpClient http = HttpClient.newBuilder().sslContext(certificates.trust()).build()) {
      return http.send(
          HttpRequest.newBuilder(URI.create("https://localhost:" + port + path))
              .header(
                  "Authorization",
                  "Bearer " + REALM.token("plumbline", Instant.now().plusSeconds(60)))
              .build(),
          HttpResponse.BodyHandlers.ofString());
    }
  }
}
