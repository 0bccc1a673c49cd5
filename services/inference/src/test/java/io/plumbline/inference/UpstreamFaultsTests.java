package io.plumbline.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.plumbline.platform.identity.Role;
import io.plumbline.platform.test.EmbeddedServers;
import io.plumbline.platform.test.TestClient;
import io.plumbline.platform.test.TestClient.Answer;
import io.plumbline.platform.test.TestTokenIssuer;
import io.plumbline.platform.test.Workspaces;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;

/** Tests providers that die or fall silent in the middle of a stream, and clients that leave. */
@TestPropertySource(properties = "plumbline.providers.idle-timeout=500ms")
class UpstreamFaultsTests extends InferenceTest {

  private static final ScriptedProvider PROVIDER = new ScriptedProvider();
  private static final int CALLS = Integer.getInteger("faults.streams", 20);
  private static final Duration SOON = Duration.ofSeconds(60);

  @Autowired TestClient client;
  @Autowired TestTokenIssuer tokens;
  @LocalServerPort int port;

  private final String name = "f" + UUID.randomUUID().toString().substring(0, 8);

  /** Connects a model per call, because a breaker would refuse the next call of a failed one. */
  @BeforeEach
  void connect() {
    connect(
        client,
        name,
        PROVIDER.url() + "/v1",
        IntStream.range(0, CALLS).mapToObj(call -> "m" + call).toArray(String[]::new));
  }

  @Test
  void a_provider_that_dies_in_a_stream_costs_an_error_frame_one_record_and_no_connection() {
    endsWithAnErrorFrame(ScriptedProvider.DIE, CALLS, "stream_broken");
  }

  @Test
  void a_provider_that_falls_silent_in_a_stream_does_too() {
    endsWithAnErrorFrame(ScriptedProvider.FALL_SILENT, 4, "");
  }

  @Test
  void clients_that_leave_have_their_calls_cancelled_and_metered_once() throws IOException {
    for (int call = 0; call < CALLS; call++) {
      leave(call);
    }

    await().atMost(SOON).until(() -> PROVIDER.openConnections() == 0);
    awaitMetered(CALLS);
  }

  @Test
  void clients_that_leave_before_a_whole_answer_have_their_calls_cancelled_and_metered_once()
      throws Exception {
    int calls = 5;
    List<Socket> waiting = new ArrayList<>();
    for (int call = 0; call < calls; call++) {
      waiting.add(send(call, false, ScriptedProvider.THINK));
    }
    await().atMost(SOON).until(() -> PROVIDER.openConnections() == calls);

    for (Socket socket : waiting) {
      socket.close();
    }

    await().atMost(SOON).until(() -> PROVIDER.openConnections() == 0);
    awaitMetered(calls);
    // The provider has read the question.
    assertThat(sum("input_tokens")).isPositive();
    assertThat(sum("errors")).isZero();
  }

  private void endsWithAnErrorFrame(String fault, int calls, String code) {
    long slowest = 0;
    for (int call = 0; call < calls; call++) {
      Answer answer =
          client
              .as("vera", Role.PROMPT_ENGINEER)
              .post(
                  "/v1/chat/completions",
                  Map.of(
                      "model",
                      name + "/m" + call,
                      "stream",
                      true,
                      "messages",
                      List.of(Map.of("role", "user", "content", fault))));
      slowest = Math.max(slowest, System.nanoTime() - PROVIDER.lastDeath());
      assertThat(answer.body())
          .contains("\"content\":\"one\"", "\"error\"", code)
          .doesNotContain("[DONE]\n");
    }

    await().atMost(SOON).until(() -> PROVIDER.openConnections() == 0);
    awaitMetered(calls);
    if (fault.equals(ScriptedProvider.DIE)) {
      System.out.printf(
          "%d streams died, slowest error frame after %d ms%n", calls, slowest / 1_000_000);
    }
  }

  /** Reads the first event and closes the connection. */
  private void leave(int call) throws IOException {
    try (Socket socket = send(call, true, ScriptedProvider.GO_ON)) {
      String first = new String(socket.getInputStream().readNBytes(200), StandardCharsets.US_ASCII);
      assertThat(first).startsWith("HTTP/1.1 200");
    }
  }

  private Socket send(int call, boolean stream, String question) throws IOException {
    String body =
        "{\"model\":\"%s/m%d\",\"stream\":%b,\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]}"
            .formatted(name, call, stream, question);
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket
        .getOutputStream()
        .write(
            ("POST /v1/chat/completions HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                    + "Authorization: Bearer "
                    + tokens.person("vera", Workspaces.ACME, Role.PROMPT_ENGINEER)
                    + "\r\nContent-Length: "
                    + body.length()
                    + "\r\n\r\n"
                    + body)
                .getBytes(StandardCharsets.US_ASCII));
    return socket;
  }

  private void awaitMetered(int calls) {
    await()
        .atMost(SOON)
        .untilAsserted(() -> assertThat(metered()).as("records of %s", name).isEqualTo(calls));
  }

  private long metered() throws SQLException {
    return sum("requests");
  }

  private long sum(String column) throws SQLException {
    try (Connection connection = EmbeddedServers.connectAsSuperuser("inference");
        PreparedStatement query =
            connection.prepareStatement(
                "SELECT coalesce(sum(" + column + "), 0) FROM usage_minute WHERE model LIKE ?")) {
      query.setString(1, name + "/%");
      try (ResultSet found = query.executeQuery()) {
        found.next();
        return found.getLong(1);
      }
    }
  }
}
