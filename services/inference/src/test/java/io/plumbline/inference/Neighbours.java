package io.plumbline.inference;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.plumbline.contracts.Digest;
import io.plumbline.platform.digest.CanonicalJson;
import io.plumbline.prompttemplate.content.PromptContent;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The servers that inference calls, on loopback: the realm's token endpoint, prompt-registry, and a
 * provider whose behaviour depends on the request.
 */
final class Neighbours {

  private final Map<String, String> prompts = new ConcurrentHashMap<>();
  private final Map<String, String> labelled = new ConcurrentHashMap<>();
  private final Map<String, Integer> asked = new ConcurrentHashMap<>();
  final AtomicInteger promptFetches = new AtomicInteger();
  final AtomicInteger failuresLeft = new AtomicInteger();
  final AtomicInteger completions = new AtomicInteger();
  private final Queue<String> received = new ConcurrentLinkedQueue<>();
  final CountDownLatch clientGone = new CountDownLatch(1);

  private final HttpServer server = create(0);
  private final HttpServer platform = createPlatform();

  Neighbours() {
    platform.createContext(
        "/token",
        exchange ->
            answer(
                exchange,
                200,
                "{\"access_token\":\"service\",\"token_type\":\"Bearer\",\"expires_in\":300}"));
    platform.createContext("/api/prompt-versions/", this::prompt);
    platform.createContext("/api/prompts/", this::labelled);
    server.createContext("/v1/chat/completions", this::complete);
    server.createContext("/swapped/chat/completions", this::complete);
    server.createContext("/redirect/chat/completions", Neighbours::redirect);
    server.start();
    platform.start();
  }

  /**
   * Creates the platform's server above the ports that the system gives out, so that no provider of
   * a test gets the port that inference takes for this server's management port.
   */
  private static HttpServer createPlatform() {
    return IntStream.range(61_000, 64_000)
        .mapToObj(Neighbours::createIfFree)
        .flatMap(Optional::stream)
        .findFirst()
        .orElseThrow();
  }

  private static Optional<HttpServer> createIfFree(int port) {
    try {
      return Optional.of(create(port));
    } catch (UncheckedIOException e) {
      return Optional.empty();
    }
  }

