package io.plumbline.e2e.cluster;

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
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import tools.jackson.databind.json.JsonMapper;

/**
 * Requests of a released application by an API key, twenty each second whether those before are
 * answered or not. None is repeated. Each asks something new, so that no cache answers.
 */
final class Served {

  private static final String APPLICATION = Cluster.setting("application").orElse("help-desk");

  private static final Duration INTERVAL = Duration.ofMillis(50);
  private static final Duration TIMEOUT = Duration.ofSeconds(60);
  private static final int MAX_FAILURE = 160;

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(10))
          .build();
  private final Map<String, LongAdder> failures = new ConcurrentSkipListMap<>();
  private final LongAdder answered = new LongAdder();
  private final AtomicLong lastAnswer = new AtomicLong();
  private final AtomicLong longestPause = new AtomicLong();
  private final LongAdder pending = new LongAdder();
  private String key = "";
  private volatile boolean over;

  /** Begins to ask, once the application answers. */
  void begin() {
    key =
        Platform.createKey(Platform.uniqueName("check"), "applications", List.of(APPLICATION))
            .text("/key");
    lastAnswer.set(System.nanoTime());
    Thread.ofPlatform().daemon().name("served").start(this::go);
  }

  private void go() {
    long next = System.nanoTime();
    for (int number = 0; !over; number++) {
      int current = number;
      pending.increment();
      Thread.ofVirtual().start(() -> ask(current));
      next += INTERVAL.toNanos();
      sleep(Duration.ofNanos(Math.max(0, next - System.nanoTime())));
    }
  }

  private void ask(int number) {
    try {
      HttpResponse<String> answer = http.send(request(number), BodyHandlers.ofString());
      if (answer.statusCode() == 200) {
        answered.increment();
        long now = System.nanoTime();
        longestPause.accumulateAndGet(now - lastAnswer.getAndSet(now), Math::max);
      } else {
        failed(answer.statusCode() + " " + answer.body());
      }
    } catch (IOException e) {
      failed(e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      pending.decrement();
    }
  }

  private void failed(String what) {
    failures
        .computeIfAbsent(
            what.substring(0, Math.min(MAX_FAILURE, what.length())), first -> new LongAdder())
        .increment();
  }

  private HttpRequest request(int number) {
    Map<String, ?> body =
        Map.of(
            "model",
            "app/" + APPLICATION,
            "messages",
            List.of(Map.of("role", "user", "content", "How do I remove package " + number + "?")));
    return HttpRequest.newBuilder(URI.create(Platform.access().gateway() + "/v1/chat/completions"))
        .timeout(TIMEOUT)
        .header("Authorization", "Bearer " + key)
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofString(JsonMapper.shared().writeValueAsString(body)))
        .build();
  }

  long answered() {
    return answered.sum();
  }

  /** Returns what was answered otherwise than with 200, or not at all, and how often. */
  Map<String, Long> failures() {
    Map<String, Long> counted = new TreeMap<>();
    failures.forEach((failure, count) -> counted.put(failure, count.sum()));
    return counted;
  }

  /** Ends it when the last request is answered. */
  void end() {
    over = true;
    while (pending.sum() > 0) {
      sleep(INTERVAL);
    }
  }

  @Override
  public String toString() {
    return "%d answered, %d failed %s, longest time without an answer %.1f s"
        .formatted(
            answered(),
            failures().values().stream().mapToLong(Long::longValue).sum(),
            failures(),
            longestPause.get() / 1e9);
  }

  static void sleep(Duration time) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
