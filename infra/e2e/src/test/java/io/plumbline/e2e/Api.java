package io.plumbline.e2e;

import io.plumbline.demo.api.ApiUser;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The routes as the running applications describe them, and plain requests to them. */
final class Api {

  static final List<String> SERVICES =
      List.of(
          "strategy",
          "prompt-registry",
          "dataset-registry",
          "training",
          "model-registry",
          "evaluation",
          "inference",
          "compliance");

  /**
   * One operation of one service.
   *
   * @param path through the gateway
   * @param exampleBody the description's own example, or a body with what is required, filled by
   *     type; absent when it takes none
   */
  record Route(String service, String method, String path, @Nullable String exampleBody) {

    boolean hasParameters() {
      return path.contains("{");
    }

    boolean reads() {
      return method.equals("GET");
    }
  }

  /** One for each pattern in use. */
  private static final List<String> TEXTS =
      List.of("example-text", "0123456789abcdef".repeat(4), "local/example", "openai-compatible");

  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private Api() {}

  static List<Route> routes(ApiUser user) {
    List<Route> routes = new ArrayList<>();
    for (String service : SERVICES) {
      JsonNode description =
          JsonMapper.shared()
              .readTree(
                  send("GET", "/api/services/" + service + "/openapi", user.token(), null).body());
      description
          .at("/paths")
          .propertyStream()
          .forEach(path ->
              path.getValue()
                  .propertyStream()
                  .forEach(operation ->
                      routes.add(
                          new Route(
                              service,
                              operation.getKey().toUpperCase(Locale.ROOT),
                              throughGateway(service, path.getKey()),
                              body(description, operation.getValue())))));
    }
    return routes;
  }

  /**
   * Returns the path through the gateway. Every service has dead letters, so their path there names
   * the service.
   */
  private static String throughGateway(String service, String path) {
    return path.replaceFirst("^/api/dead-letters", "/api/services/" + service + "/dead-letters");
  }

  private static @Nullable String body(JsonNode description, JsonNode operation) {
    JsonNode content = operation.at("/requestBody/content/application~1json");
    if (content.has("example")) {
      return content.get("example").toString();
    }
    JsonNode schema = content.at("/schema");
    return schema.isMissingNode()
        ? null
        : JsonMapper.shared().writeValueAsString(example(description, schema));
  }

  private static Object example(JsonNode description, JsonNode schema) {
    if (schema.has("$ref")) {
      return example(description, description.at(schema.get("$ref").asString().substring(1)));
    }
    if (schema.has("enum")) {
      return schema.at("/enum/0");
    }
    return switch (schema.at("/type").asString("object")) {
      case "string" -> text(schema);
      case "integer", "number" -> Math.max(1, schema.at("/minimum").asInt(1));
      case "boolean" -> true;
      case "array" -> List.of(example(description, schema.at("/items")));
      default ->
          schema
              .at("/required")
              .valueStream()
              .map(JsonNode::asString)
              .collect(
                  Collectors.toMap(
                      name -> name,
                      name -> example(description, schema.at("/properties/" + name))));
    };
  }

  private static String text(JsonNode schema) {
    return switch (schema.at("/format").asString("")) {
      case "uuid" -> UUID.randomUUID().toString();
      case "date" -> "2030-01-01";
      case "date-time" -> "2030-01-01T00:00:00Z";
      case "uri" -> "https://example.com/";
      default ->
          TEXTS.stream()
              .filter(text -> text.matches(schema.at("/pattern").asString(".*")))
              .findFirst()
              .orElseThrow();
    };
  }

  /**
   * Sends a complete request to this path of the route. Only the object that the path names may be
   * missing.
   */
  static HttpResponse<String> send(Route route, String path, String token) {
    return switch (route.method() + " " + route.path()) {
      case "POST /api/datasets/{name}/versions" ->
          send("POST", path, token, "{\"text\":\"one\",\"label\":\"a\"}", "application/x-ndjson");
      // The example's host has no address where these tests run.
      case "POST /api/providers/{name}/connections" ->
          send("POST", path, token, "{\"baseUrl\":\"http://127.0.0.1:1/v1\"}");
      default -> send(route.method(), path, token, route.exampleBody());
    };
  }

  static HttpResponse<String> send(
      String method, String path, @Nullable String token, @Nullable String body) {
    return send(method, path, token, body, "application/json");
  }

  /**
   * Starts an upload in parts to a dataset of rows with text and label, without sending any part.
   *
   * @return its id
   */
  static String beginUpload(String dataset, String token) {
    HttpResponse<String> opened =
        send(
            request("POST", "/api/datasets/" + dataset + "/uploads", token, null)
                .header("Upload-Length", "100")
                .header("Upload-Metadata", "filetype YXBwbGljYXRpb24veC1uZGpzb24="));
    if (opened.statusCode() != 201) {
      throw new IllegalStateException(opened.statusCode() + " " + opened.body());
    }
    return JsonMapper.shared().readTree(opened.body()).at("/uploadId").asString();
  }

  private static HttpResponse<String> send(
      String method,
      String path,
      @Nullable String token,
      @Nullable String body,
      String contentType) {
    HttpRequest.Builder request =
        request(method, path, token, body).header("Content-Type", contentType);
    if (method.equals("PUT") || method.equals("PATCH")) {
      request.header("If-Match", "*");
    }
    return send(request);
  }

  private static HttpRequest.Builder request(
      String method, String path, @Nullable String token, @Nullable String body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(Platform.access().gateway() + path))
            .timeout(Duration.ofMinutes(1))
            .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    return request;
  }

  private static HttpResponse<String> send(HttpRequest.Builder builder) {
    HttpRequest request = builder.build();
    try {
      return HTTP.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new IllegalStateException(request.method() + " " + request.uri(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