  private static HttpServer create(int port) {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
      server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Makes prompt-registry return a version with this content for its digest. */
  Digest publish(String content) {
    Digest digest =
        CanonicalJson.digest(JsonMapper.shared().readValue(content, PromptContent.class));
    // Like the registry, the answer has fields that are not part of the content.
    prompts.put(digest.hex(), "{\"prompt\":\"triage\",\"version\":1," + content.substring(1));
    return digest;
  }

  /** Sets prompt-registry's answer to a request like {@code triage/labels}; others get 404. */
  void answer(String request, String body) {
    labelled.put("/api/prompts/" + request, body);
  }

  /** Returns how often prompt-registry received a request. */
  int asked(String request) {
    return asked.getOrDefault("/api/prompts/" + request, 0);
  }

  private void labelled(HttpExchange exchange) throws IOException {
    asked.merge(exchange.getRequestURI().toString(), 1, Integer::sum);
    String body = labelled.get(exchange.getRequestURI().toString());
    String etag = "\"" + Digest.ofText(String.valueOf(body)) + "\"";
    if (body == null) {
      answer(exchange, 404, "{}");
    } else if (etag.equals(exchange.getRequestHeaders().getFirst("If-None-Match"))) {
      exchange.getResponseHeaders().set("ETag", etag);
      exchange.sendResponseHeaders(304, -1);
      exchange.close();
    } else {
      exchange.getResponseHeaders().set("ETag", etag);
      answer(exchange, 200, body);
    }
  }

  /** Returns the latest request to the provider that contains a text. */
  JsonNode received(String text) {
    return JsonMapper.shared()
        .readTree(
            received.stream()
                .filter(request -> request.contains(text))
                .reduce((earlier, later) -> later)
                .orElseThrow());
  }

  /** Returns the address of the provider. */
  String url() {
    return url(server);
  }

  /**
   * Returns the address of the platform, which has a port of its own, because a provider on a port
   * of the platform is refused.
   */
  String platformUrl() {
    return url(platform);
  }

  private static String url(HttpServer server) {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private void prompt(HttpExchange exchange) throws IOException {
    promptFetches.incrementAndGet();
    String path = exchange.getRequestURI().getPath();
    if (path.endsWith("/authors")) {
      answer(exchange, 200, "{\"authors\":[\"ann\"]}");
      return;
    }
    String content = prompts.get(path.substring(path.lastIndexOf('/') + 1));
    answer(exchange, content == null ? 404 : 200, content == null ? "{}" : content);
  }

  private void complete(HttpExchange exchange) throws IOException {
    completions.incrementAndGet();
    String request = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    received.add(request);
    if (failuresLeft.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
      answer(exchange, 503, "{}");
    } else if (request.contains("\"model\":\"broken\"")) {
      answer(exchange, 500, "{}");
    } else if (request.contains("\"model\":\"small\"")) {
      answer(
          exchange,
          400,
          "{\"error\":{\"message\":\"too long\",\"code\":\"context_length_exceeded\"}}");
    } else if (request.contains("\"model\":\"exhausted\"")) {
      answer(exchange, 429, "{\"error\":{\"code\":\"insufficient_quota\"}}");
    } else if (!exchange.getRequestHeaders().getFirst("Authorization").equals("Bearer sesame")) {
      answer(exchange, 401, "{\"error\":{\"message\":\"secret detail\"}}");
    } else if (request.contains("\"model\":\"dear\"")) {
      answer(
          exchange,
          200,
          """
          {"object":"chat.completion","choices":[{"index":0,"finish_reason":"stop",
          "message":{"role":"assistant","content":"hello"}}],
          "usage":{"prompt_tokens":2999999,"completion_tokens":1}}\
          """);
    } else if (request.contains("break off")) {
      stream(exchange, "one", false, false);
    } else if (request.contains("fail late")) {
      streamOf(
          exchange,
          chunk("one") + "data: {\"error\":{\"message\":\"no capacity\"}}\n\ndata: [DONE]\n\n");
    } else if (request.contains("several lines")) {
      streamOf(
          exchange,
          """
          data: {"choices":[{"index":0,
          data: "delta":{"content":"one"},"finish_reason":"stop"}]}

          """);
    } else if (request.contains("no protocol")) {
      streamOf(exchange, "data: {\"hello\":\"world\"}\n\ndata: [DONE]\n\n");
    } else if (request.contains("done at once")) {
      streamOf(exchange, "data: [DONE]\n\n");
    } else if (request.contains("no line end")) {
      answer(exchange, 200, "data: " + "x".repeat(2 << 20));
    } else if (request.contains("never end")) {
      stream(exchange, "one", false, true);
    } else if (request.contains("\"tools\"") && request.contains("\"stream\":true")) {
      streamOf(exchange, toolCall("\"name\":\"look\",") + toolCall("") + "data: [DONE]\n\n");
    } else if (request.contains("\"tools\"")) {
      answer(
          exchange,
          200,
          """
          {"object":"chat.completion","choices":[{"index":0,"message":{"role":"assistant",
          "content":null,"tool_calls":[{"id":"1","type":"function","function":{"name":"look",
          "arguments":"{}"}}]},"finish_reason":"tool_calls"}]}\
          """);
    } else if (request.contains("\"stream\":true")) {
      stream(exchange, "one two", true, false);
    } else {
      answer(
          exchange,
          200,
          """
          {"id":"x","object":"chat.completion","created":1,"model":"m",
          "choices":[{"index":0,"message":{"role":"assistant","content":"%s"},
          "finish_reason":"stop"}],"usage":{"prompt_tokens":7,"completion_tokens":2,"total_tokens":9}}\
          """
              .formatted(exchange.getRequestURI().getPath().startsWith("/v1") ? "hello" : "other"));
    }
  }

  private void stream(HttpExchange exchange, String words, boolean ends, boolean endless)
      throws IOException {
    exchange.getResponseHeaders().add("Content-Type", "text/event-stream");
    exchange.sendResponseHeaders(200, 0);
    try (OutputStream out = exchange.getResponseBody()) {
      for (String word : words.split(" ", -1)) {
        out.write(chunk(word).getBytes(StandardCharsets.UTF_8));
        out.flush();
      }
      while (endless) {
        Thread.sleep(50);
        out.write(": \n\n".getBytes(StandardCharsets.UTF_8));
        out.flush();
      }
      if (ends) {
        out.write(
            "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":5,\"completion_tokens\":3}}\n\ndata: [DONE]\n\n"
                .getBytes(StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      clientGone.countDown();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static String toolCall(String named) {
    return "data: {\"choices\":[{\"index\":0,\"delta\":{\"tool_calls\":[{\"index\":0,"
        + "\"function\":{"
        + named
        + "\"arguments\":\"{}\"}}]}}]}\n\n";
  }

  private static String chunk(String word) {
    return "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"" + word + "\"}}]}\n\n";
  }

  private static void streamOf(HttpExchange exchange, String events) throws IOException {
    exchange.getResponseHeaders().add("Content-Type", "text/event-stream");
    exchange.sendResponseHeaders(200, 0);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(events.getBytes(StandardCharsets.UTF_8));
    }
  }

  private static void redirect(HttpExchange exchange) throws IOException {
    exchange.getResponseHeaders().add("Location", "/v1/chat/completions");
    answer(exchange, 307, "");
  }

  private static void answer(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }
}
