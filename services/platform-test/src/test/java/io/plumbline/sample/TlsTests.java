package io.plumbline.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.test.EmbeddedServers;
import io.plumbline.platform.test.Workspaces;
import io.plumbline.platform.test.call.TestCertificates;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.test.util.TestSocketUtils;
import org.springframework.web.client.HttpClientErrorException;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.context.support.StandardServletEnvironment;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.registry.ImportHttpServices;

/**
 * A service that answers by TLS and calls itself as it would call others, with the variables that
 * the chart sets and certificates as kubelet mounts them.
 */
@Tag("servers")
class TlsTests {

  /** The service under its own address, for which its certificate is. */
  interface Trusted {
    @GetExchange("/api/notes")
    String listNotes();
  }

  /** The service as seen by a caller that trusts another authority. */
  interface OfAnotherAuthority {
    @GetExchange("/api/notes")
    String listNotes();
  }

  /** The service under an address for which its certificate is not. */
  interface UnderAnotherName {
    @GetExchange("/api/notes")
    String listNotes();
  }

  @ImportHttpServices(group = "compliance", types = Trusted.class)
  @ImportHttpServices(group = "strategy", types = OfAnotherAuthority.class)
  @ImportHttpServices(group = "evaluation", types = UnderAnotherName.class)
  static class Clients {}

  private static final int PORT = TestSocketUtils.findAvailableTcpPort();

  @TempDir private static Path folder;
  private static TestCertificates certificates;
  private static Path mounted;
  private static HttpServer realm;
  private static ConfigurableApplicationContext service;

  @BeforeAll
  static void start() throws Exception {
    certificates = TestCertificates.create(folder.resolve("ours"));
    mounted = certificates.mount(folder.resolve("mounted"), "localhost");
    Path other =
        TestCertificates.create(folder.resolve("others"))
            .mount(folder.resolve("foreign"), "localhost");
    realm = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    realm.createContext(
        "/token",
        exchange -> {
          byte[] token =
              "{\"access_token\":\"unknown\",\"token_type\":\"Bearer\",\"expires_in\":300}"
                  .getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().add("Content-Type", "application/json");
          exchange.sendResponseHeaders(200, token.length);
          exchange.getResponseBody().write(token);
          exchange.close();
        });
    realm.start();
    service = start(other);
  }

  private static ConfigurableApplicationContext start(Path other) {
    Map<String, Object> chart = new HashMap<>();
    chart.put("SPRING_SSL_BUNDLE_PEM_SERVICES_KEYSTORE_CERTIFICATE", file(mounted, "tls.crt"));
    chart.put("SPRING_SSL_BUNDLE_PEM_SERVICES_KEYSTORE_PRIVATEKEY", file(mounted, "tls.key"));
    chart.put("SPRING_SSL_BUNDLE_PEM_SERVICES_TRUSTSTORE_CERTIFICATE", file(mounted, "ca.crt"));
    chart.put("SPRING_SSL_BUNDLE_PEM_SERVICES_RELOADONUPDATE", "true");
    chart.put("SERVER_SSL_BUNDLE", "services");
    chart.put("PLUMBLINE_SERVICES_SSL_BUNDLE", "services");
    Map<String, Object> settings = new HashMap<>();
    settings.put("server.port", PORT);
    settings.put("management.server.port", 0);
    settings.put("spring.ssl.bundle.watch.file.quiet-period", "100ms");
    settings.put("spring.ssl.bundle.pem.foreign.truststore.certificate", file(other, "ca.crt"));
    settings.put("spring.http.serviceclient.strategy.ssl.bundle", "foreign");
    settings.put("plumbline.services.compliance.url", "https://localhost:" + PORT);
    settings.put("plumbline.services.strategy.url", "https://localhost:" + PORT);
    settings.put("plumbline.services.evaluation.url", "https://127.0.0.1:" + PORT);
    settings.put(
        "plumbline.security.token-uri",
        "http://127.0.0.1:" + realm.getAddress().getPort() + "/token");
    settings.put("plumbline.security.client-secret", "secret");
    // Defaults of the platform depend on these settings, so they are there before initializers run.
    return new SpringApplicationBuilder(SampleApplication.class, Clients.class)
        .environment(environment(chart, settings))
        .initializers(new EmbeddedServers())
        .run();
  }

  private static StandardEnvironment environment(
      Map<String, Object> variables, Map<String, Object> settings) {
    StandardEnvironment environment = new StandardServletEnvironment();
    environment
        .getPropertySources()
        .addFirst(new SystemEnvironmentPropertySource("chart-systemEnvironment", variables));
    environment.getPropertySources().addFirst(new MapPropertySource("tls", settings));
    return environment;
  }

  private static String file(Path folder, String name) {
    return folder.resolve(name).toUri().toString();
  }

  @AfterAll
  static void stop() {
    service.close();
    realm.stop(0);
  }

  @Test
  void a_caller_that_trusts_the_authority_is_answered() {
    assertThat(call(service.getBean(Trusted.class)::listNotes))
        .isInstanceOf(HttpClientErrorException.Unauthorized.class);
  }

  @Test
  void a_certificate_of_another_authority_or_of_another_host_is_refused() {
    assertThat(call(service.getBean(OfAnotherAuthority.class)::listNotes))
        .isInstanceOf(ResourceAccessException.class)
        .hasCauseInstanceOf(SSLHandshakeException.class)
        .hasMessageContaining("PKIX path");
    assertThat(call(service.getBean(UnderAnotherName.class)::listNotes))
        .isInstanceOf(ResourceAccessException.class)
        .hasCauseInstanceOf(SSLHandshakeException.class)
        .hasMessageContaining("No subject alternative names matching IP address 127.0.0.1");
  }

  private static Throwable call(Callable<String> request) {
    return catchThrowable(() -> Caller.system(Workspaces.ACME).call(request));
  }

  /** The second time shows that the watcher follows the link, and not the folder that it led to. */
  @Test
  void a_renewed_certificate_is_shown_to_the_next_connection_each_time() throws Exception {
    for (int time = 0; time < 2; time++) {
      X509Certificate former = certificates.shownAt("localhost", PORT);

      certificates.mount(mounted, "localhost");

      await()
          .untilAsserted(() ->
              assertThat(certificates.shownAt("localhost", PORT))
                  .isNotEqualTo(former)
                  .isEqualTo(TestCertificates.read(mounted)));
    }
  }

  @Test
  void health_and_metrics_stay_without_tls() throws Exception {
    String port = service.getEnvironment().getRequiredProperty("local.management.port");
    try (HttpClient http = HttpClient.newHttpClient()) {
      for (String path : new String[] {"health/liveness", "health/readiness", "prometheus"}) {
        URI url = URI.create("http://127.0.0.1:" + port + "/actuator/" + path);
        assertThat(
                http.send(
                        HttpRequest.newBuilder(url).build(), HttpResponse.BodyHandlers.discarding())
                    .statusCode())
            .as(path)
            .isEqualTo(200);
      }
    }
  }

  /** The header would pass through the gateway to browsers, and bind the host that they see. */
  @Test
  void answers_do_not_bind_browsers_to_tls() throws Exception {
    try (HttpClient http = HttpClient.newBuilder().sslContext(certificates.trust()).build()) {
      HttpResponse<Void> answer =
          http.send(
              HttpRequest.newBuilder(URI.create("https://localhost:" + PORT + "/api/notes"))
                  .build(),
              HttpResponse.BodyHandlers.discarding());

      assertThat(answer.statusCode()).isEqualTo(401);
      assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_1_1);
      assertThat(answer.headers().map()).doesNotContainKey("strict-transport-security");
    }
  }
}
