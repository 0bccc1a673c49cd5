package io.plumbline.platform.test;

import io.plumbline.platform.identity.Role;
import io.plumbline.platform.signature.CallStatement;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A client that calls the application under test as a person of a workspace. */
public final class TestClient {

  private final Environment environment;
  private final TestTokenIssuer testTokenIssuer;
  private final JsonMapper json;
  private final OpenApiResponseCheck openApiResponseCheck;
  private final HttpClient http = HttpClient.newHttpClient();

  TestClient(Environment environment, TestTokenIssuer testTokenIssuer, JsonMapper json) {
    this.environment = environment;
    this.testTokenIssuer = testTokenIssuer;
    this.json = json;
    this.openApiResponseCheck =
        new OpenApiResponseCheck(
            () -> new OpenApiSpecification(as("vic", Role.VIEWER).get("/v3/api-docs").json()),
            exampleRecorder());
  }

  private static @Nullable ExampleRecorder exampleRecorder() {
    if (!Boolean.getBoolean("openapi.examples")) {
      return null;
    }
    return new ExampleRecorder(Path.of("src/main/resources/api-examples"));
  }

  OpenApiResponseCheck answerCheck() {
    return openApiResponseCheck;
  }

  /** Returns a caller who is a person of workspace ACME. */
  public TestCaller as(String name, Role... roles) {
    return as(name, Workspaces.ACME, roles);
  }

  public TestCaller as(String name, UUID workspace, Role... roles) {
    return withToken(testTokenIssuer.person(name, workspace, roles));
  }

  /** Returns a caller that is a service at work of its own in a workspace. */
  public TestCaller asService(String name, UUID workspace) {
    return asService(name, workspace, null);
  }

  /**
   * Returns a caller that is a service answering a request.
   *
   * @param person the actor of the request; null for work of the service itself
   */
  public TestCaller asService(String name, UUID workspace, @Nullable String person) {
    String self = environment.getRequiredProperty("spring.application.name");
    return new TestCaller(
        Map.of("Authorization", "Bearer " + testTokenIssuer.service(name)),
        (method, path) ->
            Map.of(
                CallStatement.HEADER,
                EventKeys.sign(
                    new CallStatement(workspace, person, Instant.now()),
                    new CallStatement.Call(name, self, method, path))));
  }

  public TestCaller withToken(String token) {
    return new TestCaller(Map.of("Authorization", "Bearer " + token), (method, path) -> Map.of());
  }

  public TestCaller anonymous() {
    return new TestCaller(Map.of(), (method, path) -> Map.of());
  }

  /** Returns the answer of the management port, where nobody needs a token. */
  public Answer getFromManagementPort(String path) {
    try {
      return new Answer(
          http.send(
              HttpRequest.newBuilder(
                      URI.create(
                          "http://127.0.0.1:"
                              + environment.getRequiredProperty("local.management.port")
                              + path))
                  .build(),
              HttpResponse.BodyHandlers.ofString()),
          json);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** A caller; each method sends one request. */
  public final class TestCaller {

    private final Map<String, String> headers;
    private final BiFunction<String, String, Map<String, String>> statement;

    /**
     * @param statement gives the header with the statement about a method and a path, if any
     */
    private TestCaller(
        Map<String, String> headers, BiFunction<String, String, Map<String, String>> statement) {
      this.headers = headers;
      this.statement = statement;
    }

    public TestCaller header(String name, String value) {
      Map<String, String> more = new HashMap<>(headers);
      more.put(name, value);
      return new TestCaller(more, statement);
    }

    /** Returns a caller whose requests change nothing: they succeed, and append no event. */
    public TestCaller expectingNoEvent() {
      return header(OutboxRequiredFilter.UNCHANGED, "true");
    }

    public Answer get(String path) {
      return send("GET", path, null);
    }

    /**
     * Sends a POST request.
     *
     * @param body the body, written as JSON; a String is sent as it is
     */
    public Answer post(String path, @Nullable Object body) {
      return send("POST", path, body);
    }

    public Answer put(String path, @Nullable Object body) {
      return send("PUT", path, body);
    }

    public Answer patch(String path, @Nullable Object body) {
      return send("PATCH", path, body);
    }

    public Answer delete(String path) {
      return send("DELETE", path, null);
    }

    public Answer send(String method, String path, @Nullable Object body) {
      byte[] content =
          switch (body) {
            case null -> new byte[0];
            case byte[] bytes -> bytes;
            case String text -> text.getBytes(StandardCharsets.UTF_8);
            default -> json.writeValueAsBytes(body);
          };
      HttpRequest.Builder request =
          HttpRequest.newBuilder(
                  URI.create(
                      "http://127.0.0.1:"
                          + environment.getRequiredProperty("local.server.port")
                          + path))
              .method(method, HttpRequest.BodyPublishers.ofByteArray(content));
      if (body != null && !headers.containsKey("Content-Type")) {
        request.header("Content-Type", "application/json");
      }
      headers.forEach(request::header);
      statement.apply(method, path).forEach(request::header);
      try {
        Answer answer =
            new Answer(http.send(request.build(), HttpResponse.BodyHandlers.ofString()), json);
        if (!answer.header(OutboxRequiredFilter.BROKEN).isEmpty()) {
          throw new AssertionError(answer.header(OutboxRequiredFilter.BROKEN));
        }
        openApiResponseCheck.requireMatchesDescription(
            method, path, body == null ? null : content, answer);
        checkLocation(method, answer);
        return answer;
      } catch (IOException e) {
        throw new IllegalStateException(e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    }

    /**
     * Checks that the Location of an answer exists, since one that leads nowhere is worth nothing
     * to the caller.
     */
    private void checkLocation(String method, Answer answer) {
      String location = answer.header("Location");
      if (!method.equals("GET") && answer.status() < 300 && location.startsWith("/api/")) {
        int status = get(location).status();
        if (status != 200) {
          throw new AssertionError("GET " + location + ", a Location, answered " + status);
        }
      }
    }
  }

  /** The answer to a request. */
  public record Answer(HttpResponse<String> response, JsonMapper mapper) {

    public int status() {
      return response.statusCode();
    }

    public String body() {
      return response.body();
    }

    public JsonNode json() {
      return mapper.readTree(response.body());
    }

    /**
     * Returns the value of a header.
     *
     * @return the empty string when the header is absent
     */
    public String header(String name) {
      return response.headers().firstValue(name).orElse("");
    }

    @Override
    public String toString() {
      return status() + " " + body();
    }
  }
}
