package io.plumbline.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.http.client.ReactorResourceFactory;
import org.springframework.test.context.DynamicPropertyRegistry;

/** The end of a gateway that has other replicas. */
@Tag("servers")
class ShutdownNoticeTests {

  private static final Realm REALM = new Realm();

  @Test
  void a_gateway_that_is_about_to_stop_serves_on_connections_that_close() throws Exception {
    ConfigurableApplicationContext gateway = start();
    String docs = address(gateway, "local.server.port") + "/api/docs";
    String unknown = address(gateway, "local.server.port") + "/v1/models";
    String readiness = address(gateway, "local.management.port") + "/actuator/health/readiness";
    assertThat(get(docs).headers().firstValue("Connection")).isEmpty();
    assertThat(get(readiness).statusCode()).isEqualTo(200);

    Thread stop = Thread.ofPlatform().start(gateway::close);

    await()
        .untilAsserted(
            () -> assertThat(get(docs).headers().firstValue("Connection")).contains("close"));
    assertThat(get(docs).statusCode()).as("still served").isEqualTo(200);
    assertThat(get(unknown).headers().firstValue("Connection")).as("a refusal").contains("close");
    assertThat(get(readiness).statusCode()).as("no longer ready").isEqualTo(503);
    stop.join();
  }

  private static ConfigurableApplicationContext start() {
    List<String> settings = new ArrayList<>();
    DynamicPropertyRegistry registry =
        (name, value) -> settings.add("--" + name + "=" + value.get());
    REALM.settings(registry);
    REALM.reset();
    settings.add("--server.port=0");
    settings.add("--management.server.port=0");
    settings.add("--plumbline.shutdown.notice=10s");
    return new SpringApplicationBuilder(GatewayApplication.class)
        .initializers(context ->
            ((GenericApplicationContext) context)
                .registerBean(ReactorResourceFactory.class, ShutdownNoticeTests::ownResources))
        .run(settings.toArray(String[]::new));
  }

  /** Returns event loops of its own: those that tests share would end with this gateway. */
  private static ReactorResourceFactory ownResources() {
    ReactorResourceFactory resources = new ReactorResourceFactory();
    resources.setUseGlobalResources(false);
    return resources;
  }

  private static String address(ConfigurableApplicationContext gateway, String port) {
    return "http://127.0.0.1:" + gateway.getEnvironment().getRequiredProperty(port);
  }

  private static HttpResponse<Void> get(String address) throws Exception {
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(
          HttpRequest.newBuilder(URI.create(address)).build(),
          HttpResponse.BodyHandlers.discarding());
    }
  }
}
