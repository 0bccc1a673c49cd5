package io.plumbline.platform.body;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.plumbline.platform.problem.Problem;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.util.unit.DataSize;
import tools.jackson.databind.json.JsonMapper;

/** Tests how a real server treats slow senders. */
class SlowSendersTests {

  private static final BodyLimits LIMITS = new BodyLimits(DataSize.ofKilobytes(1), 20, 5);

  /** A servlet that reads the body and answers with its length. */
  private static final class Reader extends HttpServlet {
    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      try {
        response.getWriter().print(BodyBufferingFilter.bytesOf(request).length);
      } catch (Problem problem) {
        response.setStatus(problem.type().status().value());
      }
    }
  }

  private final BodyMemory memory =
      new BodyMemory(0, LIMITS, Duration.ZERO, new SimpleMeterRegistry());
  private WebServer server;

  @BeforeEach
  void start() {
    TomcatServletWebServerFactory factory = new TomcatServletWebServerFactory(0);
    new BodyAutoConfiguration().lateBodies().customize(factory);
    BodyDeadline deadline =
        new BodyDeadline(
            Duration.ofMillis(300), System::nanoTime, new SimpleMeterRegistry().counter("late"));
    server =
        factory.getWebServer(
            new FilterRegistrationBean<>(
                new BodyBufferingFilter(
                    JsonMapper.shared(), List.of(), request -> LIMITS, memory, deadline)),
            new ServletRegistrationBean<>(new Reader(), "/"));
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop();
  }

  @Test
  void one_that_trickles_is_refused_and_hung_up_on() throws Exception {
    try (Socket sender = announcing(500)) {
      String answer = trickle(sender);

      assertThat(answer).startsWith("HTTP/1.1 408");
      await().untilAsserted(() -> assertThat(memory.usedBytes()).isZero());
    }
  }

  @Test
  void one_that_sends_at_once_is_answered() throws Exception {
    try (Socket sender = announcing(5)) {
      sender.getOutputStream().write("[1,2]".getBytes(StandardCharsets.US_ASCII));

      assertThat(new String(sender.getInputStream().readNBytes(12), StandardCharsets.US_ASCII))
          .isEqualTo("HTTP/1.1 200");
    }
  }

  private Socket announcing(int length) throws IOException {
    Socket sender = new Socket(InetAddress.getLoopbackAddress(), server.getPort());
    sender
        .getOutputStream()
        .write(
            ("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                    + "Content-Length: "
                    + length
                    + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
    return sender;
  }

  /**
   * Sends a byte now and then, until the server has closed the connection.
   *
   * @return the answer of the server
   */
  private static String trickle(Socket sender) throws Exception {
    StringBuilder answer = new StringBuilder();
    InputStream in = sender.getInputStream();
    sender.setSoTimeout(50);
    for (int sent = 0; sent < 400; sent++) {
      try {
        sender.getOutputStream().write(' ');
        int next = in.read();
        while (next >= 0) {
          answer.append((char) next);
          next = in.read();
        }
        return answer.toString();
      } catch (SocketTimeoutException goesOn) {
        // There is no answer yet, or the connection is still open.
      } catch (SocketException closed) {
        return answer.toString();
      }
    }
    throw new AssertionError("The connection was kept open: " + answer);
  }
}
