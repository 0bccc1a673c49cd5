package io.plumbline.bench.load;

import io.plumbline.bench.load.HttpConnection.Message;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;

/**
 * A closed loop of requests: each connection sends its next request when it has the answer to the
 * last.
 */
public record LoadGenerator(int connections) {

  /** The length of a clock tick: USER_HZ is 100 on every Linux that Java runs on. */
  private static final double MICROS_PER_TICK = 10_000;

  /**
   * The measurement of one side.
   *
   * @param cpuMicros CPU time of all measured processes per request
   * @param medianMillis the median of the latency; {@code p99Millis} is its 99th percentile
   */
  public record Figures(
      int requests, double perSecond, double cpuMicros, double medianMillis, double p99Millis) {}

  /** Sends requests for this time, and returns what was measured. */
  public Figures measure(Duration time, int port, byte[] request, List<Long> processes)
      throws IOException, InterruptedException {
    double cpu = cpuMicros(processes);
    long startedAt = System.nanoTime();
    long end = startedAt + time.toNanos();
    List<Double> millis = run(port, request, () -> System.nanoTime() < end);
    double seconds = (System.nanoTime() - startedAt) / 1e9;
    return new Figures(
        millis.size(),
        millis.size() / seconds,
        (cpuMicros(processes) - cpu) / millis.size(),
        Series.percentile(millis, 0.5),
        Series.percentile(millis, 0.99));
  }

  /**
   * Sends requests as long as {@code more} allows, and returns the latency of each in milliseconds.
   */
  public List<Double> run(int port, byte[] request, BooleanSupplier more)
      throws InterruptedException {
    List<Double> millis = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(connections)) {
      List<Future<List<Double>>> loops = new ArrayList<>();
      for (int i = 0; i < connections; i++) {
        loops.add(threads.submit(() -> sendRequests(port, request, more)));
      }
      for (Future<List<Double>> loop : loops) {
        millis.addAll(loop.get());
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException(
          "The load on port " + port + " broke off: " + e.getCause(), e);
    }
    return millis;
  }

  private static List<Double> sendRequests(int port, byte[] request, BooleanSupplier more)
      throws IOException {
    List<Double> millis = new ArrayList<>();
    HttpConnection connection = HttpConnection.open(port);
    try {
      while (more.getAsBoolean()) {
        long sent = System.nanoTime();
        Message answer = connection.exchange(request);
        millis.add((System.nanoTime() - sent) / 1e6);
        if (!answer.first().startsWith("HTTP/1.1 200")) {
          throw new IOException(
              answer.first() + ": " + new String(answer.body(), StandardCharsets.UTF_8));
        }
        if (answer.last()) {
          connection.close();
          connection = HttpConnection.open(port);
        }
      }
    } finally {
      connection.close();
    }
    return millis;
  }

  /**
   * Returns the user and system time: fields 14 and 15 of {@code /proc/PID/stat}, counted after the
   * name, which may hold spaces (proc(5)).
   */
  static double cpuMicros(List<Long> processes) throws IOException {
    double sum = 0;
    for (long pid : processes) {
      String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
      List<String> fields = List.of(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1));
      sum += Long.parseLong(fields.get(11)) + Long.parseLong(fields.get(12));
    }
    return sum * MICROS_PER_TICK;
  }
}
