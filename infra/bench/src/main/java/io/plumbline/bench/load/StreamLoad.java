package io.plumbline.bench.load;

import io.plumbline.bench.load.HttpConnection.Message;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Streams of server-sent events side by side: each connection reads one to its end and then
 * requests the next, and they begin evenly spread over the length of one.
 *
 * @param expected the contents of the deltas of each stream
 * @param length the length of a stream
 */
public record StreamLoad(int streams, List<String> expected, Duration length) {

  private static final String DATA = "data: ";

  /**
   * The measurement of the streams of one side.
   *
   * @param damaged streams that missed or repeated a part, or did not end as they should
   * @param cpuMicros CPU time of all measured processes per stream
   * @param firstMillis the times from the request to the first part of the answer, while all
   *     streams run
   */
  public record Figures(int finished, int damaged, double cpuMicros, List<Double> firstMillis) {}

  /** A stream ended before its answer did. */
  public static final class StreamBroken extends IOException {
    private static final long serialVersionUID = 1L;

    StreamBroken(String message) {
      super(message);
    }
  }

  /**
   * One stream that ended.
   *
   * @param whole whether the stream had all parts, and its end
   * @param amongAll whether the stream began while all others ran
   */
  private record One(boolean whole, double firstMillis, boolean amongAll) {}

  /**
   * Keeps the streams running for this time, and returns what was measured.
   *
   * @throws StreamBroken when one of the streams ends before its answer does
   */
  public Figures measure(Duration time, int port, byte[] request, List<Long> processes)
      throws IOException, InterruptedException {
    double cpu = LoadGenerator.cpuMicros(processes);
    List<One> all = new ArrayList<>();
    long started = System.nanoTime();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<List<One>>> loops = new ArrayList<>();
      for (int i = 0; i < streams; i++) {
        Duration wait = length.multipliedBy(i).dividedBy(streams);
        loops.add(threads.submit(() -> readStreams(started, wait, time, port, request)));
      }
      for (Future<List<One>> loop : loops) {
        all.addAll(loop.get());
      }
    } catch (ExecutionException e) {
      throw new StreamBroken(
          "a stream on port %d broke off: %s".formatted(port, String.valueOf(e.getCause())));
    }
    return new Figures(
        all.size(),
        (int) all.stream().filter(one -> !one.whole).count(),
        (LoadGenerator.cpuMicros(processes) - cpu) / all.size(),
        all.stream().filter(One::amongAll).map(One::firstMillis).toList());
  }

  private List<One> readStreams(
      long started, Duration wait, Duration time, int port, byte[] request)
      throws IOException, InterruptedException {
    Thread.sleep(wait);
    List<One> all = new ArrayList<>();
    HttpConnection connection = HttpConnection.open(port);
    try {
      while (System.nanoTime() - started < time.toNanos()) {
        Reading reading = new Reading();
        boolean amongAll = reading.sent - started >= length.toNanos();
        Message answer = connection.exchangeStreaming(request, reading::acceptLine);
        if (!answer.first().startsWith("HTTP/1.1 200")) {
          throw new IOException(
              answer.first() + ": " + new String(answer.body(), StandardCharsets.UTF_8));
        }
        all.add(new One(reading.isWhole(expected), reading.firstMillis, amongAll));
        if (answer.last()) {
          connection.close();
          connection = HttpConnection.open(port);
        }
      }
    } finally {
      connection.close();
    }
    return all;
  }

  /** The received part of one stream, which is evaluated only at the stream's end. */
  private static final class Reading {

    private final long sent = System.nanoTime();
    private final List<String> events = new ArrayList<>();
    private double firstMillis;

    void acceptLine(String line) {
      if (line.startsWith(DATA)) {
        if (events.isEmpty()) {
          firstMillis = (System.nanoTime() - sent) / 1e6;
        }
        events.add(line.substring(DATA.length()).strip());
      }
    }

    boolean isWhole(List<String> expected) {
      if (events.isEmpty() || !events.getLast().equals("[DONE]")) {
        return false;
      }
      List<String> deltas = new ArrayList<>();
      for (String event : events.subList(0, events.size() - 1)) {
        JsonNode content = JsonMapper.shared().readTree(event).at("/choices/0/delta/content");
        if (content.isString() && !content.asString().isEmpty()) {
          deltas.add(content.asString());
        }
      }
      return deltas.equals(expected);
    }
  }
}
