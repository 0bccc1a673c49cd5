package io.plumbline.demo.api;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A user with a token, who calls the API through the gateway. */
public final class ApiUser {

  private static final Duration EVENT_DELAY = Duration.ofSeconds(10);
  private static final Duration MAX_EVENT_DELAY = Duration.ofMinutes(2);
  private static final Set<String> NOT_YET_KNOWN = Set.of("not-yet-known");

  /** The problems that pass by themselves when the event of an earlier request arrives. */
  private static final Set<String> PASSING =
      Set.of(
          "not-yet-known",
          "dataset-unadmitted",
          "not-admitted",
          "criteria-required",
          "phase-locked");

  /** The problem of a gate whose service has events still to apply. */
  private static final String BEHIND = "evidence-behind";

  private static final Set<String> NEVER = Set.of("FAILED", "CANCELLED");
  private static final Duration POLL = Duration.ofMillis(300);
  private static final int SIGN_IN_ATTEMPTS = 30;

  private final HttpClient http;
  private final Access access;
  private final String name;
  private final AtomicInteger created = new AtomicInteger();
  private String token = "";
  private Instant renewAt = Instant.EPOCH;

  public ApiUser(Access access, String name) {
    this.access = access;
    this.name = name;
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .sslContext(access.sslContext())
            .build();
  }

  public String name() {
    return name;
  }

  /** Returns how often the platform answered that it created something, or started to. */
  public int createdCount() {
    return created.get();
  }

  public ApiResponse get(String path) {
    return send("GET", path, BodyPublishers.noBody(), "application/json");
  }

  /** Returns the items of a list, of all its pages. */
  public List<JsonNode> items(String path) {
    List<JsonNode> items = new ArrayList<>();
    String parameter = path.contains("?") ? "&pageToken=" : "?pageToken=";
    String token = "";
    do {
      String page = token.isEmpty() ? path : path + parameter + token;
      JsonNode list = get(page).expect(200).json();
      list.at("/items").forEach(items::add);
      token = URLEncoder.encode(list.at("/nextPageToken").asString(""), StandardCharsets.UTF_8);
    } while (!token.isEmpty());
    return items;
  }

  /**
   * Sends a POST request, and repeats it for up to ten seconds while the service lacks an event
   * that is still on its way to the service, or for up to two minutes while a gate says that its
   * service has events still to apply, as after a restart.
   */
  public ApiResponse post(String path, Object body) {
    return sendUntilKnown("POST", path, body, NOT_YET_KNOWN, EVENT_DELAY);
  }

  /**
   * Sends a POST request, and repeats it for up to two minutes while something that was done before
   * is not known to the service: an admission, criteria or an opened phase.
   */
  public ApiResponse postRetryingUntilKnown(String path, Object body) {
    return sendUntilKnown("POST", path, body, PASSING, MAX_EVENT_DELAY);
  }

  public ApiResponse put(String path, Object body) {
    return sendUntilKnown("PUT", path, body, NOT_YET_KNOWN, EVENT_DELAY);
  }

  public ApiResponse upload(String path, byte[] body, String contentType) {
    return send("POST", path, BodyPublishers.ofByteArray(body), contentType);
  }

  /** Returns the data of each server-sent event, to the end of the stream. */
  public Stream<String> stream(String path, Object body) {
    HttpRequest request =
        request(
            "POST",
            path,
            BodyPublishers.ofString(JsonMapper.shared().writeValueAsString(body)),
            "application/json");
    HttpResponse<Stream<String>> response = exchange(request, BodyHandlers.ofLines());
    if (response.statusCode() != 200) {
      throw new StepFailed(
          "POST "
              + path
              + " answered "
              + response.statusCode()
              + ": "
              + response.body().findFirst().orElse(""));
    }
    return response
        .body()
        .filter(line -> line.startsWith("data:"))
        .map(line -> line.substring("data:".length()).strip());
  }

  /** Repeats a GET request until the answer is as expected, and returns the JSON of that answer. */
  public JsonNode await(String what, Duration atMost, String path, Predicate<JsonNode> awaited) {
    Instant end = Instant.now().plus(atMost);
    ApiResponse apiResponse = get(path);
    while (apiResponse.status() != 200 || !awaited.test(apiResponse.json())) {
      if (Instant.now().isAfter(end)) {
        throw new StepFailed(
            "waited " + atMost.toSeconds() + " s for " + what + "; " + apiResponse);
      }
      pause(POLL);
      apiResponse = get(path);
    }
    return apiResponse.json();
  }

  /**
   * Waits until a field has a value that names a state, and returns the object.
   *
   * @throws StepFailed when the object failed or was cancelled
   */
  public JsonNode awaitState(Duration atMost, String path, String pointer, String state) {
    return awaitState(atMost, path, pointer, state, each -> {});
  }

