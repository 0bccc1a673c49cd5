package io.plumbline.gateway.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.gateway.Realm;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The real server with clients that take their time. */
@Tag("servers")
@SpringBootTest(
    webEnvironment = WebEnvironment.RANDOM_PORT,
    properties = "server.netty.idle-timeout=500ms")
class NettyConnectionCustomizerTests {

  private static final Realm REALM = new Realm();

  @LocalServerPort int port;

  @DynamicPropertySource
  static void settings(DynamicPropertyRegistry registry) {
    REALM.settings(registry);
  }

  @BeforeAll
  static void reset() {
    REALM.reset();
  }

  @Test
  void one_that_trickles_its_headers_is_hung_up_on() throws Exception {
    try (Socket client = connected("GET /session HTTP/1.1\r\nX-Slow: ")) {
      assertThat(trickle(client)).isEmpty();
    }
  }

  @Test
  void one_that_says_nothing_is_hung_up_on() throws Exception {
    try (Socket client = connected("")) {
      client.setSoTimeout(20_000);

      assertThat(client.getInputStream().read()).isNegative();
    }
  }

  @Test
  void one_that_trickles_what_is_refused_gets_the_answer_and_is_hung_up_on() throws Exception {
    try (Socket client =
        connected("POST /api/prompts HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n")) {
      assertThat(trickle(client)).startsWith("HTTP/1.1 401");
    }
  }

  /** The server itself rejects these requests, before any filter. */
  @ParameterizedTest
  @CsvSource({
    "/api/prompts?x=, 5000, HTTP/1.1, 414, The address is too long",
    "/api/prompts, 0, NOTHTTP/1.1, 400, The request line or a header is malformed"
  })
  void a_request_that_cannot_be_read_gets_a_problem(
      String path, int padding, String version, int status, String detail) throws Exception {
    try (Socket client =
        connected("GET %s%s %s\r\nHost: x\r\n\r\n".formatted(path, "x".repeat(padding), version))) {
      client.setSoTimeout(20_000);
      String answer = new String(client.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);

      assertThat(answer)
          .startsWith("HTTP/1.1 " + status)
          .containsIgnoringCase("content-type: application/problem+json");
      JsonNode problem =
          JsonMapper.shared().readTree(answer.substring(answer.indexOf("\r\n\r\n") + 4));
      assertThat(problem.path("status").asInt()).isEqualTo(status);
      assertThat(problem.path("detail").asString()).startsWith(detail);
    }
  }

  private Socket connected(String start) throws IOException {
    Socket client = new Socket(InetAddress.getLoopbackAddress(), port);
    client.getOutputStream().write(start.getBytes(StandardCharsets.US_ASCII));
    return client;
  }

  /**
   * Sends a byte now and then, until the server has closed the connection.
   *
   * @return the answer of the server
   */
  private static String trickle(Socket client) throws Exception {
    StringBuilder answer = new StringBuilder();
    InputStream in = client.getInputStream();
    client.setSoTimeout(50);
    for (int sent = 0; sent < 400; sent++) {
      try {
        client.getOutputStream().write('x');
        int next = in.read();
        while (next >= 0) {
          answer.append((char) next);
          next = in.read();
        }
        return answer.toString();
      } catch (SocketTimeoutException goesOn) {
        // Nothing is answered yet, or the connection is still open.
      } catch (SocketException closed) {
        return answer.toString();
      }
    }
    throw new AssertionError("The connection was kept open: " + answer);
  }
}
