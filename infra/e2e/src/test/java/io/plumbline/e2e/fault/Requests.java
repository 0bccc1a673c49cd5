package io.plumbline.e2e.fault;

import io.plumbline.e2e.Platform;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** The requests that people send all day. */
final class Requests {

  /** A list of each service. */
  static final List<String> LISTS =
      List.of(
          "/api/applications",
          "/api/prompts",
          "/api/datasets",
          "/api/training-jobs",
          "/api/models",
          "/api/runs",
          "/api/indexes",
          "/api/policies");

  private Requests() {}

  /** Returns new API keys that call a model; each has a rate limit of its own. */
  static List<String> keys(int number, String model) {
    return Stream.generate(() ->
            Platform.createKey(Platform.uniqueName("load"), "models", List.of(model)).text("/key"))
        .limit(number)
        .toList();
  }

  static HttpRequest get(String path, String token) {
    return to(path, token).GET().build();
  }

  static HttpRequest.Builder to(String path, String token) {
    return HttpRequest.newBuilder(URI.create(Platform.access().gateway() + path))
        .timeout(Duration.ofSeconds(30))
        .header("Authorization", "Bearer " + token);
  }

  /** Returns a greeting to a model, whose answer does not matter. */
  static HttpRequest greeting(String token, String model) {
    return to("/v1/chat/completions", token)
        .header("Content-Type", "application/json")
        .POST(
            BodyPublishers.ofString(
                """
                {"model":"%s","messages":[{"role":"user","content":"Hello"}]}
                """
                    .formatted(model)))
        .build();
  }

  /**
   * Returns a request for one of two labels, from a model of this machine: milliseconds of
   * processor time.
   */
  static HttpRequest completion(String token, String text) {
    return to("/v1/chat/completions", token)
        .header("Content-Type", "application/json")
        .POST(
            BodyPublishers.ofString(
                """
                {"model":"local/choice-bge-small","messages":[{"role":"user","content":"%s"}],
                "response_format":{"type":"json_schema","json_schema":{"name":"topic","strict":true,
                "schema":{"type":"object","additionalProperties":false,"required":["label"],
                "properties":{"label":{"type":"string","enum":["billing","delivery"]}}}}}}
                """
                    .formatted(text)))
        .build();
  }
}
