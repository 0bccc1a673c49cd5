package io.plumbline.bench.gateway;

import io.plumbline.bench.Jvm;
import io.plumbline.bench.Running;
import io.plumbline.bench.Series;
import io.plumbline.bench.load.Children;
import io.plumbline.bench.load.Comparison;
import io.plumbline.bench.load.HttpConnection;
import io.plumbline.bench.load.HttpConnection.Message;
import io.plumbline.bench.load.Side;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A chat completion answered from the exact cache, so that what is measured is all the platform
 * does around an answer and no model: authentication, workspace, routing, metering.
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

  private final Running platform;
  private final Duration time;
  private final int rounds;

  private GatewayBench(Running platform, Duration time, int rounds) {
    this.platform = platform;
    this.time = time;
    this.rounds = rounds;
  }

  public static int run(List<String> options) throws IOException, InterruptedException {
    Optional<Running> platform = Running.find("inference", "gateway");
    if (platform.isEmpty()) {
      return 1;
    }
    Duration time = Duration.ofSeconds(Series.option(options, 0, 3));
    new GatewayBench(platform.get(), time, Series.option(options, 1, 5))
        .measure(Series.option(options, 2, 100_000));
    return 0;
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
      List<Side> sides =
          List.of(
              Side.of("bare Spring Cloud Gateway", barePort, this::request, List.of(bare.pid())),
              Side.of("inference, own port", INFERENCE_PORT, this::request, List.of(inference)),
              Side.of(
                  "gateway and inference",
                  gatewayPort,
                  this::request,
                  List.of(gateway.pid(), inference)));
      for (Side side : sides) {
        side.warmUp(warmUp);
      }
      Comparison comparison = new Comparison(sides, time, rounds);
      comparison.print(1);
      comparison.print(8);
    }
  }

  /**
   * What the bare gateway's upstream answers, too. The second question is answered from the cache.
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
            Jvm.BARE,
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
