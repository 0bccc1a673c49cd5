package io.plumbline.bench.gateway;

import io.plumbline.bench.load.Comparison;
import io.plumbline.bench.load.Contender;
import io.plumbline.bench.load.HttpConnection;
import io.plumbline.bench.process.BenchJvmCommand;
import io.plumbline.bench.process.ChildProcesses;
import io.plumbline.bench.process.RunningPlatform;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Compares what it costs to pass a chat completion on to a provider that answers constant bytes.
 * The contenders are a bare Spring Cloud Gateway, which the others are compared with, {@code
 * inference} at its own port, {@code inference} behind the gateway, and nginx and Portkey where
 * they can be started. At {@code inference} the call is one of a variant with an API key. It is
 * metered and traced in a way that survives {@code kill -9}, which the other products do not do.
 * Then streams are compared in the same way.
 */
public final class GatewayBench {

  static final String PATH = "/v1/chat/completions";
  private static final int STREAMS = 512;
  private static final String UNKEPT = "NONE";
  private static final String MASKED = "MASKED";
  private static final int ALONE = 1;
  private static final int TOGETHER = 8;

  private static final String ANSWER =
      """
      {"id":"chatcmpl-1","object":"chat.completion","created":1700000000,"model":"constant",\
      "choices":[{"index":0,"message":{"role":"assistant","content":"Four of five came on Tuesday; \
      Kim is asked about the last one.","refusal":null},"logprobs":null,"finish_reason":"stop"}],\
      "usage":{"prompt_tokens":40,"completion_tokens":16,"total_tokens":56}}\
      """;

  private final RunningPlatform platform;
  private final MeasurementPlan measurementPlan;

  private GatewayBench(RunningPlatform platform, MeasurementPlan measurementPlan) {
    this.platform = platform;
    this.measurementPlan = measurementPlan;
  }

  public static void run(MeasurementPlan measurementPlan) throws IOException, InterruptedException {
    RunningPlatform.runWith(
        platform -> new GatewayBench(platform, measurementPlan).measure(), "inference", "gateway");
  }

  private void measure() throws IOException, InterruptedException {
    try (FakeProvider constant = FakeProvider.withConstantAnswer(ANSWER);
        FakeProvider streaming = FakeProvider.withStreamedAnswer(WordStream::stream);
        ChildProcesses childProcesses = new ChildProcesses()) {
      int inferencePort = ChildProcesses.freePort();
      int gatewayPort = ChildProcesses.freePort();
      Process inference = childProcesses.start(inferenceProcess(inferencePort), "inference");
      Process gateway = childProcesses.start(gatewayProcess(gatewayPort, inferencePort), "gateway");
      Sides sides =
          new Sides(
              inferencePort,
              List.of(inference.pid()),
              gatewayPort,
              List.of(gateway.pid(), inference.pid()));
      Contender.of("inference", inferencePort, GatewayBench::modelsRequest, List.of()).awaitReady();
      Contender.of("gateway", gatewayPort, GatewayBench::modelsRequest, List.of()).awaitReady();
      BenchVariants benchVariants =
          BenchVariants.create(platform, inferencePort, constant.port(), streaming.port());
      String former = BenchVariants.readPolicy(platform, inferencePort);
      try {
        BenchVariants.setPolicy(platform, inferencePort, BenchVariants.policyJson(MASKED));
        measureAnswers(childProcesses, constant.port(), sides, benchVariants);
        measureStreams(childProcesses, streaming.port(), sides, benchVariants);
      } finally {
        BenchVariants.setPolicy(platform, inferencePort, former);
      }
    }
  }

  /**
   * The ports of the second inference and gateway, and the processes whose CPU time counts for
   * calls at each port.
   */
  private record Sides(
      int inferencePort, List<Long> inference, int gatewayPort, List<Long> gatewayAndInference) {}

  private void measureAnswers(
      ChildProcesses childProcesses, int upstream, Sides sides, BenchVariants benchVariants)
      throws IOException, InterruptedException {
    Contender.Request plain = to -> questionRequest(to, "constant", "sk-none", false);
    Contender.Request sampled =
        to -> questionRequest(to, benchVariants.sampled(), benchVariants.key(), false);
    Contender.Request cached =
        to -> questionRequest(to, benchVariants.cached(), benchVariants.key(), false);
    Contender bare = startBareGateway(childProcesses, upstream, plain);
    Optional<Contender> nginx = Nginx.start(childProcesses, upstream, plain);
    Contender own = Contender.of(GoalReport.OWN, sides.inferencePort, sampled, sides.inference);
    Contender hit = Contender.of(GoalReport.HIT, sides.inferencePort, cached, sides.inference);
    Contender through =
        Contender.of(GoalReport.THROUGH, sides.gatewayPort, sampled, sides.gatewayAndInference);
    Optional<Contender> portkey =
        Portkey.start(childProcesses, upstream, bodyJson("constant", false));
    List<Contender> contenders = new ArrayList<>(List.of(bare));
    nginx.ifPresent(contenders::add);
    contenders.addAll(List.of(own, hit, through));
    portkey.ifPresent(contenders::add);
    for (Contender contender : contenders) {
      contender.warmUp(measurementPlan.warmUp());
    }
    Comparison comparison =
        new Comparison(contenders, measurementPlan.time(), measurementPlan.rounds());
    for (int connections : List.of(ALONE, TOGETHER)) {
      new GoalReport(comparison.measureAndPrint(connections))
          .lines(connections == ALONE)
          .forEach(System.out::println);
    }
  }

