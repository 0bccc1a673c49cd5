package io.plumbline.demo.helpdesk;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.plumbline.demo.api.Access;
import io.plumbline.demo.step.DemoContext;
import io.plumbline.demo.step.StepLog;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A platform that answers the calls of a step as a test demands, and 404 to all others. */
final class FakePlatform implements AutoCloseable {

  private record Reply(int status, String body) {}

  final DemoContext demo;
  private final Map<String, Reply> replies = new HashMap<>();
  private final Map<String, JsonNode> bodies = new LinkedHashMap<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final HttpServer server;

  FakePlatform() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::answer);
    server.start();
    String url = "http://127.0.0.1:" + server.getAddress().getPort();
    demo =
        new DemoContext(
            new Access(url, url + "/token", "cli", Map.of("ada", "a", "ben", "b", "root", "r")),
            new StepLog(new PrintStream(printed, true, StandardCharsets.UTF_8)));
    on("POST /token", 200, "{\"access_token\":\"t\",\"expires_in\":300}");
  }

  /**
   * @param request method and path, without a query
   */
  void on(String request, int status, String body) {
    replies.put(request, new Reply(status, body));
  }

  /** Returns all requests but those for a token, in their order, without their queries. */
  List<String> requests() {
    return requests;
  }

  /** Returns the body of the last such request. */
  JsonNode sent(String request) {
    return bodies.getOrDefault(request, JsonMapper.shared().nullNode());
  }

  String printed() {
    return printed.toString(StandardCharsets.UTF_8);
  }

  private void answer(HttpExchange exchange) throws IOException {
    String request = exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
    byte[] body = exchange.getRequestBody().readAllBytes();
    if (!request.equals("POST /token")) {
      requests.add(request);
      if (body.length > 0) {
        bodies.put(request, JsonMapper.shared().readTree(body));
      }
    }
    Reply reply = replies.getOrDefault(request, new Reply(404, "{}"));
    byte[] answer = reply.body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(reply.status, answer.length);
    exchange.getResponseBody().write(answer);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
