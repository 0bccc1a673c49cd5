package io.plumbline.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The endpoints that operators need, and the port that each is on. */
@Tag("servers")
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class ManagementPortTests {

  private static final Realm REALM = new Realm();

  @LocalServerPort int port;
  @LocalManagementPort int managementPort;

  @DynamicPropertySource
  static void settings(DynamicPropertyRegistry registry) {
    REALM.settings(registry);
  }

  @BeforeAll
  static void reset() {
    REALM.reset();
  }

  @Test
  void health_and_metrics_are_on_the_management_port_and_nothing_of_it_on_the_public_one()
      throws Exception {
    for (String path :
        List.of(
            "/actuator/health/liveness", "/actuator/health/readiness", "/actuator/prometheus")) {
      assertThat(status(managementPort, path, "")).as(path).isEqualTo(200);
    }
    String token = REALM.token("plumbline", Instant.now().plusSeconds(60));
    for (String path :
        List.of(
            "/actuator",
            "/actuator/health",
            "/actuator/health/readiness",
            "/actuator/prometheus",
            "/actuator/gateway/routes",
            "/livez",
            "/readyz")) {
      assertThat(status(port, path, "")).as(path).isEqualTo(401);
      assertThat(status(port, path, token)).as(path).isEqualTo(404);
    }
  }

  @Test
  void no_filter_of_the_security_chains_is_observed() throws Exception {
    String token = REALM.token("plumbline", Instant.now().plusSeconds(60));
    status(port, "/api/prompts", token);
    status(port, "/api/prompts", "");

    assertThat(body(managementPort, "/actuator/prometheus"))
        .contains("http_server_requests")
        .doesNotContain("spring_security");
  }

  @Test
  void the_management_port_routes_nothing() throws Exception {
    String token = REALM.token("plumbline", Instant.now().plusSeconds(60));
    for (String path : List.of("/api/prompts", "/v1/models", "/", "/session")) {
      assertThat(status(managementPort, path, "")).as(path).isIn(401, 404);
      assertThat(status(managementPort, path, token)).as(path).isIn(401, 404);
    }
  }

  private static String body(int port, String path) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build(),
            HttpResponse.BodyHandlers.ofString())
        .body();
  }

  private static int status(int port, String path, String token) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    return HttpClient.newHttpClient()
        .send(request.build(), HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }
}
