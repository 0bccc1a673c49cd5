package io.plumbline.inference;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What inference calls, on loopback: the realm's token endpoint, prompt-registry, and a provider
 * whose behaviour depends on the request.
 */
final class Neighbours {

  final Map<String, String> prompts = new ConcurrentHashMap<>();
  final AtomicInteger promptFetches = new AtomicInteger();
  final AtomicInteger failuresLeft = new AtomicInteger();
  final AtomicInteger completions = new AtomicInteger();
  final CountDownLatch clientGone = new CountDownLatch(1);

  private final HttpServer server;

  Neighbours() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext(
        "/token",
        exchange ->
            answer(
                exchange,
                200,
                "{\"access_token\":\"service\",\"token_type\":\"Bearer\",\"expires_in\":300}"));
    server.createContext("/api/prompt-versions/", this::prompt);
    server.createContext("/v1/chat/completions", this::complete);
    server.createContext("/redirect/chat/completions", Neighbours::redirect);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private void prompt(HttpExchange exchange) throws IOException {
    promptFetches.incrementAndGet();
    String path = exchange.getRequestURI().getPath();
    String content = prompts.get(path.substring(path.lastIndexOf('/') + 1));
    answer(exchange, content == null ? 404 : 200, content == null ? "{}" : content);
  }

  private void complete(HttpExchange exchange) throws IOException {
    completions.incrementAndGet();
    String request = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    if (failuresLeft.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
      answer(exchange, 503, "{}");
    } else if (request.contains("\"model\":\"broken\"")) {
      answer(exchange, 500, "{}");
    } else if (request.contains("\"model\":\"exhausted\"")) {
      answer(exchange, 429, "{\"error\":{\"code\":\"insufficient_quota\"}}");
    } else if (!exchange.getRequestHeaders().getFirst("Authorization").equals("Bearer sesame")) {
      answer(exchange, 401, "{\"error\":{\"message\":\"secret detail\"}}");
    } else if (request.contains("break off")) {
      stream(exchange, "one", false, false);
    } else if (request.contains("no line end")) {
      answer(exchange, 200, "data: " + "x".repeat(2 << 20));
    } else if (request.contains("never end")) {
      stream(exchange, "one", false, true);
    } else if (request.contains("\"stream\":true")) {
      stream(exchange, "one two", true, false);
    } else {
      answer(
          exchange,
          200,
          """
          {"id":"x","object":"chat.completion","created":1,"model":"m",
          "choices":[{"index":0,"message":{"role":"assistant","content":"hello"},
          "finish_reason":"stop"}],"usage":{"prompt_tokens":7,"completion_tokens":2,"total_tokens":9}}\
          """);
    }
  }

  private void stream(HttpExchange exchange, String words, boolean ends, boolean endless)
      throws IOException {
    exchange.getResponseHeaders().add("Content-Type", "text/event-stream");
    exchange.sendResponseHeaders(200, 0);
    try (OutputStream out = exchange.getResponseBody()) {
      for (String word : words.split(" ", -1)) {
        out.write(
            ("data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"" + word + "\"}}]}\n\n")
                .getBytes(StandardCharsets.UTF_8));
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
