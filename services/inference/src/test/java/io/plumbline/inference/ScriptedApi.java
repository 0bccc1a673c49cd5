package io.plumbline.inference;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A provider's API that gives the answers of a script, one per request, or answers by a rule. It
 * keeps the requests.
 */
final class ScriptedApi implements AutoCloseable {

  record Reply(int status, String body) {}

  /**
   * A request.
   *
   * @param address the path and query
   */
  record Received(String method, Headers headers, String address, JsonNode body) {

    @Nullable String header(String name) {
      return headers.getFirst(name);
    }
  }

  private final HttpServer server;
  private final Queue<Reply> script = new ConcurrentLinkedQueue<>();
  private final Queue<Received> received = new ConcurrentLinkedQueue<>();
  private final Function<JsonNode, Reply> rule;

  ScriptedApi() {
    this.rule = body -> script.remove();
    this.server = start();
  }

  ScriptedApi(Function<JsonNode, Reply> rule) {
    this.rule = rule;
    this.server = start();
  }

  private HttpServer start() {
    HttpServer server;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::reply);
    server.start();
    return server;
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  void answers(int status, String body) {
    script.add(new Reply(status, body));
  }

  /** Takes the earliest request that no test has taken yet. */
  Received next() {
    return received.remove();
  }

  /** Returns how many requests no test has taken yet. */
  int waiting() {
    return received.size();
  }

  private void reply(HttpExchange exchange) throws IOException {
    try (exchange) {
      JsonNode request = JsonMapper.shared().readTree(exchange.getRequestBody().readAllBytes());
      received.add(
          new Received(
              exchange.getRequestMethod(),
              exchange.getRequestHeaders(),
              exchange.getRequestURI().toString(),
              request));
      Reply reply = rule.apply(request);
      byte[] body = reply.body.getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(reply.status, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
