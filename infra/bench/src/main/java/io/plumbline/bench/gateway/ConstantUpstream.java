package io.plumbline.bench.gateway;

import io.plumbline.bench.load.HttpConnection;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Answers every request with the same bytes. */
final class ConstantUpstream implements AutoCloseable {

  private final ServerSocket server;
  private final byte[] answer;

  ConstantUpstream(byte[] body) throws IOException {
    this.server = new ServerSocket(0, 128, InetAddress.getLoopbackAddress());
    String head =
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: "
            + body.length
            + "\r\n\r\n";
    this.answer =
        (head + new String(body, StandardCharsets.ISO_8859_1))
            .getBytes(StandardCharsets.ISO_8859_1);
    Thread.ofPlatform().daemon().name("upstream").start(this::accept);
  }

  int port() {
    return server.getLocalPort();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket client = server.accept();
        Thread.ofPlatform().daemon().start(() -> serve(client));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serve(Socket client) {
    try (HttpConnection connection = new HttpConnection(client)) {
      while (!server.isClosed()) {
        connection.read();
        connection.write(answer);
      }
    } catch (IOException clientGone) {
      // The pool of the gateway closes idle connections.
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
