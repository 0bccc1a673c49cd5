package io.plumbline.platform.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.plumbline.platform.PlatformRunner;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.identity.Role;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.http.client.autoconfigure.service.HttpServiceClientPropertiesAutoConfiguration;
import org.springframework.boot.restclient.autoconfigure.service.HttpServiceClientAutoConfiguration;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.annotation.Configuration;
import org.springframework.mock.http.client.MockClientHttpRequest;
import org.springframework.web.client.HttpClientErrorException;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.registry.ImportHttpServices;

class ClientAutoConfigurationTests {

  private static final UUID ACME = new UUID(0, 1);
  private static final Caller ADA = new Caller(ACME, "ada", "ada", Set.of(Role.VIEWER), false);

  /** The API of another service. */
  interface PromptsApi {
    @GetExchange("/api/prompts/a")
    String getPrompt();
  }

  @Configuration(proxyBeanMethods = false)
  @ImportHttpServices(group = "prompt-registry", types = PromptsApi.class)
  static class Prompts {}

  private final List<String> tokenRequests = new ArrayList<>();
  private final List<List<String>> calls = new ArrayList<>();
  private HttpServer server;
  private String token = "{\"access_token\":\"ours\",\"token_type\":\"Bearer\",\"expires_in\":300}";
  private int status = 200;

  @BeforeEach
  void listen() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/token",
        exchange -> {
          tokenRequests.add(
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          exchange.getResponseHeaders().add("Content-Type", "application/json");
          answer(exchange, token.contains("error") ? 401 : 200, token);
        });
    server.createContext(
        "/api/prompts/a",
        exchange -> {
          calls.add(
              List.of("Authorization", "Plumbline-Workspace", "Plumbline-On-Behalf-Of").stream()
                  .map(name -> Objects.requireNonNull(exchange.getRequestHeaders().getFirst(name)))
                  .toList());
          answer(exchange, status, "found");
        });
    server.start();
  }

  @AfterEach
  void close() {
    server.stop(0);
  }

  @Test
  void a_call_carries_the_services_token_and_the_callers_workspace_and_name() {
    runner()
        .run(context -> {
          PromptsApi prompts = context.getBean(PromptsApi.class);

          assertThat(ADA.call(prompts::getPrompt)).isEqualTo("found");
        });

    assertThat(calls).containsExactly(List.of("Bearer ours", ACME.toString(), "ada"));
    assertThat(tokenRequests)
        .containsExactly("grant_type=client_credentials&client_id=sample&client_secret=secret");
  }

  @Test
  void the_token_is_kept_whichever_caller_comes_next() {
    runner()
        .run(context -> {
          PromptsApi prompts = context.getBean(PromptsApi.class);
          ADA.call(prompts::getPrompt);
          Caller.system(new UUID(0, 2)).call(prompts::getPrompt);
        });

    assertThat(tokenRequests).hasSize(1);
    assertThat(calls).hasSize(2);
  }

  @Test
  void a_refusal_of_the_other_service_is_the_callers_to_handle() {
    status = 404;
    runner()
        .run(context ->
            assertThat(catchThrown(context.getBean(PromptsApi.class)))
                .isInstanceOf(HttpClientErrorException.NotFound.class));
  }

  @Test
  void without_a_token_the_other_service_cannot_be_reached() {
    token = "{\"error\":\"invalid_client\"}";
    runner()
        .run(context ->
            assertThat(catchThrown(context.getBean(PromptsApi.class)))
                .isInstanceOf(ResourceAccessException.class)
                .hasMessageContaining("invalid_client"));
    assertThat(calls).isEmpty();
  }

  @Test
  void missing_settings_are_named() {
    PlatformRunner.platform()
        .run(context ->
            assertThatIllegalStateException()
                .isThrownBy(() ->
                    context
                        .getBean(ServiceTokenInterceptor.class)
                        .intercept(
                            new MockClientHttpRequest(),
                            new byte[0],
                            (request, body) -> {
                              throw new IOException("must not be called");
                            }))
                .withMessageContaining("plumbline.security.token-uri"));
  }

  private static Throwable catchThrown(PromptsApi prompts) {
    return catchThrowable(() -> ADA.call(prompts::getPrompt));
  }

  private WebApplicationContextRunner runner() {
    String address = "http://127.0.0.1:" + server.getAddress().getPort();
    return PlatformRunner.platform()
        .withConfiguration(
            AutoConfigurations.of(
                HttpServiceClientPropertiesAutoConfiguration.class,
                HttpServiceClientAutoConfiguration.class))
        .withUserConfiguration(Prompts.class)
        .withPropertyValues(
            "plumbline.security.token-uri=" + address + "/token",
            "plumbline.security.client-secret=secret",
            "plumbline.services.prompt-registry.url=" + address);
  }

  private static void answer(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }
}