  /**
   * Waits until a field has a value that names a state, and returns the object.
   *
   * @param progress receives the object again and again meanwhile
   * @throws StepFailed when the object failed or was cancelled
   */
  public JsonNode awaitState(
      Duration atMost, String path, String pointer, String state, Consumer<JsonNode> progress) {
    return await(
        path + " to be " + state,
        atMost,
        path,
        each -> {
          progress.accept(each);
          String present = each.at(pointer).asString("");
          if (NEVER.contains(present) && !present.equals(state)) {
            throw new StepFailed(path + " is not " + state + ": " + each);
          }
          return present.equals(state);
        });
  }

  /** Reads a list again and again, until it has the item, and returns the item. */
  public JsonNode awaitItem(String what, Duration atMost, String path, Predicate<JsonNode> wanted) {
    Instant end = Instant.now().plus(atMost);
    Optional<JsonNode> item = findItem(path, wanted);
    while (item.isEmpty()) {
      if (Instant.now().isAfter(end)) {
        throw new StepFailed("waited " + atMost.toSeconds() + " s for " + what + " in " + path);
      }
      pause(POLL);
      item = findItem(path, wanted);
    }
    return item.get();
  }

  /** Returns an item of a list; empty also while the list cannot be read. */
  private Optional<JsonNode> findItem(String path, Predicate<JsonNode> wanted) {
    if (get(path).status() != 200) {
      return Optional.empty();
    }
    return items(path).stream().filter(wanted).findFirst();
  }

  private ApiResponse sendUntilKnown(
      String method, String path, Object body, Set<String> passing, Duration atMost) {
    String key = UUID.randomUUID().toString();
    Instant start = Instant.now();
    while (true) {
      ApiResponse apiResponse =
          send(
              method,
              path,
              BodyPublishers.ofString(JsonMapper.shared().writeValueAsString(body)),
              "application/json",
              key);
      boolean behind = apiResponse.status() == 503 && apiResponse.problem().equals(BEHIND);
      boolean unknown = apiResponse.status() == 409 && passing.contains(apiResponse.problem());
      Instant end = start.plus(behind ? MAX_EVENT_DELAY : atMost);
      if ((!behind && !unknown) || Instant.now().isAfter(end)) {
        return apiResponse;
      }
      pause(POLL);
    }
  }

  private ApiResponse send(String method, String path, BodyPublisher body, String contentType) {
    return send(method, path, body, contentType, null);
  }

  private ApiResponse send(
      String method,
      String path,
      BodyPublisher body,
      String contentType,
      @Nullable String idempotencyKey) {
    HttpRequest request = request(method, path, body, contentType);
    if (idempotencyKey != null) {
      request =
          HttpRequest.newBuilder(request, (header, value) -> true)
              .header("Idempotency-Key", idempotencyKey)
              .build();
    }
    HttpResponse<String> response = exchange(request, BodyHandlers.ofString());
    if (response.statusCode() == 201 || response.statusCode() == 202) {
      created.incrementAndGet();
    }
    return new ApiResponse(
        method + " " + path + " by " + name,
        response.statusCode(),
        response.body(),
        response.headers());
  }

  private HttpRequest request(String method, String path, BodyPublisher body, String contentType) {
    return HttpRequest.newBuilder(URI.create(access.gateway() + path))
        .method(method, body)
        .timeout(Duration.ofMinutes(2))
        .header("Authorization", "Bearer " + token())
        .header("Content-Type", contentType)
        .build();
  }

  private <T> HttpResponse<T> exchange(HttpRequest request, HttpResponse.BodyHandler<T> handler) {
    try {
      return http.send(request, handler);
    } catch (IOException e) {
      throw new StepFailed(
          request.method()
              + " "
              + request.uri()
              + " failed: "
              + e
              + "; is the platform up? See ./plumbline status");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StepFailed("The demo was interrupted.");
    }
  }

  /** Returns an access token of the user; signs in when there is none or it ends soon. */
  public synchronized String token() {
    if (Instant.now().isAfter(renewAt)) {
      String form =
          "grant_type=password&client_id="
              + access.clientId()
              + "&username="
              + name
              + "&password="
              + URLEncoder.encode(access.passwordOf(name), StandardCharsets.UTF_8);
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(access.tokenUri()))
              .header("Content-Type", "application/x-www-form-urlencoded")
              .POST(BodyPublishers.ofString(form))
              .build();
      HttpResponse<String> response = exchange(request, BodyHandlers.ofString());
      // After a restart of PostgreSQL the realm meets each broken connection of its pool once.
      for (int attempt = 0; attempt < SIGN_IN_ATTEMPTS && response.statusCode() >= 500; attempt++) {
        pause(POLL);
        response = exchange(request, BodyHandlers.ofString());
      }
      if (response.statusCode() != 200) {
        throw new StepFailed(
            name + " could not sign in: " + response.statusCode() + " " + response.body());
      }
      JsonNode grant = JsonMapper.shared().readTree(response.body());
      token = grant.at("/access_token").asString();
      renewAt = Instant.now().plusSeconds(grant.at("/expires_in").asLong() - 30);
    }
    return token;
  }

  private static void pause(Duration pause) {
    try {
      Thread.sleep(pause);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StepFailed("The demo was interrupted.");
    }
  }
}
