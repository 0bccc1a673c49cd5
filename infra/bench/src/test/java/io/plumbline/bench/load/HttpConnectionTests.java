package io.plumbline.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.bench.load.HttpConnection.Message;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HttpConnectionTests {

  @Test
  void reads_a_body_by_its_length() throws IOException {
    Message message = read("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello");
    assertThat(message.first()).isEqualTo("HTTP/1.1 200 OK");
    assertThat(message.body()).asString().isEqualTo("hello");
    assertThat(message.last()).isFalse();
  }

  /** The chunked example of RFC 9112, section 7.1, without extensions and trailers. */
  @Test
  void reads_a_chunked_body() throws IOException {
    Message message =
        read(
            """
            HTTP/1.1 200 OK\r
            Transfer-Encoding: chunked\r
            Connection: close\r
            \r
            4\r
            Wiki\r
            5\r
            pedia\r
            0\r
            \r
            """);
    assertThat(message.body()).asString().isEqualTo("Wikipedia");
    assertThat(message.last()).isTrue();
  }

  @Test
  void reads_the_lines_of_a_stream_wherever_its_chunks_end() throws IOException {
    List<String> lines = new ArrayList<>();
    String answer =
        """
        HTTP/1.1 200 OK\r
        Transfer-Encoding: chunked\r
        \r
        9\r
        data: on
        \r
        4\r

        dat\r
        8\r
        a: two

        \r
        0\r
        \r
        """;

    Message message =
        exchange(answer, connection -> connection.exchangeStreaming(new byte[0], lines::add));

    assertThat(lines).containsExactly("data: on", "", "data: two", "");
    assertThat(message.first()).isEqualTo("HTTP/1.1 200 OK");
  }

  @Test
  void what_is_no_stream_comes_as_a_body() throws IOException {
    Message message =
        exchange(
            "HTTP/1.1 429 Busy\r\nContent-Length: 2\r\n\r\n{}",
            connection -> connection.exchangeStreaming(new byte[0], line -> {}));

    assertThat(message.body()).asString().isEqualTo("{}");
  }

  @Test
  void a_body_that_ends_early_is_an_error() {
    assertThatThrownBy(() -> read("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhel"))
        .isInstanceOf(EOFException.class);
  }

  private static Message read(String answer) throws IOException {
    return exchange(answer, HttpConnection::read);
  }

  private interface Reading {
    Message from(HttpConnection connection) throws IOException;
  }

  private static Message exchange(String answer, Reading reading) throws IOException {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        HttpConnection connection = HttpConnection.open(server.getLocalPort())) {
      try (Socket socket = server.accept()) {
        socket.getOutputStream().write(answer.getBytes(StandardCharsets.UTF_8));
      }
      return reading.from(connection);
    }
  }
}
