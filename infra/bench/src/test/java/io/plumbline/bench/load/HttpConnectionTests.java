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
  void a_body_that_ends_early_is_an_error() {
    assertThatThrownBy(() -> read("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhel"))
        .isInstanceOf(EOFException.class);
  }

  private static Message read(String answer) throws IOException {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        HttpConnection connection = HttpConnection.open(server.getLocalPort())) {
      try (Socket socket = server.accept()) {
        socket.getOutputStream().write(answer.getBytes(StandardCharsets.UTF_8));
      }
      return connection.read();
    }
  }
}
