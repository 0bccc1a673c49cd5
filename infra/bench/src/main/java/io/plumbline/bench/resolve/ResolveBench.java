package io.plumbline.bench.resolve;

import io.plumbline.bench.load.Client;
import io.plumbline.bench.load.Comparison;
import io.plumbline.bench.load.Contender;
import io.plumbline.bench.load.HttpConnection;
import io.plumbline.bench.load.LoadGenerator;
import io.plumbline.bench.load.LoadGenerator.Figures;
import io.plumbline.bench.load.Series;
import io.plumbline.bench.process.ChildProcesses;
import io.plumbline.bench.process.RunningPlatform;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Measures a request to prompt-registry for the version that a label names, at its own port, where
 * the answer comes from memory. It is compared with an endpoint that always answers the same bytes.
 * Behind the same authentication, metrics and filters, which every endpoint of the platform has,
 * that endpoint shows what resolving itself costs; on Spring MVC alone it shows what all of these
 * cost.
 */
public final class ResolveBench {

  private static final String SERVICE = "prompt-registry";
  private static final int MANAGEMENT = 1_000;
  private static final String PROMPT = "/api/prompts/bench-resolve";
  private static final String LABEL = "bench";
  private static final String RESOLVE = PROMPT + "/resolve?label=" + LABEL;
  private static final int MOVES = 50;

  private final RunningPlatform platform;
  private final int port;
  private final Duration time;
  private final int rounds;

  private ResolveBench(RunningPlatform platform, Duration time, int rounds) throws IOException {
    this.platform = platform;
    this.port = platform.port(SERVICE);
    this.time = time;
    this.rounds = rounds;
  }

  public static void run(Duration time, int rounds, int warmUp)
      throws IOException, InterruptedException {
    ResolveBench bench = new ResolveBench(RunningPlatform.require(SERVICE), time, rounds);
    bench.measureCost(bench.prepare(), warmUp);
    bench.measureConnections();
    bench.measureLabelMoves();
  }

  /**
   * Creates the prompt and its label, unless that was done.
   *
   * @return the file of the answer, which the constant endpoints give too
   */
  private Path prepare() throws IOException, InterruptedException {
    try (Client client = new Client(port, platform.token())) {
      if (client.call("GET", PROMPT, "").first().startsWith("HTTP/1.1 404")) {
        client.requestJson(
            "POST",
            "/api/prompts",
            "{\"name\":\"bench-resolve\",\"description\":\"What `bench resolve` requests\"}");
        client.requestJson("POST", PROMPT + "/versions", versionJson("Sort the mail."));
        client.requestJson(
            "POST", PROMPT + "/versions", versionJson("Sort the mail of a small company."));
      }
      client.requestJson("PUT", PROMPT + "/labels/" + LABEL, "{\"version\":1}");
      Path answer = Path.of("infra/bench/target/resolved.json").toAbsolutePath();
      return Files.write(answer, client.call("GET", RESOLVE, "").body());
    }
  }

  private static String versionJson(String instruction) {
    return """
    {"message":"For the benchmark",
     "messages":[{"role":"system","content":"%s Answer personal for what one person writes \
    to another, newsletter for what was subscribed to, spam for what nobody requested. Answer with the \
    label alone."},{"role":"user","content":"{{mail}}"}],
     "variables":{"type":"object","properties":{"mail":{"type":"string"}},"required":["mail"]},
     "examples":[{"input":"See you at lunch on Friday?","output":"personal"},
      {"input":"Our offers of the week","output":"newsletter"},
      {"input":"You have won a prize","output":"spam"}],
     "parameters":{"temperature":0}}\
    """
        .formatted(instruction);
  }

  private void measureCost(Path answer, int warmUp) throws IOException, InterruptedException {
    System.out.printf("an answer of %,d bytes%n", Files.size(answer));
    try (ChildProcesses childProcesses = new ChildProcesses()) {
      Contender guarded =
          startConstant(
              childProcesses, "A constant endpoint, same security", GuardedEndpoint.class, answer);
      Contender resolve =
          Contender.of(
              "B resolve", port, to -> requestBytes(to, RESOLVE), List.of(platform.pid(SERVICE)));
      Contender bare =
          startConstant(
              childProcesses, "C constant endpoint, Spring MVC alone", BareEndpoint.class, answer);
      List<Contender> contenders = List.of(guarded, resolve, bare);
      for (Contender contender : contenders) {
        contender.warmUp(warmUp);
      }
      Comparison comparison = new Comparison(contenders, time, rounds);
      comparison.measureAndPrint(1);
      comparison.measureAndPrint(8);
    }
  }

