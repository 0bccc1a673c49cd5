package io.plumbline.platform.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.plumbline.platform.PlatformRunner;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.identity.Role;
import io.plumbline.platform.signature.CallStatement;
import io.plumbline.platform.signature.TestKeys;
import io.plumbline.platform.signature.VerificationKeys;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
import org.springframework.web.bind.annotation.RequestParam;
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

    @GetExchange("/api/prompts/a")
    String findPrompt(@RequestParam String label);
  }

  @Configuration(proxyBeanMethods = false)
  @ImportHttpServices(group = "prompt-registry", types = PromptsApi.class)
  static class Prompts {}

  private final List<String> tokenRequests = new ArrayList<>();
  private final List<String> tokens = new ArrayList<>();
  private final List<String> statements = new ArrayList<>();
  private final List<String> paths = new ArrayList<>();
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
          paths.add(exchange.getRequestURI().toString());
          tokens.add(
              Objects.requireNonNull(exchange.getRequestHeaders().getFirst("Authorization")));
          statements.add(
              Objects.requireNonNull(exchange.getRequestHeaders().getFirst(CallStatement.HEADER)));
          answer(exchange, status, "found");
        });
    server.start();
  }

  @AfterEach
  void close() {
    server.stop(0);
  }

  @Test
  void a_call_carries_the_services_token_and_its_statement_for_whom_it_is() {
    runner()
        .run(context -> {
          PromptsApi prompts = context.getBean(PromptsApi.class);

          assertThat(ADA.call(prompts::getPrompt)).isEqualTo("found");
        });

    assertThat(tokens).containsExactly("Bearer ours");
    assertThat(stated())
        .returns(ACME, CallStatement::workspace)
        .returns("ada", CallStatement::person);
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
    assertThat(tokens).hasSize(2);
  }

  @Test
  void the_statement_covers_the_query_as_it_is_sent() {
    runner()
        .run(context -> ADA.call(() -> context.getBean(PromptsApi.class).findPrompt("a b+c&d=é")));

    assertThat(paths.getFirst()).startsWith("/api/prompts/a?label=a");
    assertThat(stated(paths.getFirst())).returns("ada", CallStatement::person);
  }

  /** A person is stated by the service that answers the person's request, and by no other. */
  @Test
  void work_that_outlives_the_request_names_nobody() {
    for (Caller job : List.of(Caller.system(ACME), Caller.requester(ACME, "ada"))) {
      statements.clear();
      runner().run(context -> job.call(context.getBean(PromptsApi.class)::getPrompt));

      assertThat(stated())
          .returns(ACME, CallStatement::workspace)
          .returns(null, CallStatement::person);
    }
  }

  /** Returns what the only call stated, as the called service reads it. */
  private CallStatement stated() {
    return stated("/api/prompts/a");
  }

  private CallStatement stated(String path) {
    assertThat(statements).hasSize(1);
    return VerificationKeys.of(Map.of("sample", List.of(TestKeys.STRATEGY.publicKey())))
        .verify(
            new CallStatement.Call("sample", "prompt-registry", "GET", path),
            statements.getFirst(),
            Instant.now());
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
    assertThat(statements).isEmpty();
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
