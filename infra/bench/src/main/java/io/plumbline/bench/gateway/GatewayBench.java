package io.plumbline.bench.gateway;

import io.plumbline.bench.Jvm;
import io.plumbline.bench.Series;
import io.plumbline.bench.gateway.HttpConnection.Message;
import io.plumbline.bench.gateway.Load.Figures;
import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A chat completion answered from the exact cache, so that what is measured is all the platform does around an answer and no model:
 * authentication, workspace, routing, metering.
 */
public final class GatewayBench {

  private static final String PATH = "/v1/chat/completions";
  private static final int INFERENCE_PORT = 8107;
  private static final Duration READY = Duration.ofSeconds(90);
  private static final String QUESTION =
      """
      {"model":"local/choice-minilm","messages":[{"role":"system","content":"Which kind of mail is this?"},\
      {"role":"user","content":"You have won a prize, click here to claim it now."}],\
      "response_format":{"type":"json_schema","json_schema":{"name":"choice","schema":{"type":"object",\
      "properties":{"label":{"type":"string","enum":["personal","spam"]}},"required":["label"]}}}}""";

  /** One side: where its requests go and whose CPU time they cost. */
  private record Side(String name, int port, List<Long> processes, Series rate, Series cpu, Series latency) {

    static Side of(String name, int port, List<Long> processes) {
      return new Side(name, port, processes, new Series(name, "req/s"), new Series(name, "CPU µs/req"), new Series(name, "ms p50"));
    }

    Side again() {
      return of(name, port, processes);
    }

    void add(Figures figures) {
      rate.add(figures.perSecond());
      cpu.add(figures.cpuMicros());
      latency.add(figures.medianMillis());
    }
  }

  private final Running platform;
  private final Duration time;
  private final int rounds;

  private GatewayBench(Running platform, Duration time, int rounds) {
    this.platform = platform;
    this.time = time;
    this.rounds = rounds;
  }

  public static int run(List<String> options) throws IOException, InterruptedException {
    Optional<Running> platform = Running.find();
    if (platform.isEmpty()) {
      System.err.println("bench: needs the platform, which is not up here: start it with `./plumbline up`");
      return 1;
    }
    Duration time = Duration.ofSeconds(Series.option(options, 0, 3));
    new GatewayBench(platform.get(), time, Series.option(options, 1, 5)).measure(Series.option(options, 2, 100_000));
    return 0;
  }

  private void measure(int warmUp) throws IOException, InterruptedException {
    byte[] answer = answerOfInference();
    List<Process> children = new ArrayList<>();
    try (ConstantUpstream upstream = new ConstantUpstream(answer)) {
      int barePort = freePort();
      int gatewayPort = freePort();
      Process bare = start(children, bareGateway(barePort, upstream.port()), "bare-gateway");
      Process gateway = start(children, platform.unlimitedGateway(gatewayPort), "gateway");
      List<Side> sides =
          List.of(
              Side.of("bare Spring Cloud Gateway", barePort, List.of(bare.pid())),
              Side.of("inference, own port", INFERENCE_PORT, List.of(platform.inference())),
              Side.of("gateway and inference", gatewayPort, List.of(gateway.pid(), platform.inference())));
      for (Side side : sides) {
        awaitReady(side.port());
        warmUp(side, warmUp);
      }
      for (int connections : List.of(1, 8)) {
        compare(new Load(connections), sides.stream().map(Side::again).toList());
      }
    } finally {
      for (Process child : children) {
        child.destroy();
        child.waitFor(20, TimeUnit.SECONDS);
      }
    }
  }

  /** What the bare gateway's upstream answers, too. The second question is answered from the cache. */
  private byte[] answerOfInference() throws IOException, InterruptedException {
    try (HttpConnection connection = HttpConnection.open(INFERENCE_PORT)) {
      Message answer = connection.exchange(request(INFERENCE_PORT));
      if (!answer.first().startsWith("HTTP/1.1 200")) {
        throw new IOException("inference answered " + answer.first() + ": " + new String(answer.body(), StandardCharsets.UTF_8));
      }
      return answer.body();
    }
  }

  private void compare(Load load, List<Side> sides) throws IOException, InterruptedException {
    Side baseline = sides.getFirst();
    List<Side> order = new ArrayList<>(sides);
    order.add(baseline);
    for (int round = 0; round < rounds; round++) {
      for (Side side : order) {
        side.add(load.during(time, side.port(), request(side.port()), side.processes()));
      }
    }
    System.out.printf(
        "%d connection(s), medians of %d rounds of %d s each, in the order A B C A [least – most]%n", load.connections(), rounds,
        time.toSeconds());
    sides.forEach(side -> System.out.println(side.cpu().line(baseline.cpu())));
    sides.forEach(side -> System.out.println(side.latency().line(baseline.latency())));
    sides.forEach(side -> System.out.println(side.rate().line(baseline.rate())));
  }

  private void warmUp(Side side, int requests) throws IOException, InterruptedException {
    AtomicInteger left = new AtomicInteger(requests);
    int done = new Load(8).run(side.port(), request(side.port()), () -> left.getAndDecrement() > 0).size();
    System.out.printf("%s: %,d requests to warm up%n", side.name(), done);
  }

  private byte[] request(int port) throws IOException, InterruptedException {
    return HttpConnection.request(PATH, "127.0.0.1:" + port, platform.token(), QUESTION);
  }

  private ProcessBuilder bareGateway(int port, int upstream) {
    List<String> command = new ArrayList<>(platform.jvm());
    String route = "--spring.cloud.gateway.server.webflux.routes[0].";
    command.addAll(
        List.of(
            "-cp", Jvm.BARE, BareGateway.class.getName(), "--server.port=" + port, "--server.address=127.0.0.1", route + "id=all",
            route + "uri=http://127.0.0.1:" + upstream, route + "predicates[0]=Path=/**"));
    return new ProcessBuilder(command);
  }

  private static Process start(List<Process> children, ProcessBuilder builder, String log) throws IOException {
    Process child = builder.redirectErrorStream(true).redirectOutput(new File("infra/bench/target/" + log + ".log")).start();
    children.add(child);
    return child;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private void awaitReady(int port) throws IOException, InterruptedException {
    long end = System.nanoTime() + READY.toNanos();
    while (true) {
      try (HttpConnection connection = HttpConnection.open(port)) {
        connection.exchange(request(port));
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
