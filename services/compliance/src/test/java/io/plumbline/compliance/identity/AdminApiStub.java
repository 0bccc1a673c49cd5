package io.plumbline.compliance.identity;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;

/**
 * A stand-in for Keycloak's admin API: the events that a test adds, in the order of their times.
 */
final class AdminApiStub implements AutoCloseable {

  private record Stored(long millis, String json) {}

  private final List<Stored> events = new CopyOnWriteArrayList<>();
  private final HttpServer server;

  volatile boolean enabled = true;
  volatile boolean details = true;
  volatile boolean unavailable;

  /** The number of pages that are answered before the next is refused. */
  final AtomicInteger pagesLeft = new AtomicInteger(Integer.MAX_VALUE);

  AdminApiStub() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::answer);
    server.start();
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** Adds an event about a resource, and returns its id. */
  String add(long millis, String type, String resource, String representation, UUID by) {
    return add(millis, "realm", type, resource, representation, by);
  }

  String add(
      long millis, String byRealm, String type, String resource, String representation, UUID by) {
    String id = UUID.randomUUID().toString();
    Map<String, Object> event = new HashMap<>();
    event.put("id", id);
    event.put("time", millis);
    event.put("realmId", "realm");
    event.put(
        "authDetails",
        Map.of(
            "realmId",
            byRealm,
            "clientId",
            "console",
            "userId",
            by.toString(),
            "ipAddress",
            "::1"));
    event.put("operationType", "CREATE");
    event.put("resourceType", type);
    event.put("resourcePath", resource);
    event.put("representation", representation);
    event.put("details", Map.of("more", List.of("than", "is", "read")));
    addRaw(millis, JsonMapper.shared().writeValueAsString(event));
    return id;
  }

  void addRaw(long millis, String json) {
    events.add(new Stored(millis, json));
  }

  void removeAll() {
    events.clear();
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    if (unavailable) {
      send(exchange, 503, "<html>no healthy upstream</html>");
    } else if (path.equals("/events/config")) {
      send(
          exchange,
          200,
          "{\"eventsEnabled\":true,\"adminEventsEnabled\":%s,\"adminEventsDetailsEnabled\":%s}"
              .formatted(enabled, details));
    } else if (path.equals("/admin-events") && pagesLeft.getAndDecrement() > 0) {
      send(exchange, 200, page(parameters(exchange)));
    } else {
      send(exchange, 500, "{}");
    }
  }

  private String page(Map<String, String> parameters) {
    if (!"asc".equals(parameters.get("direction"))) {
      throw new IllegalArgumentException("The newest events would come first");
    }
    return events.stream()
        .sorted(Comparator.comparingLong(Stored::millis))
        .filter(each -> each.millis >= Long.parseLong(parameters.get("dateFrom")))
        .skip(Long.parseLong(parameters.get("first")))
        .limit(Long.parseLong(parameters.get("max")))
        .map(Stored::json)
        .collect(Collectors.joining(",", "[", "]"));
  }

  private static Map<String, String> parameters(HttpExchange exchange) {
    Map<String, String> parameters = new HashMap<>();
    for (String each : exchange.getRequestURI().getQuery().split("&", -1)) {
      String[] parts = each.split("=", 2);
      parameters.put(parts[0], parts[1]);
    }
    return parameters;
  }

  private static void send(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
