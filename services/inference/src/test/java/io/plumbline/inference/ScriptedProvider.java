package io.plumbline.inference;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A provider that sends one event of a stream and then fails as the request says. It counts its
 * open connections, which an HTTP server would not report.
 */
final class ScriptedProvider {

  /** Makes the provider reset the connection. */
  static final String DIE = "die";

  /** Makes the provider send nothing more and keep the connection. */
  static final String FALL_SILENT = "fall silent";

  /** Makes the provider accept the request and send nothing. */
  static final String THINK = "think";

  /** Makes the provider send events without end. */
  static final String GO_ON = "go on";

  private static final String HEAD =
      "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n";
  private static final String EVENT =
      "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"one\"}}]}\n\n";

  private final ServerSocket server;
  private final AtomicInteger open = new AtomicInteger();
  private final AtomicLong lastDeath = new AtomicLong();

  ScriptedProvider() {
    try {
      server = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofPlatform().daemon().name("scripted-provider").start(this::accept);
  }

  String url() {
    return "http://127.0.0.1:" + server.getLocalPort();
  }

  int openConnections() {
    return open.get();
  }

  /** Returns when a connection was last reset, as {@link System#nanoTime} measures time. */
  long lastDeath() {
    return lastDeath.get();
  }

  private void accept() {
    while (true) {
      try {
        Socket socket = server.accept();
        open.incrementAndGet();
        Thread.ofVirtual().start(() -> serve(socket));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      InputStream in = new BufferedInputStream(socket.getInputStream());
      OutputStream out = socket.getOutputStream();
      String request = read(in);
      if (request.contains(THINK)) {
        // The read ends when the other side closes the connection.
        in.read();
        return;
      }
      out.write(HEAD.getBytes(StandardCharsets.US_ASCII));
      send(out);
      if (request.contains(DIE)) {
        Thread.sleep(50);
        socket.setSoLinger(true, 0);
        lastDeath.set(System.nanoTime());
      } else if (request.contains(FALL_SILENT)) {
        // The read ends when the other side closes the connection.
        in.read();
      } else {
        while (true) {
          Thread.sleep(20);
          send(out);
        }
      }
    } catch (IOException e) {
      // The other side has gone, which is what the test waits for.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      open.decrementAndGet();
    }
  }

  private static void send(OutputStream out) throws IOException {
    byte[] event = EVENT.getBytes(StandardCharsets.UTF_8);
    out.write((Integer.toHexString(event.length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
    out.write(event);
    out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
    out.flush();
  }

  private static String read(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    while (!head.toString(StandardCharsets.US_ASCII).endsWith("\r\n\r\n")) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("closed before a request");
      }
      head.write(next);
    }
    int length =
        head.toString(StandardCharsets.US_ASCII)
            .lines()
            .filter(line -> line.regionMatches(true, 0, "content-length:", 0, 15))
            .mapToInt(line -> Integer.parseInt(line.substring(15).strip()))
            .findFirst()
            .orElse(0);
    return new String(in.readNBytes(length), StandardCharsets.UTF_8);
  }
}
