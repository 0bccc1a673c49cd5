package io.plumbline.bench.gateway;

import io.plumbline.bench.load.HttpConnection;
import io.plumbline.bench.load.HttpConnection.Message;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ThreadFactory;

/**
 * A provider on loopback that uses as little CPU time as it can, because only the programs before
 * it are measured.
 */
final class FakeProvider implements AutoCloseable {

  /** The answer to a request. */
  @FunctionalInterface
  interface Answer {
    void to(Message request, HttpConnection connection) throws IOException, InterruptedException;
  }

  private final ServerSocket server;
  private final Answer answer;
  private final ThreadFactory threads;

  private FakeProvider(Answer answer, ThreadFactory threads) throws IOException {
    this.server = new ServerSocket(0, 1_024, InetAddress.getLoopbackAddress());
    this.answer = answer;
    this.threads = threads;
    Thread.ofPlatform().daemon().name("upstream").start(this::accept);
  }

  /** Returns a provider that answers every request with the same JSON. */
  static FakeProvider withConstantAnswer(String json) throws IOException {
    byte[] body = json.getBytes(StandardCharsets.UTF_8);
    String head =
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: "
            + body.length
            + "\r\n\r\n";
    byte[] bytes = (head + json).getBytes(StandardCharsets.UTF_8);
    return new FakeProvider(
        (request, connection) -> connection.write(bytes), Thread.ofPlatform().daemon().factory());
  }

  /** Returns a provider that answers many requests at once, each for a while. */
  static FakeProvider withStreamedAnswer(Answer answer) throws IOException {
    return new FakeProvider(answer, Thread.ofVirtual().factory());
  }

  int port() {
    return server.getLocalPort();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket client = server.accept();
        threads.newThread(() -> serve(client)).start();
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serve(Socket client) {
    try (HttpConnection connection = new HttpConnection(client)) {
      while (!server.isClosed()) {
        answer.to(connection.read(), connection);
      }
    } catch (IOException clientGone) {
      // Pools close connections that are idle.
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
