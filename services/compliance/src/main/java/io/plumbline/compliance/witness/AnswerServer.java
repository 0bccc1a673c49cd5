package io.plumbline.compliance.witness;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** The HTTP server of a process that keeps what it signed last in a store of its own. */
final class AnswerServer implements AutoCloseable {

  /** Answers the requests for every path. */
  interface Route {
    Witness.Answer answer(HttpExchange exchange) throws IOException;
  }

  private final HttpServer server;
  private final WitnessStore store;

  /** Starts a server for plain HTTP. */
  AnswerServer(InetSocketAddress address, WitnessStore store, Route route) throws IOException {
    this(HttpServer.create(address, 0), store, route);
  }

  /** Starts a server that was created for an address. */
  AnswerServer(HttpServer server, WitnessStore store, Route route) {
    this.store = store;
    this.server = server;
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            send(exchange, route.answer(exchange));
          }
        });
    server.start();
  }

  /** Limits the clients of this process. It has no effect once a server was created. */
  static void limitClients(int connections) {
    // A client that sends slowly, or nothing, does not hold a thread for good.
    System.setProperty("sun.net.httpserver.maxReqTime", "10");
    System.setProperty("sun.net.httpserver.maxRspTime", "10");
    System.setProperty("jdk.httpserver.maxConnections", Integer.toString(connections));
  }

  /** Returns the answer to the body of a request, or 413 if the body has more bytes than these. */
  static Witness.Answer answerBody(
      HttpExchange exchange, int maxBytes, Function<String, Witness.Answer> answer)
      throws IOException {
    byte[] body = exchange.getRequestBody().readNBytes(maxBytes + 1);
    return body.length > maxBytes
        ? Witness.Answer.text(413, "A request has at most " + maxBytes + " bytes\n")
        : answer.apply(new String(body, StandardCharsets.UTF_8));
  }

  private static void send(HttpExchange exchange, Witness.Answer answer) throws IOException {
    byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", answer.contentType());
    exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
  }

  int port() {
    return server.getAddress().getPort();
  }

  @Override
  public void close() throws IOException {
    server.stop(0);
    store.close();
  }
}
