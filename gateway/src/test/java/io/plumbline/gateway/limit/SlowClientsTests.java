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
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** What the real server does with clients that take their time. */
@Tag("servers")
@SpringBootTest(
    webEnvironment = WebEnvironment.RANDOM_PORT,
    properties = "server.netty.idle-timeout=500ms")
class SlowClientsTests {

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

  private Socket connected(String start) throws IOException {
    Socket client = new Socket(InetAddress.getLoopbackAddress(), port);
    client.getOutputStream().write(start.getBytes(StandardCharsets.US_ASCII));
    return client;
  }

  /**
   * Sends a byte now and then, until the server has closed the connection.
   *
   * @return what it answered
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
        // Nothing is answered yet, or the connection is open still.
      } catch (SocketException closed) {
        return answer.toString();
      }
    }
    throw new AssertionError("The connection was kept open: " + answer);
  }
}
