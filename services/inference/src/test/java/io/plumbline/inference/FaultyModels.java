package io.plumbline.inference;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A provider whose models fail as a test sets it; a model that answers gives its own name. */
final class FaultyModels implements AutoCloseable {

  /** The behaviour of a model. */
  enum Behaviour {
    ANSWERS,
    FAILS,
    /** Asks to retry later than callers wait. */
    UNAVAILABLE,
    /** Asks to retry later than callers wait. */
    RATE_LIMITED,
    EXHAUSTED,
    REFUSES,
    REFUSES_KEY,
    /** Sends nothing until its caller has gone. */
    SILENT,
    /** Closes the connection without an answer. */
    HANGS_UP,
    /** Sends the first chunk, or half of a whole answer, and closes the connection. */
    DIES
  }

  private static final String LATER = "60";
  private static final long LONGEST_SILENCE = 5_000;

  private final HttpServer server;
  private final Map<String, Behaviour> behaviours = new ConcurrentHashMap<>();
  private final List<String> asked = new CopyOnWriteArrayList<>();

  FaultyModels() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::reply);
    server.start();
  }

  /** Returns an address at which nothing listens. */
  static String nowhere() {
    try (ServerSocket unused = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return "http://127.0.0.1:" + unused.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  void set(String model, Behaviour behaviour) {
    behaviours.put(model, behaviour);
  }

  /** Returns the models that were called since the last call of this method, in order. */
  List<String> asked() {
    List<String> models = List.copyOf(asked);
    asked.clear();
    return models;
  }

  private void reply(HttpExchange exchange) throws IOException {
    try (exchange) {
      JsonNode request = JsonMapper.shared().readTree(exchange.getRequestBody().readAllBytes());
      String model = request.path("model").asString();
      asked.add(model);
      switch (behaviours.getOrDefault(model, Behaviour.ANSWERS)) {
        case ANSWERS -> answer(exchange, request, true);
        case DIES -> answer(exchange, request, false);
        case FAILS -> refuse(exchange, 500, "server_error");
        case UNAVAILABLE -> refuse(exchange, 503, "overloaded");
        case RATE_LIMITED -> refuse(exchange, 429, "rate_limit_exceeded");
        case EXHAUSTED -> refuse(exchange, 429, "insufficient_quota");
        case REFUSES -> refuse(exchange, 400, "invalid_value");
        case REFUSES_KEY -> refuse(exchange, 401, "invalid_api_key");
        case SILENT -> sleep();
        case HANGS_UP -> {}
      }
    }
  }

  private static void answer(HttpExchange exchange, JsonNode request, boolean whole)
      throws IOException {
    String said = "from " + request.path("model").asString();
    if (request.path("stream").asBoolean(false)) {
      String first = event("{\"content\":\"" + said + "\"}}");
      String rest =
          event("{\"content\":\" " + said + "\"},\"finish_reason\":\"stop\"}") + "data: [DONE]\n\n";
      send(exchange, 200, first + (whole ? rest : ""), whole);
    } else {
      String body =
          "{\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\""
              + said
              + "\"},\"finish_reason\":\"stop\"}],"
              + "\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":2,\"total_tokens\":5}}";
      send(exchange, 200, whole ? body : body.substring(0, body.length() / 2), whole);
    }
  }

  /**
   * Returns an event of a stream.
   *
   * @param delta the JSON of the delta and the rest of the choice
   */
  private static String event(String delta) {
    return "data: {\"choices\":[{\"index\":0,\"delta\":" + delta + "]}\n\n";
  }

  private static void refuse(HttpExchange exchange, int status, String code) throws IOException {
    exchange.getResponseHeaders().set("Retry-After", LATER);
    send(exchange, status, "{\"error\":{\"code\":\"%s\"}}".formatted(code), true);
  }

  private static void send(HttpExchange exchange, int status, String text, boolean whole)
      throws IOException {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    // The length is one byte more than is sent, so that the caller notices the missing end.
    exchange.sendResponseHeaders(status, whole ? body.length : body.length + 1);
    OutputStream out = exchange.getResponseBody();
    out.write(body);
    out.flush();
  }

  private static void sleep() {
    try {
      Thread.sleep(LONGEST_SILENCE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