  /**
   * Starts a constant endpoint on prompt-registry's own libraries, with the flags and the
   * environment of its process.
   */
  private Contender startConstant(
      ChildProcesses childProcesses, String name, Class<?> application, Path answer)
      throws IOException {
    int port = ChildProcesses.freePort();
    List<String> running = platform.command(SERVICE);
    List<String> command = new ArrayList<>(platform.jvmFlags(SERVICE));
    command.addAll(
        List.of(
            "-cp",
            Path.of("infra/bench/target/classes").toAbsolutePath()
                + ":"
                + running.get(running.indexOf("-jar") + 1),
            application.getName(),
            "--server.port=" + port,
            "--bench.answer=" + answer));
    Process process =
        childProcesses.start(
            platform.processWithEnvironmentOf(SERVICE, command), application.getSimpleName());
    return Contender.of(
        name, port, to -> requestBytes(to, ConstantController.PATH), List.of(process.pid()));
  }

  private byte[] requestBytes(int port, String path) throws IOException, InterruptedException {
    return HttpConnection.requestBytes("GET", path, port, platform.token(), "");
  }

  /**
   * Counts the connections taken from the pool, because there is no statement without one. The
   * service's work in the background takes some too, so the count while idle is printed beside it.
   */
  private void measureConnections() throws IOException, InterruptedException {
    Duration whole = time.multipliedBy(rounds);
    double before = connectionsTaken();
    Thread.sleep(whole);
    double idle = connectionsTaken();
    Figures figures =
        new LoadGenerator(8)
            .measure(whole, port, requestBytes(port, RESOLVE), List.of(platform.pid(SERVICE)));
    double after = connectionsTaken();
    System.out.printf(
        "connections taken from the pool in %d s: %.0f while idle, %.0f during %,d"
            + " resolutions%n",
        whole.toSeconds(), idle - before, after - idle, figures.requests());
  }

  private double connectionsTaken() throws IOException, InterruptedException {
    try (Client client = new Client(port + MANAGEMENT, platform.token())) {
      String metrics =
          new String(client.call("GET", "/actuator/prometheus", "").body(), StandardCharsets.UTF_8);
      return metrics
          .lines()
          .filter(line -> line.startsWith("hikaricp_connections_acquire_seconds_count"))
          .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
          .sum();
    }
  }

  /**
   * Measures the time from sending the move of a label to the first answer that shows it, with a
   * second process of the service on the same database.
   */
  private void measureLabelMoves() throws IOException, InterruptedException {
    int otherPort = ChildProcesses.freePort();
    try (ChildProcesses childProcesses = new ChildProcesses()) {
      List<String> command = new ArrayList<>(platform.command(SERVICE));
      command.add("--server.port=" + otherPort);
      childProcesses.start(
          platform.processWithEnvironmentOf(SERVICE, command), "prompt-registry-2");
      Contender.of(
              "a second prompt-registry", otherPort, to -> requestBytes(to, RESOLVE), List.of())
          .warmUp(100);
      String token = platform.token();
      try (Client here = new Client(port, token);
          Client there = new Client(otherPort, token)) {
        measureLabelMove(here, here, "label moved and read at the same process");
        measureLabelMove(here, there, "moved at the first, read at the second");
        measureLabelMove(there, here, "moved at the second, read at the first");
      }
    }
  }

  private static void measureLabelMove(Client at, Client read, String what) throws IOException {
    Series visible = new Series(what, "ms");
    for (int i = 0; i < MOVES; i++) {
      int wanted = 3 - read.requestJson("GET", RESOLVE, "").path("version").asInt();
      long sent = System.nanoTime();
      at.requestJson("PUT", PROMPT + "/labels/" + LABEL, "{\"version\":" + wanted + "}");
      while (read.requestJson("GET", RESOLVE, "").path("version").asInt() != wanted) {
        Thread.onSpinWait();
      }
      visible.add((System.nanoTime() - sent) / 1e6);
    }
    System.out.println(visible.reportLine(visible));
  }
}
