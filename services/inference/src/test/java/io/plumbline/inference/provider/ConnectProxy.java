package io.plumbline.inference.provider;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A proxy that connects its callers to servers (CONNECT), as those of companies do. It may ask for
 * a user and a password, refuse all connections, and know names that nobody else does.
 */
final class ConnectProxy implements AutoCloseable {

  private final ServerSocket listening;
  private final List<String> requested = Collections.synchronizedList(new ArrayList<>());
  private final Map<String, Integer> names = new HashMap<>();
  private volatile @Nullable String required;
  private volatile int refusal;

  ConnectProxy() throws IOException {
    listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + listening.getLocalPort());
  }

  /** Returns the hosts and ports that callers asked to be connected to. */
  List<String> requested() {
    return List.copyOf(requested);
  }

  /** Lets the proxy know a name that leads to a port of this machine. */
  void know(String name, int port) {
    names.put(name, port);
  }

  void require(String user, String password) {
    byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
    required = "Basic " + Base64.getEncoder().encodeToString(pair);
  }

  /** Lets the proxy answer every request with a status and connect nobody. */
  void refuse(int status) {
    refusal = status;
  }

  private void accept() {
    try {
      while (true) {
        Socket caller = listening.accept();
        Thread.ofVirtual().start(() -> serve(caller));
      }
    } catch (IOException closed) {
      // The test has ended.
    }
  }

  private void serve(Socket caller) {
    try (caller) {
      while (true) {
        List<String> head = readHead(caller.getInputStream());
        if (head.isEmpty()) {
          return;
        }
        String[] line = head.getFirst().split(" ", -1);
        requested.add(line[1]);
        if (!line[0].equals("CONNECT")) {
          answer(caller, "405 Method Not Allowed", "Allow: CONNECT");
        } else if (required != null && !authorization(head).equals(required)) {
          answer(
              caller,
              "407 Proxy Authentication Required",
              "Proxy-Authenticate: Basic realm=\"company\"");
        } else if (refusal != 0) {
          answer(caller, refusal + " Refused", "Via: company");
        } else {
          connect(caller, line[1]);
          return;
        }
      }
    } catch (IOException broken) {
      // The caller sees it too.
    }
  }

  private void connect(Socket caller, String target) throws IOException {
    int colon = target.lastIndexOf(':');
    String host = target.substring(0, colon);
    int port = names.getOrDefault(host, Integer.parseInt(target.substring(colon + 1)));
    String address = names.containsKey(host) ? "127.0.0.1" : host;
    try (Socket server = new Socket(address, port)) {
      caller
          .getOutputStream()
          .write("HTTP/1.1 200 Connected\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      Thread back = Thread.ofVirtual().start(() -> copy(server, caller));
      copy(caller, server);
      back.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void copy(Socket from, Socket to) {
    try {
      from.getInputStream().transferTo(to.getOutputStream());
      to.shutdownOutput();
    } catch (IOException broken) {
      close(to);
    }
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void answer(Socket caller, String status, String header) throws IOException {
    caller
        .getOutputStream()
        .write(
            "HTTP/1.1 %s\r\n%s\r\nContent-Length: 7\r\n\r\nrefused"
                .formatted(status, header)
                .getBytes(StandardCharsets.US_ASCII));
  }

  private static String authorization(List<String> head) {
    String name = "proxy-authorization:";
    return head.stream()
        .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name))
        .map(line -> line.substring(name.length()).strip())
        .findFirst()
        .orElse("");
  }

  /** Reads the lines of a request up to the empty one; none when the caller has closed. */
  private static List<String> readHead(InputStream in) throws IOException {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (int each = in.read(); each >= 0; each = in.read()) {
      if (each == '\n') {
        String text = line.toString().strip();
        if (text.isEmpty()) {
          return lines;
        }
        lines.add(text);
        line.setLength(0);
      } else {
        line.append((char) each);
      }
    }
    return List.of();
  }

  @Override
  public void close() throws IOException {
    listening.close();
  }
}
