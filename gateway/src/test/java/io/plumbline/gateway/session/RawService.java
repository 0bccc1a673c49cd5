package io.plumbline.gateway.session;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A service on the loopback interface that keeps what arrives byte for byte. It answers by the
 * path, also in ways in which no service should. It closes each connection after its answer, so
 * that one request does not depend on the one before.
 */
final class RawService implements Closeable {

  private static final String JSON = "{\"served\":true}";

  private final ServerSocket server;
  private final Thread acceptor;
  private final BlockingQueue<String> events = new LinkedBlockingQueue<>();

  RawService() throws IOException {
    server = new ServerSocket(0, 128, InetAddress.getLoopbackAddress());
    acceptor = Thread.ofVirtual().start(this::accept);
  }

  String address() {
    return "http://127.0.0.1:" + server.getLocalPort();
  }

  /** Returns everything that arrived since the last call. */
  List<String> received() {
    List<String> all = new ArrayList<>();
    events.drainTo(all);
    return all;
  }

  /** Waits for the next event here; null when there is none within 20 seconds. */
  @Nullable String next() throws InterruptedException {
    return events.poll(20, TimeUnit.SECONDS);
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket client = server.accept();
        Thread.ofVirtual().start(() -> serve(client));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serve(Socket client) {
    try (client) {
      RawMessage request = RawMessage.read(client.getInputStream());
      if (request.first().isEmpty()) {
        return;
      }
      events.add(request.toString());
      answer(request.first().split(" ", 3)[1].split("\\?", 2)[0], client);
    } catch (IOException gone) {
      events.add("broken off");
    }
  }

  private void answer(String path, Socket client) throws IOException {
    OutputStream out = client.getOutputStream();
    switch (path) {
      case "/v1/missing" -> write(out, whole("404 Not Found", "", "{\"error\":{\"code\":\"x\"}}"));
      case "/v1/failing" -> write(out, whole("500 Internal Server Error", "", "{\"error\":{}}"));
      case "/v1/busy" -> write(out, whole("429 Too Many Requests", "Retry-After: 7\r\n", "{}"));
      case "/v1/refused" -> write(out, whole("401 Unauthorized", "", "{\"error\":{}}"));
      case "/v1/moved" -> write(out, whole("302 Found", "Location: /v1/elsewhere\r\n", ""));
      case "/v1/nothing" -> write(out, "HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n");
      case "/v1/strange" ->
          write(
              out,
              whole(
                  "200 OK",
                  String.join(
                      "\r\n",
                      "Keep-Alive: timeout=5",
                      "Set-Cookie: a=b",
                      "X-Frame-Options: SAMEORIGIN",
                      "Cache-Control: max-age=60",
                      "X-Two: 1",
                      "X-Two: 2",
                      "Trailer: X-T",
                      ""),
                  JSON));
      case "/v1/silent" -> {
        // The connection is closed without an answer.
      }
      case "/v1/broken" ->
          write(out, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\nConnection: close\r\n\r\n{");
      case "/v1/broken-stream" -> write(out, stream("data: 1\n\n"));
      case "/v1/stream" -> {
        write(out, stream("data: 1\n\n"));
        write(out, chunk("data: 2\n\n"));
        write(out, "0\r\n\r\n");
      }
      case "/v1/endless" -> {
        write(out, stream("data: 1\n\n"));
        while (true) {
          write(out, chunk("data: 2\n\n"));
          pause(20);
        }
      }
      case "/v1/slow" -> {
        pause(300);
        write(out, whole("200 OK", "", JSON));
      }
      default -> write(out, whole("200 OK", "", JSON));
    }
  }

  private static String whole(String status, String headers, String body) {
    return "HTTP/1.1 "
        + status
        + "\r\nContent-Type: application/json\r\nConnection: close\r\n"
        + headers
        + "Content-Length: "
        + body.length()
        + "\r\n\r\n"
        + body;
  }

  private static String stream(String first) {
    return "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n"
        + "Transfer-Encoding: chunked\r\n\r\n"
        + chunk(first);
  }

  private static String chunk(String text) {
    return Integer.toHexString(text.length()) + "\r\n" + text + "\r\n";
  }

  private static void write(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.ISO_8859_1));
    out.flush();
  }

  private static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Stops accepting connections, and waits for the acceptor to end: the socket closes only after a
   * blocked accept has returned.
   */
  @Override
  public void close() throws IOException {
    server.close();
    try {
      acceptor.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
