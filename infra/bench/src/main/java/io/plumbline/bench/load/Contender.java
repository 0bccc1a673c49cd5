package io.plumbline.bench.load;

import io.plumbline.bench.load.LoadGenerator.Figures;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** One implementation in a comparison: where its requests go and whose CPU time they cost. */
public record Contender(
    String name,
    int port,
    Request request,
    List<Long> processes,
    Series rate,
    Series cpu,
    Series latency,
    Series tail) {

  private static final Duration READY = Duration.ofSeconds(90);

  /** The longest warm-up, so that a slow contender does not take all the time of a benchmark. */
  private static final Duration WARM_UP = Duration.ofSeconds(45);

  /** A request that is made anew for every run, since a token is valid for five minutes. */
  public interface Request {
    byte[] to(int port) throws IOException, InterruptedException;
  }

  public static Contender of(String name, int port, Request request, List<Long> processes) {
    return new Contender(
        name,
        port,
        request,
        processes,
        new Series(name, "req/s"),
        new Series(name, "CPU µs/req"),
        new Series(name, "ms p50"),
        new Series(name, "ms p99"));
  }

  /** Returns the same contender, without what was measured. */
  Contender withoutFigures() {
    return of(name, port, request, processes);
  }

  /** Measures the contender for one round, and keeps the figures. */
  void measureRound(LoadGenerator loadGenerator, Duration time)
      throws IOException, InterruptedException {
    Figures figures = loadGenerator.measure(time, port, request.to(port), processes);
    rate.add(figures.perSecond());
    cpu.add(figures.cpuMicros());
    latency.add(figures.medianMillis());
    tail.add(figures.p99Millis());
  }

  /**
   * Waits until the contender answers, and then sends this number of requests, or as many as it
   * answers in {@link #WARM_UP}.
   */
  public void warmUp(int requests) throws IOException, InterruptedException {
    awaitReady();
    AtomicInteger left = new AtomicInteger(requests);
    long end = System.nanoTime() + WARM_UP.toNanos();
    int done =
        new LoadGenerator(8)
            .run(
                port, request.to(port), () -> left.getAndDecrement() > 0 && System.nanoTime() < end)
            .size();
    System.out.printf("%s: %,d requests to warm up%n", name, done);
  }

  /** Waits until the contender answers. */
  public void awaitReady() throws IOException, InterruptedException {
    long end = System.nanoTime() + READY.toNanos();
    while (true) {
      try (HttpConnection connection = HttpConnection.open(port)) {
        connection.exchange(request.to(port));
        return;
      } catch (IOException notYet) {
        if (System.nanoTime() > end) {
          throw notYet;
        }
        Thread.sleep(Duration.ofMillis(300));
      }
    }
  }
}
