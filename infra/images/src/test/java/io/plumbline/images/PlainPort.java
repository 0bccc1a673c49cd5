package io.plumbline.images;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * A port before a server without TLS that refuses TLS at once, as registries do. The JDK's server
 * would wait for the rest of the first line, and a client that tries TLS first would wait too.
 */
final class PlainPort implements AutoCloseable {

  /** The first byte of a TLS connection: a record of the handshake. */
  private static final int HANDSHAKE = 22;

  private final ServerSocket port = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final InetSocketAddress server;

  PlainPort(InetSocketAddress server) throws IOException {
    this.server = server;
    Thread.ofVirtual().start(this::accept);
  }

  int number() {
    return port.getLocalPort();
  }

  private void accept() {
    while (!port.isClosed()) {
      try {
        Socket client = port.accept();
        Thread.ofVirtual().start(() -> serve(client));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serve(Socket client) {
    try (client;
        Socket target = new Socket(server.getAddress(), server.getPort())) {
      int first = client.getInputStream().read();
      if (first == HANDSHAKE) {
        client
            .getOutputStream()
            .write("HTTP/1.0 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      } else if (first >= 0) {
        target.getOutputStream().write(first);
        Thread request = Thread.ofVirtual().start(() -> pass(client, target));
        copy(target.getInputStream(), client.getOutputStream());
        request.interrupt();
      }
    } catch (IOException ended) {
      // One of the two has closed the connection.
    }
  }

  private static void pass(Socket from, Socket to) {
    try {
      copy(from.getInputStream(), to.getOutputStream());
      to.shutdownOutput();
    } catch (IOException ended) {
      // One of the two has closed the connection.
    }
  }

  private static void copy(InputStream in, OutputStream out) throws IOException {
    in.transferTo(out);
    out.flush();
  }

  @Override
  public void close() throws IOException {
    port.close();
  }
}
