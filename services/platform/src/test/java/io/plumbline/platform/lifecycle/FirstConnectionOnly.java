package io.plumbline.platform.lifecycle;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A port of a server that lets one connection through and closes all others, until it is opened.
 */
final class FirstConnectionOnly implements Closeable {

  private final ServerSocket relay = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final int server;
  private final AtomicInteger refused = new AtomicInteger();
  private volatile boolean open;

  FirstConnectionOnly(int server) throws IOException {
    this.server = server;
    Thread.ofVirtual().start(this::accept);
  }

  int port() {
    return relay.getLocalPort();
  }

  int refused() {
    return refused.get();
  }

  void open() {
    open = true;
  }

  private void accept() {
    boolean first = true;
    while (!relay.isClosed()) {
      try {
        Socket client = relay.accept();
        if (first || open) {
          first = false;
          Socket there = new Socket(InetAddress.getLoopbackAddress(), server);
          Thread.ofVirtual().start(() -> pass(client, there));
          Thread.ofVirtual().start(() -> pass(there, client));
        } else {
          refused.incrementAndGet();
          client.close();
        }
      } catch (IOException e) {
        if (!relay.isClosed()) {
          throw new UncheckedIOException(e);
        }
      }
    }
  }

  private static void pass(Socket from, Socket to) {
    try (from;
        to;
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream()) {
      in.transferTo(out);
    } catch (IOException e) {
      // One of both closed its end, and the other is closed after it.
    }
  }

  @Override
  public void close() throws IOException {
    relay.close();
  }
}
