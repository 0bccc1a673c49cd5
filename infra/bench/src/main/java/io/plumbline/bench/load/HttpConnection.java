package io.plumbline.bench.load;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * One kept-alive HTTP/1.1 connection over a plain socket: a client library would burn more of the
 * two cores than what it measures.
 */
public final class HttpConnection implements AutoCloseable {

  /**
   * A request or an answer.
   *
   * @param last whether the other end closes the connection now, as Tomcat does after a hundred
   *     requests
   */
  public record Message(String first, byte[] body, boolean last) {}

  private final Socket socket;
  private final InputStream in;

  public HttpConnection(Socket socket) throws IOException {
    this.socket = socket;
    socket.setTcpNoDelay(true);
    this.in = new BufferedInputStream(socket.getInputStream(), 16_384);
  }

  public static HttpConnection open(int port) throws IOException {
    return new HttpConnection(new Socket(InetAddress.getLoopbackAddress(), port));
  }

  /** Sends a request, and returns the answer. */
  public Message exchange(byte[] request) throws IOException {
    write(request);
    return read();
  }

  public void write(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
  }

  /**
   * Sends a request and reads the body of the answer as it arrives.
   *
   * @param line takes each line of the body, without the line's end
   * @return the answer, without its body if it is a stream
   */
  public Message exchangeStreaming(byte[] request, Consumer<String> line) throws IOException {
    write(request);
    Head head = readHead();
    if (!head.chunked) {
      return new Message(head.first, readExactly(head.length), head.last);
    }
    StringBuilder rest = new StringBuilder();
    for (byte[] chunk = readChunk(); chunk.length > 0; chunk = readChunk()) {
      rest.append(new String(chunk, StandardCharsets.ISO_8859_1));
      int from = 0;
      for (int end = rest.indexOf("\n"); end >= 0; end = rest.indexOf("\n", from)) {
        line.accept(rest.substring(from, end));
        from = end + 1;
      }
      rest.delete(0, from);
    }
    return new Message(head.first, new byte[0], head.last);
  }

  /** Reads the next request or answer, with its whole body. */
  public Message read() throws IOException {
    Head head = readHead();
    return new Message(
        head.first, head.chunked ? readChunks() : readExactly(head.length), head.last);
  }

  private record Head(String first, int length, boolean chunked, boolean last) {}

  private Head readHead() throws IOException {
    String first = readLine();
    int length = 0;
    boolean chunked = false;
    boolean last = false;
    for (String header = readLine(); !header.isEmpty(); header = readLine()) {
      String lower = header.toLowerCase(Locale.ROOT);
      if (lower.startsWith("content-length:")) {
        length = Integer.parseInt(lower.substring("content-length:".length()).strip());
      } else if (lower.startsWith("transfer-encoding:")) {
        chunked = lower.contains("chunked");
      } else if (lower.startsWith("connection:")) {
        last = lower.contains("close");
      }
    }
    return new Head(first, length, chunked, last);
  }

  private byte[] readChunk() throws IOException {
    byte[] chunk = readExactly(Integer.parseInt(readLine(), 16));
    readLine();
    return chunk;
  }

  private byte[] readChunks() throws IOException {
    byte[] body = {};
    while (true) {
      byte[] chunk = readChunk();
      if (chunk.length == 0) {
        return body;
      }
      byte[] longer = new byte[body.length + chunk.length];
      System.arraycopy(body, 0, longer, 0, body.length);
      System.arraycopy(chunk, 0, longer, body.length, chunk.length);
      body = longer;
    }
  }

  private byte[] readExactly(int length) throws IOException {
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException(
          "The connection was closed after "
              + bytes.length
              + " of "
              + length
              + " bytes of a body.");
    }
    return bytes;
  }

  private String readLine() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new EOFException(
            "The connection was closed before the end of a line of an answer or request.");
      }
      line.append((char) next);
    }
    return line.isEmpty() ? "" : line.substring(0, line.length() - 1);
  }

  /**
   * Returns the bytes of a request.
   *
   * @param json the body, empty for none
   */
  public static byte[] requestBytes(
      String method, String path, int port, String token, String json) {
    return requestBytes(method, path, port, token, json, List.of());
  }

  /**
   * Returns the bytes of a request with further headers.
   *
   * @param headers further ones, without their line ends
   */
  public static byte[] requestBytes(
      String method, String path, int port, String token, String json, List<String> headers) {
    byte[] body = json.getBytes(StandardCharsets.UTF_8);
    String ofBody =
        body.length == 0
            ? ""
            : "Content-Type: application/json\r\nContent-Length: " + body.length + "\r\n";
    String head =
        method
            + " "
            + path
            + " HTTP/1.1\r\nHost: 127.0.0.1:"
            + port
            + "\r\nAuthorization: Bearer "
            + token
            + "\r\n"
            + ofBody
            + headers.stream().map(header -> header + "\r\n").collect(Collectors.joining())
            + "\r\n";
    return (head + json).getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
