package io.plumbline.platform.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServer;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/** Uses a real server, since the container has to notice a closed connection. */
class ClientConnectionTests {

  /**
   * A servlet that reads the body, then checks the connection each time that the test asks for it.
   */
  private final class Waiting extends HttpServlet {
    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      int length = request.getInputStream().readAllBytes().length;
      RequestContextHolder.setRequestAttributes(new ServletRequestAttributes(request));
      try {
        boolean goOn = true;
        while (goOn) {
          seen.add(ClientConnection.isOpen());
          try (ClientConnection.Watch _ =
              watch ? ClientConnection.watch(timer, () -> gone.add(true)) : null) {
            goOn = looks.take();
          }
        }
        response.getWriter().print(length);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } finally {
        RequestContextHolder.resetRequestAttributes();
      }
    }
  }

  private final BlockingQueue<Boolean> looks = new LinkedBlockingQueue<>();
  private final BlockingQueue<Boolean> seen = new LinkedBlockingQueue<>();
  private final BlockingQueue<Boolean> gone = new LinkedBlockingQueue<>();
  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private volatile boolean watch;
  private WebServer server;

  @BeforeEach
  void start() {
    TomcatServletWebServerFactory factory = new TomcatServletWebServerFactory(0);
    factory.addEngineValves(new ClientConnection.AttributeValve());
    server = factory.getWebServer(new ServletRegistrationBean<>(new Waiting(), "/"));
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop();
    timer.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 2\r\n\r\n{}",
        "Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n"
      })
  void one_that_waits_is_there_and_one_that_closes_is_gone(String body) throws Exception {
    Socket client = send(body);
    assertThat(seen()).isTrue();
    looks.add(true);
    assertThat(seen()).isTrue();

    client.close();

    await()
        .until(() -> {
          looks.add(true);
          return !seen();
        });
    looks.add(false);
  }

  /** Bytes that were read ahead must not be mistaken for the beginning of another request. */
  @Test
  void a_look_leaves_the_answer_and_ends_the_connection() throws Exception {
    String next = request("Content-Length: 1\r\n\r\n1");
    try (Socket client = send("Content-Length: 2\r\n\r\n{}" + next)) {
      assertThat(seen()).isTrue();
      looks.add(true);
      assertThat(seen()).isTrue();
      looks.add(false);

      String all = new String(client.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);

      assertThat(all).startsWith("HTTP/1.1 200").containsOnlyOnce("HTTP/1.1").endsWith("2");
      assertThat(seen).isEmpty();
    }
  }

  @Test
  void a_watch_sees_a_client_that_closes_once_and_nothing_after_it_is_closed() throws Exception {
    Socket client = send("Content-Length: 2\r\n\r\n{}");
    assertThat(seen()).isTrue();
    watch = true;
    looks.add(true);
    assertThat(seen()).isTrue();

    client.close();

    assertThat(gone.poll(30, TimeUnit.SECONDS)).isTrue();
    looks.add(false);
    assertThat(gone).isEmpty();
  }

  @Test
  void a_watch_leaves_the_answer() throws Exception {
    try (Socket client = send("Content-Length: 2\r\n\r\n{}")) {
      assertThat(seen()).isTrue();
      watch = true;
      looks.add(true);
      assertThat(seen()).isTrue();
      looks.add(false);

      String all = new String(client.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);

      assertThat(all).startsWith("HTTP/1.1 200").endsWith("2");
      assertThat(gone).isEmpty();
    }
  }

  @Test
  void without_a_request_nobody_has_gone() {
    assertThat(ClientConnection.isOpen()).isTrue();
  }

  private boolean seen() throws InterruptedException {
    Boolean next = seen.poll(30, TimeUnit.SECONDS);
    assertThat(next).isNotNull();
    return next;
  }

  private Socket send(String rest) throws IOException {
    Socket client = new Socket(InetAddress.getLoopbackAddress(), server.getPort());
    client.getOutputStream().write(request(rest).getBytes(StandardCharsets.US_ASCII));
    return client;
  }

  private static String request(String rest) {
    return "POST / HTTP/1.1\r\nHost: localhost\r\n" + rest;
  }
}
