package io.plumbline.bench;

import io.plumbline.bench.gateway.GatewayBench;
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
        startup [--restart [rounds]]            memory per process; --restart ends the platform and times starting it again
      """;

  private Bench() {}

  public static void main(String... arguments) throws IOException, InterruptedException {
    System.exit(arguments.length == 0 ? usage() : run(arguments[0], List.of(arguments).subList(1, arguments.length)));
  }

  private static int run(String name, List<String> options) throws IOException, InterruptedException {
    return switch (name) {
      case "ledger" -> ledger(options);
      case "outbox" -> child(Jvm.servers(), "io.plumbline.bench.outbox.OutboxBench", options);
      case "gateway" -> GatewayBench.run(options);
      case "startup" -> StartupBench.run(options);
      default -> usage();
    };
  }

  /** It works on the ledger's own classes, so it lives among the tests of their module. */
  private static int ledger(List<String> options) throws IOException, InterruptedException {
    Path target = Path.of("services/compliance/target");
    if (!Files.isDirectory(target.resolve("test-classes"))) {
      System.err.println("bench: " + target + "/test-classes is missing: build with `mvn -DskipTests package`");
      return 1;
    }
    String classPath = target.resolve("test-classes") + ":" + target.resolve("classes") + ":" + Jvm.servers();
    return child(classPath, "io.plumbline.compliance.ledger.LedgerBench", options);
  }

  private static int child(String classPath, String mainClass, List<String> options) throws IOException, InterruptedException {
    return new ProcessBuilder(Jvm.command(classPath, mainClass, options)).inheritIO().start().waitFor();
  }

  private static int usage() {
    System.err.print(USAGE);
    return 2;
  }
}
