package io.plumbline.e2e;

import io.plumbline.demo.api.ApiUser;
import io.plumbline.demo.api.StepFailed;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes one thing after another to a service, repeating each with the same idempotency key until
 * it is acknowledged.
 */
final class Writer implements Runnable {

  private static final Duration TIMEOUT = Duration.ofMinutes(5);
  private static final Duration PAUSE = Duration.ofMillis(Integer.getInteger("faults.pause", 200));
  private static final Duration BEFORE_REPEATING = Duration.ofMillis(200);

  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
  private final ApiUser ada = Platform.user("ada");
  private final ApiUser cleo = Platform.user("cleo");
  private final ResourceKind kind;
  private final String prefix;
  private final BooleanSupplier enough;
  private final List<String> acknowledged = new CopyOnWriteArrayList<>();

  /**
   * @param enough checked before each write
   */
  Writer(ResourceKind kind, String prefix, BooleanSupplier enough) {
    this.kind = kind;
    this.prefix = prefix;
    this.enough = enough;
  }

  List<String> acknowledged() {
    return acknowledged;
  }

  void prepare() {
    if (kind == ResourceKind.PROMPT_VERSION
        && send("/api/prompts", UUID.randomUUID().toString(), "{\"name\":\"" + prefix + "\"}")
            != 201) {
      throw new IllegalStateException("The prompt " + prefix + " could not be created");
    }
  }

  @Override
  public void run() {
    for (int i = 0; !enough.getAsBoolean(); i++) {
      String name = prefix + "-" + i;
      String key = UUID.randomUUID().toString();
      String body = JsonMapper.shared().writeValueAsString(kind.body(name));
      long end = System.nanoTime() + TIMEOUT.toNanos();
      while (send(kind.path(prefix), key, body) != 201) {
        if (System.nanoTime() > end || !pause(BEFORE_REPEATING)) {
          return;
        }
      }
      acknowledged.add(name);
      pause(PAUSE);
    }
  }

  /** What the service has of it now. */
  List<String> stored() {
    return pages(ada, kind.path(prefix) + "?limit=100", kind.field()).stream()
        .filter(name -> name.startsWith(prefix + "-"))
        .toList();
  }

  /** How many entries the ledger has of it. */
  long entries() {
    return pages(cleo, "/api/audit?limit=100&type=" + kind.event(), "object").stream()
        .filter(object -> object.equals(prefix) || object.startsWith(prefix + "-"))
        .count();
  }

  @Override
  public String toString() {
    return prefix;
  }

  private static List<String> pages(ApiUser user, String path, String field) {
    List<String> values = new ArrayList<>();
    String token = "";
    do {
      JsonNode page =
          user.get(path + (token.isEmpty() ? "" : "&pageToken=" + token)).expect(200).json();
      page.at("/items").forEach(item -> values.add(item.at("/" + field).asString()));
      token = page.at("/nextPageToken").asString("");
    } while (!token.isEmpty());
    return values;
  }

  /**
   * @return 0 when there was no answer at all
   */
  private int send(String path, String key, String body) {
    try {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(Platform.access().gateway() + path))
              .timeout(Duration.ofSeconds(10))
              .header("Authorization", "Bearer " + ada.token())
              .header("Content-Type", "application/json")
              .header("Idempotency-Key", key)
              .POST(BodyPublishers.ofString(body))
              .build();
      return http.send(request, BodyHandlers.discarding()).statusCode();
    } catch (IOException | StepFailed e) {
      return 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 0;
    }
  }

  private static boolean pause(Duration pause) {
    try {
      Thread.sleep(pause);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
