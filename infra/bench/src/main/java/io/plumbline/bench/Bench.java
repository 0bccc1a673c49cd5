package io.plumbline.bench;

import io.plumbline.bench.gateway.GatewayBench;
import io.plumbline.bench.gateway.MeasurementPlan;
import io.plumbline.bench.ingest.IngestBench;
import io.plumbline.bench.process.BenchFailed;
import io.plumbline.bench.process.BenchJvmCommand;
import io.plumbline.bench.resolve.ResolveBench;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command {@code ./plumbline bench NAME [options]}, started in the root of the repository. */
@Command(
    name = "./plumbline bench",
    synopsisSubcommandLabel = "NAME",
    subcommands = HelpCommand.class,
    description = "Measures one thing beside what it is compared with; run by hand.")
public final class Bench {

  private static final int HELP_WIDTH = 110;

  /**
   * The benchmarks that measure classes which only their own module sees, by module. They are among
   * the tests of that module.
   */
  static final Map<String, String> AMONG_TESTS =
      Map.of(
          "compliance", "io.plumbline.compliance.ledger.LedgerBench",
          "dataset-registry", "io.plumbline.datasetregistry.ScanBench",
          "evaluation", "io.plumbline.evaluation.metric.BootstrapBench");

  private Bench() {}

  public static void main(String... arguments) {
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    CommandLine root = new CommandLine(new Bench()).setUsageHelpWidth(HELP_WIDTH);
    addHelp(root);
    root.getSubcommands().values().forEach(Bench::addHelp);
    return root.setParameterExceptionHandler((failure, arguments) -> usageError(failure))
        .setExecutionExceptionHandler((failure, command, parsed) -> {
          if (failure instanceof BenchFailed) {
            command.getErr().println("bench: " + failure.getMessage());
            return ExitCode.SOFTWARE;
          }
          throw failure;
        });
  }

  private static void addHelp(CommandLine command) {
    CommandSpec spec = command.getCommandSpec();
    if (!spec.helpCommand()) {
      spec.addOption(
          OptionSpec.builder("-h", "--help")
              .usageHelp(true)
              .description("Show this help.")
              .build());
    }
  }

  private static int usageError(ParameterException failure) {
    CommandLine command = failure.getCommandLine();
    command
        .getErr()
        .println(
            "bench: "
                + failure.getMessage()
                + suggestion(failure)
                + "; `"
                + command.getCommandSpec().qualifiedName()
                + " --help` lists what there is.");
    return ExitCode.USAGE;
  }

  private static String suggestion(ParameterException failure) {
    if (failure instanceof UnmatchedArgumentException unmatched
        && !unmatched.getSuggestions().isEmpty()) {
      return ", did you mean '" + unmatched.getSuggestions().getFirst() + "'?";
    }
    return "";
  }

  @Command(description = "Append and verify, beside plain inserts and a row-locked chain.")
  int ledger(
      @Option(names = "--seconds", defaultValue = "3", description = "${DEFAULT-VALUE} per round.")
          int seconds,
      @Option(names = "--rounds", defaultValue = "5", description = "${DEFAULT-VALUE} rounds.")
          int rounds,
      @Option(
              names = "--entries",
              defaultValue = "200000",
              description = "${DEFAULT-VALUE} entries to verify.")
          int entries)
      throws IOException, InterruptedException {
    return runModuleBench("compliance", BenchJvmCommand.OPTIMISED, seconds, rounds, entries);
  }

  @Command(description = "Commit to Kafka, beside a raw producer with acks=all.")
  int outbox(
      @Option(names = "--rows", defaultValue = "30000", description = "${DEFAULT-VALUE} events.")
          int rows,
      @Option(names = "--rounds", defaultValue = "5", description = "${DEFAULT-VALUE} rounds.")
          int rounds)
      throws IOException, InterruptedException {
    return runChild(
        BenchJvmCommand.serversClassPath(),
        "io.plumbline.bench.outbox.OutboxBench",
        BenchJvmCommand.OPTIMISED,
        rows,
        rounds);
  }

