package io.plumbline.launcher.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReadinessTests {

  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          String status = exchange.getRequestURI().getPath().substring(1);
          exchange.sendResponseHeaders(Integer.parseInt(status), -1);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @ParameterizedTest
  @CsvSource({"200, true", "204, false", "404, false", "503, false"})
  void only_200_is_ready(int status, boolean ready) {
    assertThat(Readiness.isReady(url() + "/" + status)).isEqualTo(ready);
  }

  @Test
  void an_address_where_nothing_listens_is_not_ready() {
    String url = url();
    server.stop(0);
    assertThat(Readiness.isReady(url + "/200")).isFalse();
  }

  private String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }
}
