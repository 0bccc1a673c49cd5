package io.plumbline.e2e;

import io.plumbline.demo.Person;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The routes as the running applications describe them, and plain requests to them. */
final class Api {

  static final List<String> SERVICES =
      List.of("strategy", "prompt-registry", "dataset-registry", "training", "model-registry", "evaluation", "inference", "compliance");

  /** One operation of one service. */
  record Route(String service, String method, String path) {

    boolean hasParameters() {
      return path.contains("{");
    }
  }

  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private Api() {}

  static List<Route> routes(Person person) {
    List<Route> routes = new ArrayList<>();
    for (String service : SERVICES) {
      JsonNode paths = JsonMapper.shared().readTree(send("GET", "/api/services/" + service + "/openapi", person.token(), null).body()).at("/paths");
      paths
          .propertyStream()
          .forEach(path -> path.getValue().propertyNames().forEach(method -> routes.add(new Route(service, method.toUpperCase(Locale.ROOT), path.getKey()))));
    }
    return routes;
  }

  static HttpResponse<String> send(String method, String path, @Nullable String token, @Nullable String body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(Platform.access().gateway() + path))
            .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
            .header("Content-Type", "application/json");
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    try {
      return HTTP.send(request.build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new IllegalStateException(method + " " + path, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