  private void measureStreams(
      ChildProcesses childProcesses, int upstream, Sides sides, BenchVariants benchVariants)
      throws IOException, InterruptedException {
    Contender.Request plain = to -> questionRequest(to, "constant", "sk-none", true);
    Contender.Request streamed =
        to -> questionRequest(to, benchVariants.streamed(), benchVariants.key(), true);
    Contender.Request checked =
        to -> questionRequest(to, benchVariants.checked(), benchVariants.key(), true);
    Contender bare = startBareGateway(childProcesses, upstream, plain);
    bare.awaitReady();
    List<StreamContender> compared =
        List.of(
            StreamContender.of(
                Contender.of("the provider itself", upstream, plain, List.of()), UNKEPT),
            StreamContender.of(bare, UNKEPT),
            StreamContender.of(
                Contender.of(
                    "own port, no contents", sides.inferencePort, streamed, sides.inference),
                UNKEPT),
            StreamContender.of(
                Contender.of("own port, masked", sides.inferencePort, streamed, sides.inference),
                MASKED),
            StreamContender.of(
                Contender.of(
                    "own port, masked and checked", sides.inferencePort, checked, sides.inference),
                MASKED),
            StreamContender.of(
                Contender.of(
                    "gateway, masked", sides.gatewayPort, streamed, sides.gatewayAndInference),
                MASKED));
    new StreamComparison(
            compared,
            STREAMS,
            measurementPlan.streamWarmUp(),
            measurementPlan.streamed(),
            measurementPlan.streamRounds(),
            contents ->
                BenchVariants.setPolicy(
                    platform, sides.inferencePort, BenchVariants.policyJson(contents)))
        .measureAndPrint();
  }

  private static byte[] modelsRequest(int port) {
    return HttpConnection.requestBytes("GET", "/v1/models", port, "none", "");
  }

  private static byte[] questionRequest(int port, String model, String bearer, boolean stream) {
    return HttpConnection.requestBytes("POST", PATH, port, bearer, bodyJson(model, stream));
  }

  private static String bodyJson(String model, boolean stream) {
    return """
    {"model":"%s",%s"messages":[{"role":"user","content":"What is known about the deliveries of last \
    week, and who is asked about them?"}]}\
    """
        .formatted(model, stream ? "\"stream\":true," : "");
  }

  private Contender startBareGateway(
      ChildProcesses childProcesses, int upstream, Contender.Request request) throws IOException {
    int port = ChildProcesses.freePort();
    List<String> command = new ArrayList<>(platform.jvmFlags("gateway"));
    String route = "--spring.cloud.gateway.server.webflux.routes[0].";
    command.addAll(
        List.of(
            "-cp",
            BenchJvmCommand.BARE,
            BareGateway.class.getName(),
            "--server.port=" + port,
            "--server.address=127.0.0.1",
            route + "id=all",
            route + "uri=http://127.0.0.1:" + upstream,
            route + "predicates[0]=Path=/**"));
    Process bare = childProcesses.start(new ProcessBuilder(command), "bare-gateway-" + port);
    return Contender.of(GoalReport.BARE, port, request, List.of(bare.pid()));
  }

  /**
   * Returns a second process of {@code inference}, which has the command and environment of the
   * running one but its own port. It may call providers on loopback, and has room for all streams
   * of this benchmark at once.
   */
  private ProcessBuilder inferenceProcess(int port) throws IOException {
    List<String> command = new ArrayList<>(platform.command("inference"));
    command.addAll(
        List.of(
            "--server.port=" + port,
            "--plumbline.providers.allowed-networks=127.0.0.1",
            "--plumbline.providers.max-concurrent=" + 2 * STREAMS,
            // A workspace alone has half of them.
            "--plumbline.serving.max-concurrent=" + 4 * STREAMS));
    return platform.processWithEnvironmentOf("inference", command);
  }

  /**
   * Returns a second process of the gateway, which has the command and environment of the running
   * one but its own port. It calls the given port of {@code inference}, and its limit of requests
   * per client is too high to be reached.
   */
  private ProcessBuilder gatewayProcess(int port, int inference) throws IOException {
    List<String> command = new ArrayList<>(platform.command("gateway"));
    command.addAll(
        List.of(
            "--server.port=" + port,
            "--plumbline.services.inference.url=http://127.0.0.1:" + inference,
            "--plumbline.gateway.requests-per-second=1000000",
            "--plumbline.gateway.burst=1000000"));
    return platform.processWithEnvironmentOf("gateway", command);
  }
}
