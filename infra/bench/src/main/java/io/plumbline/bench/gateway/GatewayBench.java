package io.plumbline.bench.gateway;

import io.plumbline.bench.load.Comparison;
import io.plumbline.bench.load.Contender;
import io.plumbline.bench.load.HttpConnection;
import io.plumbline.bench.load.HttpConnection.Message;
import io.plumbline.bench.process.BenchJvm;
import io.plumbline.bench.process.Children;
import io.plumbline.bench.process.RunningPlatform;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A chat completion that a local choice model answers over cached embeddings, without variant or
 * canary: what is measured is what the platform does around the model (authentication, workspace,
 * routing, metering) and little of the model.
 */
public final class GatewayBench {

  private static final String PATH = "/v1/chat/completions";
  private static final int INFERENCE_PORT = 8107;
  private static final String QUESTION =
      """
      {"model":"local/choice-minilm","messages":[{"role":"system","content":"Which kind of mail is this?"},\
      {"role":"user","content":"You have won a prize, click here to claim it now."}],\
      "response_format":{"type":"json_schema","json_schema":{"name":"choice","schema":{"type":"object",\
      "properties":{"label":{"type":"string","enum":["personal","spam"]}},"required":["label"]}}}}\
      """;

  private final RunningPlatform platform;
  private final Duration time;
  private final int rounds;

  private GatewayBench(RunningPlatform platform, Duration time, int rounds) {
    this.platform = platform;
    this.time = time;
    this.rounds = rounds;
  }

  public static void run(Duration time, int rounds, int warmUp)
      throws IOException, InterruptedException {
    new GatewayBench(RunningPlatform.require("inference", "gateway"), time, rounds).measure(warmUp);
  }

  private void measure(int warmUp) throws IOException, InterruptedException {
    byte[] answer = answerOfInference();
    try (ConstantUpstream upstream = new ConstantUpstream(answer);
        Children children = new Children()) {
      int barePort = Children.freePort();
      int gatewayPort = Children.freePort();
      long inference = platform.pid("inference");
      Process bare = children.start(bareGateway(barePort, upstream.port()), "bare-gateway");
      Process gateway = children.start(unlimitedGateway(gatewayPort), "gateway");
      List<Contender> contenders =
          List.of(
              Contender.of(
                  "bare Spring Cloud Gateway", barePort, this::request, List.of(bare.pid())),
              Contender.of(
                  "inference, own port", INFERENCE_PORT, this::request, List.of(inference)),
              Contender.of(
                  "gateway and inference",
                  gatewayPort,
                  this::request,
                  List.of(gateway.pid(), inference)));
      for (Contender contender : contenders) {
        contender.warmUp(warmUp);
      }
      Comparison comparison = new Comparison(contenders, time, rounds);
      comparison.print(1);
      comparison.print(8);
    }
  }

  /**
   * What the bare gateway's upstream answers, too. For the second question the embeddings are
   * cached.
   */
  private byte[] answerOfInference() throws IOException, InterruptedException {
    try (HttpConnection connection = HttpConnection.open(INFERENCE_PORT)) {
      Message answer = connection.exchange(request(INFERENCE_PORT));
      if (!answer.first().startsWith("HTTP/1.1 200")) {
        throw new IOException(
            "inference answered "
                + answer.first()
                + ": "
                + new String(answer.body(), StandardCharsets.UTF_8));
      }
      return answer.body();
    }
  }

  private byte[] request(int port) throws IOException, InterruptedException {
    return HttpConnection.request("POST", PATH, port, platform.token(), QUESTION);
  }

  private ProcessBuilder bareGateway(int port, int upstream) throws IOException {
    List<String> command = new ArrayList<>(platform.jvm("gateway"));
    String route = "--spring.cloud.gateway.server.webflux.routes[0].";
    command.addAll(
        List.of(
            "-cp",
            BenchJvm.BARE,
            BareGateway.class.getName(),
            "--server.port=" + port,
            "--server.address=127.0.0.1",
            route + "id=all",
            route + "uri=http://127.0.0.1:" + upstream,
            route + "predicates[0]=Path=/**"));
    return new ProcessBuilder(command);
  }

  /**
   * The running gateway once more, on another port and without its limit of 100 requests a second
   * per client.
   */
  private ProcessBuilder unlimitedGateway(int port) throws IOException {
    List<String> command = new ArrayList<>(platform.command("gateway"));
    command.addAll(
        List.of(
            "--server.port=" + port,
            "--plumbline.gateway.requests-per-second=1000000",
            "--plumbline.gateway.burst=1000000"));
    return platform.beside("gateway", command);
  }
}
