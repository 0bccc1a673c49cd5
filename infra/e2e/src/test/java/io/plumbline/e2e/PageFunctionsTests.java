package io.plumbline.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checks the functions of docs/chat-assistant.md against a server that needs no platform. */
class PageFunctionsTests {

  private static final Path PAGE = Path.of("..", "..", "docs", "chat-assistant.md");
  private static final int LONGER_THAN_AN_ARGUMENT = 300_000;

  @TempDir private Path folder;

  private final Queue<Integer> sizes = new ConcurrentLinkedQueue<>();
  private HttpServer server;
  private PageCommands page;

  @BeforeEach
  void serve() throws IOException {
    assumeTrue(
        Stream.of("bash", "curl", "jq").allMatch(PageCommands::isInstalled),
        "the page needs bash, curl and jq");
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
    String address = "http://127.0.0.1:" + server.getAddress().getPort();
    page = new PageCommands(PAGE, Map.of("http://127\\.0\\.0\\.1:8[01]80", address), folder);
  }

  @AfterEach
  void stop() {
    if (server != null) {
      server.stop(0);
    }
  }

  @Test
  void a_file_of_any_size_is_sent_as_it_is() throws Exception {
    Files.writeString(folder.resolve("rows.jsonl"), "x".repeat(LONGER_THAN_AN_ARGUMENT));

    run("as ada POST /received application/x-ndjson < rows.jsonl\n");

    assertThat(sizes).containsExactly(LONGER_THAN_AN_ARGUMENT);
  }

  @Test
  void what_is_sent_is_sent_again_while_an_event_is_on_its_way() throws Exception {
    run("as ada POST /early <<< '{}'\n");

    assertThat(sizes).containsExactly(3, 3);
  }

  @Test
  void what_failed_ends_the_waiting_with_its_problems() {
    assertThatThrownBy(() -> run("await '.state == \"READY\"' ada /failed\n"))
        .hasMessageContaining("Row 7 has no text");
  }

  @Test
  void what_is_late_ends_the_waiting_with_what_it_is_now() {
    assertThatThrownBy(() -> run("await '.state == \"READY\"' ada /late 1\n"))
        .hasMessageContaining("INGESTING");
  }

  private void run(String commands) throws IOException, InterruptedException {
    page.run(page.with("token()") + commands, Map.of("ada", "a password"), List.of());
  }

  private void answer(HttpExchange exchange) throws IOException {
    byte[] sent = exchange.getRequestBody().readAllBytes();
    String path = exchange.getRequestURI().getPath();
    String body =
        switch (path) {
          case "/failed" -> "{\"state\":\"FAILED\",\"problems\":[\"Row 7 has no text\"]}";
          case "/late" -> "{\"state\":\"INGESTING\"}";
          case "/early" -> sizes.isEmpty() ? "{\"type\":\"not-yet-known\"}" : "{}";
          case "/received" -> "{}";
          default -> "{\"access_token\":\"a-token\"}";
        };
    if (path.equals("/early") || path.equals("/received")) {
      sizes.add(sent.length);
    }
    byte[] answer = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(200, answer.length);
    try (exchange) {
      exchange.getResponseBody().write(answer);
    }
  }
}
