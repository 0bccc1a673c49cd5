package io.plumbline.e2e;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A provider on loopback that answers as its script says. The platform under test is allowed to
 * call it ({@link Platform#up()}).
 */
public final class ScriptedProvider implements AutoCloseable {

  private final Function<JsonNode, Map<String, ?>> script;
  private final HttpServer server;
  private final AtomicInteger calls = new AtomicInteger();
  private volatile boolean right = true;

  /** Reads the right label off the last message, or gives the other one. */
  ScriptedProvider() {
    this.script = this::label;
    this.server = start();
  }

  /**
   * @param script the message that answers a request
   */
  public ScriptedProvider(Function<JsonNode, Map<String, ?>> script) {
    this.script = script;
    this.server = start();
  }

  private HttpServer start() {
    try {
      HttpServer started =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      started.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
      started.createContext("/v1/chat/completions", this::complete);
      started.createContext("/v1/models", ScriptedProvider::list);
      started.start();
      return started;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns a message of text alone. */
  public static Map<String, ?> says(String content) {
    return Map.of("role", "assistant", "content", content);
  }

  /**
   * Returns a message that calls one tool.
   *
   * @param arguments JSON
   */
  public static Map<String, ?> calls(String tool, String arguments) {
    return Map.of(
        "role",
        "assistant",
        "tool_calls",
        List.of(
            Map.of(
                "id",
                "c1",
                "type",
                "function",
                "function",
                Map.of("name", tool, "arguments", arguments))));
  }

  /** Connects this provider under a name, which the names of its models begin with. */
  public void connect(String name) {
    Platform.connect(name, url());
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1";
  }

  /** Returns the number of calls so far. */
  int calls() {
    return calls.get();
  }

  void answerRightly(boolean rightly) {
    right = rightly;
  }

  private Map<String, ?> label(JsonNode request) {
    JsonNode messages = request.path("messages");
    String text = messages.get(messages.size() - 1).path("content").asString();
    boolean first = text.toLowerCase(Locale.ROOT).startsWith(GovernedApplication.LABELS.getFirst());
    String label =
        first == right
            ? GovernedApplication.LABELS.getFirst()
            : GovernedApplication.LABELS.getLast();
    return says("{\"label\":\"" + label + "\"}");
  }

  /** Lists no model, although the provider answers to every name. */
  private static void list(HttpExchange exchange) throws IOException {
    byte[] none = bytes(Map.of("object", "list", "data", List.of()));
    exchange.sendResponseHeaders(200, none.length);
    exchange.getResponseBody().write(none);
    exchange.close();
  }

  private void complete(HttpExchange exchange) throws IOException {
    calls.incrementAndGet();
    JsonNode request = JsonMapper.shared().readTree(exchange.getRequestBody().readAllBytes());
    Map<String, ?> message = script.apply(request);
    if (request.path("stream").asBoolean(false)) {
      stream(exchange, message);
    } else {
      byte[] answer = bytes(completion("message", message, finishReason(message)));
      exchange.getResponseHeaders().add("Content-Type", "application/json");
      exchange.sendResponseHeaders(200, answer.length);
      exchange.getResponseBody().write(answer);
    }
    exchange.close();
  }

  /** Streams a message word by word. */
  private static void stream(HttpExchange exchange, Map<String, ?> message) throws IOException {
    exchange.getResponseHeaders().add("Content-Type", "text/event-stream");
    exchange.sendResponseHeaders(200, 0);
    for (String word : String.valueOf(message.get("content")).splitWithDelimiters(" ", 0)) {
      event(exchange, bytes(completion("delta", Map.of("content", word), null)));
    }
    event(exchange, bytes(completion("delta", Map.of(), finishReason(message))));
    event(exchange, "[DONE]".getBytes(StandardCharsets.UTF_8));
  }

  private static void event(HttpExchange exchange, byte[] data) throws IOException {
    exchange.getResponseBody().write("data: ".getBytes(StandardCharsets.UTF_8));
    exchange.getResponseBody().write(data);
    exchange.getResponseBody().write("\n\n".getBytes(StandardCharsets.UTF_8));
    exchange.getResponseBody().flush();
  }

  private static String finishReason(Map<String, ?> message) {
    return message.containsKey("tool_calls") ? "tool_calls" : "stop";
  }

  /**
   * @param part what the choice holds: a message, or the delta of one
   */
  private static Map<String, ?> completion(
      String part, Map<String, ?> content, @Nullable String finishReason) {
    Map<String, Object> choice = new HashMap<>(Map.of("index", 0, part, content));
    choice.put("finish_reason", finishReason);
    return Map.of(
        "id",
        "x",
        "object",
        part.equals("delta") ? "chat.completion.chunk" : "chat.completion",
        "created",
        1,
        "model",
        "m",
        "choices",
        List.of(choice),
        "usage",
        Map.of("prompt_tokens", 7, "completion_tokens", 2, "total_tokens", 9));
  }

  private static byte[] bytes(Map<String, ?> body) {
    return JsonMapper.shared().writeValueAsBytes(body);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
