package io.plumbline.e2e;

import io.plumbline.demo.Person;
import io.plumbline.demo.StepFailed;
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
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import tools.jackson.databind.json.JsonMapper;

/** Publishes versions of a prompt of its own, repeating each with the same idempotency key until it is acknowledged. */
final class Writer implements Runnable {

  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final HttpClient http = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
  private final Person person = Platform.person("ada");
  private final String prompt;
  private final int writes;
  private final List<String> acknowledged = new CopyOnWriteArrayList<>();

  Writer(String prompt, int writes) {
    this.prompt = prompt;
    this.writes = writes;
  }

  String prompt() {
    return prompt;
  }

  List<String> acknowledged() {
    return acknowledged;
  }

  boolean done() {
    return acknowledged.size() >= writes;
  }

  void createPrompt() {
    int status = send("/api/prompts", UUID.randomUUID().toString(), Map.of("name", prompt));
    if (status != 201) {
      throw new IllegalStateException("The prompt " + prompt + " could not be created: " + status);
    }
  }

  @Override
  public void run() {
    for (int i = 0; i < writes; i++) {
      String message = prompt + " write " + i;
      String key = UUID.randomUUID().toString();
      Map<String, Object> version =
          Map.of("message", message, "messages", List.of(Map.of("role", "system", "content", "Label the message of number " + i + " as spam or personal.")));
      long end = System.nanoTime() + PATIENCE.toNanos();
      int status;
      do {
        status = send("/api/prompts/" + prompt + "/versions", key, version);
      } while (status != 201 && System.nanoTime() < end && pause());
      if (status != 201) {
        return;
      }
      acknowledged.add(message);
    }
  }

  /** @return 0 when there was no answer at all */
  private int send(String path, String key, Map<String, Object> body) {
    try {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(Platform.access().gateway() + path))
              .timeout(Duration.ofSeconds(10))
              .header("Authorization", "Bearer " + person.token())
              .header("Content-Type", "application/json")
              .header("Idempotency-Key", key)
              .POST(BodyPublishers.ofString(JsonMapper.shared().writeValueAsString(body)))
              .build();
      HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
      return response.statusCode();
    } catch (IOException | StepFailed e) {
      return 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 0;
    }
  }

  private static boolean pause() {
    try {
      Thread.sleep(200);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
