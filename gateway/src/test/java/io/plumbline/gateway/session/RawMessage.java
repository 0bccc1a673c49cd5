package io.plumbline.gateway.session;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A message of HTTP/1.1 as it is on the wire, without the order of its headers and its chunks.
 *
 * @param first the first line; empty when the connection ended before one
 * @param headers the headers, sorted, with their names in lower case
 * @param whole whether the body was complete
 */
record RawMessage(String first, List<String> headers, String body, boolean whole) {

  /**
   * Reads a message.
   *
   * @throws EOFException when it is a request that was cut off
   */
  static RawMessage read(InputStream in) throws IOException {
    String first = line(in);
    List<String> headers = new ArrayList<>();
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      int colon = line.indexOf(':');
      String name = line.substring(0, colon).toLowerCase(Locale.ROOT);
      // The id of a request differs in each answer.
      headers.add(name + ":" + (name.equals("x-request-id") ? " any" : line.substring(colon + 1)));
    }
    headers.sort(null);
    StringBuilder body = new StringBuilder();
    boolean whole = body(first, headers, in, body);
    if (!whole && !first.startsWith("HTTP/")) {
      throw new EOFException();
    }
    return new RawMessage(first, List.copyOf(headers), body.toString(), whole);
  }

  private static boolean body(
      String first, List<String> headers, InputStream in, StringBuilder body) throws IOException {
    String length = value(headers, "content-length");
    if (value(headers, "transfer-encoding") != null) {
      while (true) {
        String size = line(in);
        if (size.isEmpty()) {
          return false;
        }
        int bytes = Integer.parseInt(size, 16);
        if (!take(in, bytes, body)) {
          return false;
        }
        line(in);
        if (bytes == 0) {
          return true;
        }
      }
    }
    return length == null || first.contains(" 204 ") || take(in, Integer.parseInt(length), body);
  }

  private static boolean take(InputStream in, int bytes, StringBuilder body) throws IOException {
    byte[] all = in.readNBytes(bytes);
    body.append(new String(all, StandardCharsets.ISO_8859_1));
    return all.length == bytes;
  }

  private static @Nullable String value(List<String> headers, String name) {
    return headers.stream()
        .filter(header -> header.startsWith(name + ":"))
        .map(header -> header.substring(name.length() + 1).strip())
        .findFirst()
        .orElse(null);
  }

  /** Reads a line up to its end or that of the connection. */
  private static String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
      line.write(next);
    }
    return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
  }
}
