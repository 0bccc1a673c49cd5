package io.plumbline.platform.test.probe;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Announces a body but does not send it. A server that begins to read a body first answers {@code
 * 100 Continue} (RFC 9110, section 10.1.1), so the first answer shows whether it did.
 */
public final class UnsentBody {

  private static final int PATIENCE_MILLIS = 60_000;

  private UnsentBody() {}

  /**
   * Sends the head of a request.
   *
   * @param token the bearer token; empty for a caller without one
   * @return the status of the first answer: 100 when the server wants to read the body
   */
  public static int firstStatus(int port, String method, String path, String type, String token)
      throws IOException {
    return firstStatus(
        port,
        method,
        path,
        type,
        token.isEmpty() ? Map.of() : Map.of("Authorization", "Bearer " + token));
  }

  /**
   * Sends the head of a request with headers.
   *
   * @return the status of the first answer: 100 when the server wants to read the body
   */
  public static int firstStatus(
      int port, String method, String path, String type, Map<String, String> headers)
      throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      StringBuilder more = new StringBuilder();
      headers.forEach((name, value) -> more.append(name + ": " + value + "\n"));
      OutputStream out = socket.getOutputStream();
      String request =
          """
          %s %s HTTP/1.1
          Host: 127.0.0.1:%d
          %sContent-Type: %s
          Content-Length: 1000000
          Expect: 100-continue

          """
              .formatted(method, path, port, more, type);
      out.write(request.replace("\n", "\r\n").getBytes(StandardCharsets.US_ASCII));
      out.flush();
      String status =
          new BufferedReader(
                  new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
              .readLine();
      if (status == null) {
        throw new IOException("The server closed the connection of " + method + " " + path);
      }
      return Integer.parseInt(status.split(" ", 3)[1]);
    }
  }
}
