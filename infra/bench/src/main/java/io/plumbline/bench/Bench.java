package io.plumbline.bench;

import io.plumbline.bench.gateway.GatewayBench;
import io.plumbline.bench.resolve.ResolveBench;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** {@code ./plumbline bench NAME [options]}, started in the root of the repository. */
public final class Bench {

  private static final String USAGE =
      """
      usage: ./plumbline bench NAME
        ledger [seconds] [rounds] [entries]     append and verify, beside plain inserts and a row-locked chain
        outbox [rows] [rounds]                  commit to Kafka, beside a raw producer with acks=all
        gateway [seconds] [rounds] [warm-up]    a chat completion at inference and through the gateway, beside a bare Spring Cloud Gateway
        resolve [seconds] [rounds] [warm-up]    a prompt's label resolved, beside a constant endpoint; a label's move until it is seen
        scan [rounds]                           sensitive data found in texts, hostile ones too, and rows signed for near-duplicates
        bootstrap [rounds]                      intervals of 10,000 resamples of 10,000 pairs, beside a plain bootstrap
        startup [--restart [rounds]]            memory per process; --restart ends the platform and times starting it again
      """;

  private Bench() {}

  public static void main(String... arguments) throws IOException, InterruptedException {
    System.exit(
        arguments.length == 0
            ? usage()
            : run(arguments[0], List.of(arguments).subList(1, arguments.length)));
  }

  private static int run(String name, List<String> options)
      throws IOException, InterruptedException {
    return switch (name) {
      case "ledger" ->
          amongTests(
              "compliance", "io.plumbline.compliance.ledger.LedgerBench", Jvm.OPTIMISED, options);
      case "outbox" ->
          child(Jvm.servers(), "io.plumbline.bench.outbox.OutboxBench", Jvm.OPTIMISED, options);
      case "gateway" -> GatewayBench.run(options);
      case "resolve" -> ResolveBench.run(options);
      case "scan" ->
          amongTests(
              "dataset-registry", "io.plumbline.datasetregistry.ScanBench", Jvm.OPTIMISED, options);
      case "bootstrap" -> bootstrap(options);
      case "startup" -> StartupBench.run(options);
      default -> usage();
    };
  }

  /** With the optimising compiler, and without it as the launcher runs evaluation. */
  private static int bootstrap(List<String> options) throws IOException, InterruptedException {
    String bench = "io.plumbline.evaluation.metric.BootstrapBench";
    System.out.println("with the optimising compiler:");
    int optimised = amongTests("evaluation", bench, Jvm.OPTIMISED, options);
    System.out.println("with the quick compiler alone, as evaluation runs:");
    return Math.max(optimised, amongTests("evaluation", bench, Jvm.QUICK, options));
  }

  /** It works on classes that only its own module sees, so it lives among the tests of that. */
  private static int amongTests(
      String service, String mainClass, List<String> jvm, List<String> options)
      throws IOException, InterruptedException {
    Path target = Path.of("services", service, "target");
    if (!Files.isDirectory(target.resolve("test-classes"))) {
      System.err.println(
          "bench: " + target + "/test-classes is missing: build with `mvn -DskipTests package`");
      return 1;
    }
    return child(
        target.resolve("test-classes") + ":" + target.resolve("classes") + ":" + Jvm.servers(),
        mainClass,
        jvm,
        options);
  }

  private static int child(
      String classPath, String mainClass, List<String> jvm, List<String> options)
      throws IOException, InterruptedException {
    return new ProcessBuilder(Jvm.command(jvm, classPath, mainClass, options))
        .inheritIO()
        .start()
        .waitFor();
  }

  private static int usage() {
    System.err.print(USAGE);
    return 2;
  }
}
