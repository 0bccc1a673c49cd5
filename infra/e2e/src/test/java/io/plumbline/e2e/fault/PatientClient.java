package io.plumbline.e2e.fault;

import io.plumbline.demo.api.ApiUser;
import io.plumbline.demo.api.StepFailed;
import io.plumbline.e2e.Platform;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A person's requests through the gateway. While the gateway is unavailable, the status is 0. */
public final class PatientClient {

  /**
   * @param status 0 when there was no answer at all
   */
  record Reply(int status, String body, String etag) {

    private static final Reply NONE = new Reply(0, "", "");

    JsonNode json() {
      return JsonMapper.shared().readTree(body);
    }
  }

  private static final HttpClient HTTP =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(2))
          .build();

  /** The requests of all these clients that failed, by what came instead of an answer. */
  private static final Map<String, LongAdder> FAILURES = new ConcurrentSkipListMap<>();

  private final ApiUser user;

  PatientClient(String user) {
    this.user = Platform.user(user);
  }

  Reply get(String path) {
    return send("GET", path, null, Map.of());
  }

  Reply post(String path, String key, Object body) {
    return send("POST", path, body, Map.of("Idempotency-Key", key));
  }

  Reply put(String path, Object body, Map<String, String> headers) {
    return send("PUT", path, body, headers);
  }

  Reply delete(String path) {
    return send("DELETE", path, null, Map.of());
  }

  Reply send(String method, String path, @Nullable Object body, Map<String, String> headers) {
    try {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(URI.create(Platform.access().gateway() + path))
              .timeout(Duration.ofSeconds(10))
              .header("Authorization", "Bearer " + user.token())
              .header("Content-Type", "application/json")
              .method(
                  method,
                  body == null
                      ? BodyPublishers.noBody()
                      : BodyPublishers.ofString(JsonMapper.shared().writeValueAsString(body)));
      headers.forEach(request::header);
      HttpResponse<String> answer = HTTP.send(request.build(), BodyHandlers.ofString());
      if (answer.statusCode() >= 500) {
        count(method, path, answer.statusCode() + " " + answer.body());
      }
      return new Reply(
          answer.statusCode(), answer.body(), answer.headers().firstValue("ETag").orElse(""));
    } catch (IOException | StepFailed e) {
      count(method, path, e.toString());
      return Reply.NONE;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Reply.NONE;
    }
  }

  private static void count(String method, String path, String failure) {
    // Names differ from request to request.
    String route = path.replaceAll("(/api/[^/?]+).*", "$1");
    FAILURES
        .computeIfAbsent(method + " " + route + ": " + failure, first -> new LongAdder())
        .increment();
  }

  /** Returns the requests that had no answer or one of the 500s since this was asked last. */
  public static Map<String, Long> takeFailures() {
    Map<String, Long> failures = new TreeMap<>();
    FAILURES.forEach((failure, count) -> failures.put(failure, count.sumThenReset()));
    failures.values().removeIf(count -> count == 0);
    return failures;
  }

  /** Returns every item of a list that has pages; the platform must be up. */
  List<JsonNode> all(String path) {
    return user.items(path + (path.contains("?") ? "&" : "?") + "limit=100");
  }

  /** Returns the items of a list without pages; the platform must be up. */
  List<JsonNode> whole(String path) {
    return user.items(path);
  }
}
