package io.plumbline.inference;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A provider's API that embeds texts by their words, so that texts with the same words are close.
 * Ten tokens a text.
 */
final class EmbeddingApi implements AutoCloseable {

  private record Failure(int status, String body, AtomicInteger times) {}

  private final HttpServer server;
  private final Queue<String> embedded = new ConcurrentLinkedQueue<>();
  private final AtomicInteger requests = new AtomicInteger();
  private final int dimensions;
  private volatile int answersBeforeChange = Integer.MAX_VALUE;
  private volatile int answersBeforeFailure = Integer.MAX_VALUE;
  private volatile Failure failure = new Failure(500, "{}", new AtomicInteger());

  EmbeddingApi(int dimensions) {
    this.dimensions = dimensions;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/embeddings", this::reply);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Halves the dimensions of the vectors after a number of answers. */
  void changes(int answers) {
    answersBeforeChange = answers;
  }

  /** Makes requests fail a number of times, after a number of answers. */
  void fails(int answers, int times, int status, String body) {
    failure = new Failure(status, body, new AtomicInteger(times));
    answersBeforeFailure = answers;
  }

  /** Returns the texts of all answers. */
  List<String> embedded() {
    return List.copyOf(embedded);
  }

  private void reply(HttpExchange exchange) throws IOException {
    try (exchange) {
      JsonNode request = JsonMapper.shared().readTree(exchange.getRequestBody().readAllBytes());
      if (requests.get() >= answersBeforeFailure
          && failure.times.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
        exchange.getResponseHeaders().add("Retry-After", "0");
        send(exchange, failure.status, failure.body);
        return;
      }
      int answered = requests.incrementAndGet();
      List<String> texts = request.path("input").valueStream().map(JsonNode::asString).toList();
      embedded.addAll(texts);
      send(exchange, 200, answer(texts, answered).toString());
    }
  }

  private ObjectNode answer(List<String> texts, int answered) {
    ObjectNode answer = JsonMapper.shared().createObjectNode().put("object", "list");
    ArrayNode data = answer.putArray("data");
    // The items are sent in reverse, because their field index decides their order.
    for (int i = texts.size() - 1; i >= 0; i--) {
      ObjectNode item = data.addObject().put("object", "embedding").put("index", i);
      ArrayNode vector = item.putArray("embedding");
      for (float value : vector(texts.get(i), answered)) {
        vector.add(value);
      }
    }
    answer.putObject("usage").put("prompt_tokens", 10 * texts.size());
    return answer;
  }

  private float[] vector(String text, int answered) {
    float[] vector = new float[answered > answersBeforeChange ? dimensions / 2 : dimensions];
    for (String word : text.toLowerCase(Locale.ROOT).split("\\W+", -1)) {
      vector[Math.floorMod(word.hashCode(), vector.length)] += 3;
    }
    return vector;
  }

  private static void send(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
