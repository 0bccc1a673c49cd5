package io.plumbline.e2e.fault;

import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.stream.Collectors;

/**
 * Requests that several clients repeat over kept-alive connections, and their outcomes. A client
 * repeats a read by itself, once, when it meets a connection that was closed while idle, as the
 * clients of most languages do.
 */
final class Traffic implements AutoCloseable {

  /**
   * The outcome of a request for which no connection could be made, so that no process received it.
   */
  static final String REFUSED = "connection refused";

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();
  private final Map<String, LongAdder> outcomes = new ConcurrentSkipListMap<>();
  private final List<Thread> clients = new ArrayList<>();
  private final IntFunction<HttpRequest> requests;
  private final Consumer<HttpResponse<Void>> answered;
  private final Duration pause;
  private volatile boolean over;

  /**
   * @param requests by the number of the client, asked for each request
   */
  Traffic(int clients, Duration pause, IntFunction<HttpRequest> requests) {
    this(clients, pause, requests, answer -> {});
  }

  /**
   * @param requests by the number of the client, asked for each request
   * @param answered sees each answer that came to its end
   */
  Traffic(
      int clients,
      Duration pause,
      IntFunction<HttpRequest> requests,
      Consumer<HttpResponse<Void>> answered) {
    this.requests = requests;
    this.answered = answered;
    this.pause = pause;
    for (int i = 0; i < clients; i++) {
      int number = i;
      this.clients.add(Thread.ofVirtual().start(() -> go(number)));
    }
  }

  private void go(int number) {
    while (!over) {
      outcomes.computeIfAbsent(outcome(number), first -> new LongAdder()).increment();
      if (!pause.isZero()) {
        sleep(pause);
      }
    }
  }

  private String outcome(int number) {
    try {
      HttpResponse<Void> answer = http.send(requests.apply(number), BodyHandlers.discarding());
      answered.accept(answer);
      return answer.statusCode()
          + (answer.headers().firstValue("Retry-After").isPresent() ? " with Retry-After" : "");
    } catch (ConnectException e) {
      return REFUSED;
    } catch (IOException e) {
      return "broken: " + e;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      over = true;
      return "interrupted";
    }
  }

  static void sleep(Duration time) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  long count(String outcome) {
    LongAdder count = outcomes.get(outcome);
    return count == null ? 0 : count.sum();
  }

  /** Returns each outcome and how often it occurred. */
  Map<String, Long> outcomes() {
    return outcomes.entrySet().stream()
        .collect(
            Collectors.toMap(
                Map.Entry::getKey, each -> each.getValue().sum(), Long::sum, TreeMap::new));
  }

  /**
   * Ends the traffic when the requests that are under way have ended.
   *
   * @return as {@link #outcomes}
   */
  Map<String, Long> end() {
    over = true;
    for (Thread client : clients) {
      try {
        client.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    return outcomes();
  }

  @Override
  public void close() {
    end();
    http.close();
  }
}
