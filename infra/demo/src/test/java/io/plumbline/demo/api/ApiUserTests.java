package io.plumbline.demo.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ApiUserTests {

  private static final String NOT_YET = "{\"type\":\"/problems/not-yet-known\"}";
  private static final String BEHIND = "{\"type\":\"/problems/evidence-behind\"}";

  private final List<String> keys = new CopyOnWriteArrayList<>();
  private final List<String> tokens = new CopyOnWriteArrayList<>();
  private final AtomicInteger requests = new AtomicInteger();
  private HttpServer server;
  private ApiUser ada;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/token",
        exchange -> answer(exchange, 200, "{\"access_token\":\"t1\",\"expires_in\":300}"));
    answerLate("/api/late", 409, NOT_YET);
    answerLate("/api/behind", 503, BEHIND);
    server.createContext(
        "/api/job",
        exchange -> {
          boolean early = requests.getAndIncrement() < 1;
          answer(exchange, 200, "{\"state\":\"" + (early ? "QUEUED" : "SUCCEEDED") + "\"}");
        });
    server.createContext(
        "/api/refused", exchange -> answer(exchange, 409, "{\"type\":\"/problems/name-taken\"}"));
    server.start();
    String url = "http://127.0.0.1:" + server.getAddress().getPort();
    ada = new ApiUser(new Access(url, url + "/token", "cli", Map.of("ada", "secret")), "ada");
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void a_write_is_repeated_with_its_key_until_the_event_has_arrived() {
    ApiResponse apiResponse = ada.post("/api/late", Map.of("a", 1)).expect(201);
    assertThat(apiResponse.text("/jobId")).isEqualTo("j1");
    assertThat(keys).hasSize(2).containsOnly(keys.getFirst());
    assertThat(tokens).containsOnly("Bearer t1");
  }

  @Test
  void a_write_is_repeated_with_its_key_until_the_gate_has_its_evidence() {
    ada.post("/api/behind", Map.of()).expect(201);
    assertThat(keys).hasSize(2).containsOnly(keys.getFirst());
  }

  @Test
  void another_refusal_is_returned_at_once() {
    ApiResponse apiResponse = ada.post("/api/refused", Map.of());
    assertThat(apiResponse.status()).isEqualTo(409);
    assertThat(apiResponse.problem()).isEqualTo("name-taken");
    assertThatThrownBy(() -> apiResponse.expect(201))
        .isInstanceOf(StepFailed.class)
        .hasMessage(
            "expected 201 but POST /api/refused by ada answered 409:"
                + " {\"type\":\"/problems/name-taken\"}");
  }

  @Test
  void waiting_ends_with_the_awaited_answer() {
    JsonNode job =
        ada.await(
            "the job",
            Duration.ofSeconds(5),
            "/api/job",
            answer -> answer.at("/state").asString().equals("SUCCEEDED"));
    assertThat(job.at("/state").asString()).isEqualTo("SUCCEEDED");
    assertThat(requests).hasValue(2);
  }

  @Test
  void a_field_that_is_absent_fails_the_step() {
    ApiResponse apiResponse = ada.get("/api/refused");
    assertThatThrownBy(() -> apiResponse.text("/jobId"))
        .isInstanceOf(StepFailed.class)
        .hasMessageEndingWith("has no /jobId");
  }

  @Test
  void a_user_without_a_password_is_named() {
    ApiUser eve = new ApiUser(new Access("http://x", "http://x", "cli", Map.of()), "eve");
    assertThatThrownBy(eve::token)
        .isInstanceOf(StepFailed.class)
        .hasMessageContaining("has no user eve");
  }

  /** Answers the first request with a problem, and each later one with what was created. */
  private void answerLate(String path, int status, String problem) {
    server.createContext(
        path,
        exchange -> {
          keys.addAll(exchange.getRequestHeaders().getOrDefault("Idempotency-Key", List.of()));
          tokens.addAll(exchange.getRequestHeaders().getOrDefault("Authorization", List.of()));
          if (requests.getAndIncrement() < 1) {
            answer(exchange, status, problem);
          } else {
            answer(exchange, 201, "{\"jobId\":\"j1\"}");
          }
        });
  }

  private static void answer(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }
}
