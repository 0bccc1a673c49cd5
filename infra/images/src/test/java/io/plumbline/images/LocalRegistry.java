package io.plumbline.images;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A registry in memory with the distribution API of OCI, as far as it is used here. It refuses a
 * blob with another digest and a manifest that names a blob it does not have.
 */
final class LocalRegistry implements AutoCloseable {

  record Manifest(String type, byte[] content) {}

  private final HttpServer server;
  private final PlainPort port;
  private final Map<String, byte[]> blobs = new ConcurrentHashMap<>();
  private final Map<String, Manifest> manifests = new ConcurrentHashMap<>();

  /** The paths of the blobs that were uploaded, in their order. */
  private final List<String> uploads = new CopyOnWriteArrayList<>();

  private volatile Optional<String> token = Optional.empty();

  LocalRegistry() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
    port = new PlainPort(server.getAddress());
  }

  /** Asks for a token from now on, which it gives to everybody. */
  void requireToken(String required) {
    token = Optional.of(required);
  }

  /** Returns the host and the port. */
  String address() {
    return "localhost:" + port.number();
  }

  List<String> uploads() {
    return List.copyOf(uploads);
  }

  /** Returns the repositories with the tags and digests of what they have. */
  List<String> names() {
    return manifests.keySet().stream().sorted().toList();
  }

  Manifest manifest(String repository, String reference) {
    return Optional.ofNullable(manifests.get(repository + ":" + reference)).orElseThrow();
  }

  byte[] blob(String digest) {
    return Optional.ofNullable(blobs.get(digest)).orElseThrow();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      if (path.equals("/token")) {
        send(
            exchange,
            200,
            "{\"token\":\"%s\"}".formatted(token.orElse("")).getBytes(StandardCharsets.UTF_8));
      } else if (token.isPresent() && !isAuthorized(exchange)) {
        exchange
            .getResponseHeaders()
            .set(
                "WWW-Authenticate",
                "Bearer realm=\"http://%s/token\",service=\"test\"".formatted(address()));
        send(exchange, 401, new byte[0]);
      } else if (path.equals("/v2/")) {
        send(exchange, 200, new byte[0]);
      } else if (path.contains("/blobs/uploads/")) {
        upload(exchange, path);
      } else if (path.contains("/blobs/")) {
        read(exchange, Optional.ofNullable(blobs.get(path.substring(path.lastIndexOf('/') + 1))));
      } else {
        manifest(exchange, path);
      }
    }
  }

  private boolean isAuthorized(HttpExchange exchange) {
    return ("Bearer " + token.orElse(""))
        .equals(exchange.getRequestHeaders().getFirst("Authorization"));
  }

  private void upload(HttpExchange exchange, String path) throws IOException {
    if (exchange.getRequestMethod().equals("POST")) {
      exchange.getResponseHeaders().set("Location", path + "1?state=new");
      send(exchange, 202, new byte[0]);
      return;
    }
    byte[] content = exchange.getRequestBody().readAllBytes();
    String digest = exchange.getRequestURI().getQuery().replaceFirst(".*digest=", "");
    if (!Digests.of(content).equals(digest)) {
      send(exchange, 400, "digest".getBytes(StandardCharsets.UTF_8));
      return;
    }
    blobs.put(digest, content);
    uploads.add(digest);
    send(exchange, 201, new byte[0]);
  }

  private void manifest(HttpExchange exchange, String path) throws IOException {
    String repository = path.substring("/v2/".length(), path.indexOf("/manifests/"));
    String reference = path.substring(path.lastIndexOf('/') + 1);
    if (exchange.getRequestMethod().equals("PUT")) {
      byte[] content = exchange.getRequestBody().readAllBytes();
      if (!blobs.keySet().containsAll(named(content))) {
        send(exchange, 400, "blob unknown".getBytes(StandardCharsets.UTF_8));
        return;
      }
      Manifest manifest =
          new Manifest(exchange.getRequestHeaders().getFirst("Content-Type"), content);
      manifests.put(repository + ":" + reference, manifest);
      manifests.put(repository + ":" + Digests.of(content), manifest);
      send(exchange, 201, new byte[0]);
      return;
    }
    Optional<Manifest> found = Optional.ofNullable(manifests.get(repository + ":" + reference));
    found.ifPresent(each -> {
      exchange.getResponseHeaders().set("Content-Type", each.type());
      exchange.getResponseHeaders().set("Docker-Content-Digest", Digests.of(each.content()));
    });
    read(exchange, found.map(Manifest::content));
  }

  private static List<String> named(byte[] manifest) {
    JsonNode json = JsonMapper.shared().readTree(manifest);
    List<String> digests = new ArrayList<>(List.of(json.at("/config/digest").asString("")));
    json.path("layers").forEach(layer -> digests.add(layer.path("digest").asString("")));
    return digests;
  }

  private static void read(HttpExchange exchange, Optional<byte[]> content) throws IOException {
    if (content.isEmpty()) {
      send(exchange, 404, new byte[0]);
    } else if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.getResponseHeaders().set("Content-Length", Integer.toString(content.get().length));
      exchange.sendResponseHeaders(200, -1);
    } else {
      send(exchange, 200, content.get());
    }
  }

  private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.getRequestBody().transferTo(OutputStream.nullOutputStream());
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
  }

  @Override
  public void close() throws IOException {
    port.close();
    server.stop(0);
  }
}