  @Command(
      description =
          "A provider's chat completion at inference and through the gateway, beside nginx, a bare"
              + " Spring Cloud Gateway and Portkey (from npm); then 512 streams. Starts the"
              + " platform if none runs here.")
  void gateway(
      @Option(names = "--seconds", defaultValue = "2", description = "${DEFAULT-VALUE} per round.")
          int seconds,
      @Option(names = "--rounds", defaultValue = "5", description = "${DEFAULT-VALUE} rounds.")
          int rounds,
      @Option(
              names = "--warm-up",
              defaultValue = "100000",
              description = "${DEFAULT-VALUE} requests to each side, but no more than 45 s.")
          int warmUp,
      @Option(
              names = "--quick",
              description = "About three minutes instead of twelve: what it prints is no record.")
          boolean quick)
      throws IOException, InterruptedException {
    if (quick) {
      GatewayBench.run(MeasurementPlan.QUICK);
      return;
    }
    GatewayBench.run(
        new MeasurementPlan(
            Duration.ofSeconds(seconds),
            rounds,
            warmUp,
            Duration.ofSeconds(15),
            Duration.ofSeconds(8),
            3));
  }

  @Command(
      description =
          "A prompt's label resolved, beside a constant endpoint; a label's move until it is"
              + " visible.")
  void resolve(@Mixin LoadOptions load) throws IOException, InterruptedException {
    ResolveBench.run(load.roundLength(), load.rounds, load.warmUp);
  }

  @Command(
      description =
          "Sensitive data found in texts, hostile ones too, and rows signed for near-duplicates.")
  int scan(
      @Option(names = "--rounds", defaultValue = "5", description = "${DEFAULT-VALUE} rounds.")
          int rounds)
      throws IOException, InterruptedException {
    return runModuleBench("dataset-registry", BenchJvmCommand.OPTIMISED, rounds);
  }

  @Command(
      description =
          "A large file of generated rows, sent in parts and made a version: time, and the most"
              + " memory that dataset-registry holds. Needs the platform, whose second workspace"
              + " keeps the dataset.")
  void ingest(
      @Option(
              names = "--megabytes",
              defaultValue = "970",
              description = "${DEFAULT-VALUE}; a version has at most a million rows, of 1 KB each.")
          int megabytes,
      @Option(
              names = "--kind",
              defaultValue = "CLASSIFICATION",
              description = "${DEFAULT-VALUE}, or CHAT or DOCUMENTS.")
          String kind,
      @Option(names = "--split", description = "Split the version, too.") boolean split)
      throws IOException, InterruptedException {
    IngestBench.run(megabytes, kind, split);
  }

  /**
   * Runs the bootstrap with the optimising compiler, and without it as the launcher runs
   * evaluation.
   */
  @Command(
      description =
          "Intervals of 10,000 resamples of 10,000 pairs, beside a plain bootstrap; with and"
              + " without the optimising compiler.")
  int bootstrap(
      @Option(names = "--rounds", defaultValue = "5", description = "${DEFAULT-VALUE} rounds.")
          int rounds)
      throws IOException, InterruptedException {
    System.out.println("with the optimising compiler:");
    int optimised = runModuleBench("evaluation", BenchJvmCommand.OPTIMISED, rounds);
    System.out.println("with the quick compiler alone, as evaluation runs:");
    return Math.max(optimised, runModuleBench("evaluation", BenchJvmCommand.QUICK, rounds));
  }

  @Command(description = "Memory per process; with --restart also the time of a start.")
  int startup(
      @Option(names = "--restart", description = "Stop the platform and start it again.")
          boolean restart,
      @Option(names = "--rounds", defaultValue = "5", description = "${DEFAULT-VALUE} starts.")
          int rounds)
      throws IOException, InterruptedException {
    return StartupBench.run(restart, rounds);
  }

  private static int runModuleBench(String service, List<String> jvm, int... arguments)
      throws IOException, InterruptedException {
    Path target = Path.of("services", service, "target");
    if (!Files.isDirectory(target.resolve("test-classes"))) {
      throw new BenchFailed(
          target + "/test-classes is missing: build it with `./mvnw -DskipTests package`.");
    }
    String classPath =
        target.resolve("test-classes")
            + ":"
            + target.resolve("classes")
            + ":"
            + BenchJvmCommand.serversClassPath();
    return runChild(classPath, Objects.requireNonNull(AMONG_TESTS.get(service)), jvm, arguments);
  }

  private static int runChild(
      String classPath, String mainClass, List<String> jvm, int... arguments)
      throws IOException, InterruptedException {
    List<String> texts = IntStream.of(arguments).mapToObj(Integer::toString).toList();
    return new ProcessBuilder(BenchJvmCommand.command(jvm, classPath, mainClass, texts))
        .inheritIO()
        .start()
        .waitFor();
  }
}
