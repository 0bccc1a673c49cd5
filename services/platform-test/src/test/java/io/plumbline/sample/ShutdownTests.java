package io.plumbline.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.plumbline.platform.test.EmbeddedServers;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** The end of a service that has other replicas. */
@Tag("servers")
class ShutdownTests {

  @Test
  void a_service_that_is_about_to_stop_serves_on_connections_that_close() throws Exception {
    ConfigurableApplicationContext service =
        new SpringApplicationBuilder(SampleApplication.class)
            .initializers(new EmbeddedServers())
            .run(
                "--server.port=0", "--management.server.port=0", "--plumbline.shutdown.notice=10s");
    String api = address(service, "local.server.port") + "/api/notes";
    String readiness = address(service, "local.management.port") + "/actuator/health/readiness";
    assertThat(get(api).headers().firstValue("Connection")).isEmpty();
    assertThat(get(readiness).statusCode()).isEqualTo(200);

    Thread stop = Thread.ofPlatform().start(service::close);

    await()
        .untilAsserted(
            () -> assertThat(get(api).headers().firstValue("Connection")).contains("close"));
    assertThat(get(api).statusCode()).as("still served").isEqualTo(401);
    assertThat(get(readiness).statusCode()).as("no longer ready").isEqualTo(503);
    stop.join();
  }

  private static String address(ConfigurableApplicationContext service, String port) {
    return "http://127.0.0.1:" + service.getEnvironment().getRequiredProperty(port);
  }

  private static HttpResponse<Void> get(String address) throws Exception {
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(
          HttpRequest.newBuilder(URI.create(address)).build(),
          HttpResponse.BodyHandlers.discarding());
    }
  }
}
