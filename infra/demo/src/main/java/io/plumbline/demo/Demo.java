package io.plumbline.demo;

import io.plumbline.demo.api.Access;
import io.plumbline.demo.api.StepFailed;
import io.plumbline.demo.helpdesk.OwnModel;
import io.plumbline.demo.step.DemoSize;
import io.plumbline.demo.step.StepLog;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The command {@code ./plumbline demo}, whose exit code is 0 only if every step passed. */
@Command(
    name = "./plumbline demo",
    mixinStandardHelpOptions = true,
    description =
        "Take real mail through all phases, and answers from real documentation to their release,"
            + " by the public API of a running platform.")
public final class Demo implements Callable<Integer> {

  @Option(names = "--json", paramLabel = "FILE", description = "Also write a report to this file.")
  private @Nullable Path json;

  @Option(
      names = "--application",
      paramLabel = "NAME",
      description = "Only mail-triage or only help-desk, then the ledger; both when absent.")
  private @Nullable String only;

  @Option(
      names = "--splits",
      paramLabel = "N",
      description =
          "Instead of the demo, run the prompt and retrieval phases on N other splits of the mail."
              + " Needs an installation in which the demo never ran.")
  private @Nullable Integer splits;

  @Option(
      names = "--access",
      paramLabel = "FILE",
      description = "The addresses and people of an installation elsewhere: docs/kubernetes.md.")
  private @Nullable Path elsewhere;

  private Demo() {}

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new Demo()).execute(arguments));
  }

  @Override
  public Integer call() {
    Optional<Path> file =
        Optional.ofNullable(elsewhere)
            .or(() -> Optional.ofNullable(System.getenv("PLUMBLINE_ACCESS")).map(Path::of));
    if (file.isEmpty()) {
      System.err.println(
          "The demo needs the addresses and passwords of a running platform: start it by"
              + " `./plumbline demo`.");
      return ExitCode.USAGE;
    }
    if (splits != null && (splits < 1 || only != null)) {
      System.err.println("--splits takes a number from 1 and no --application.");
      return ExitCode.USAGE;
    }
    StepLog log =
        new StepLog(
            new PrintStream(
                new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8));
    OwnModel own;
    DemoSize size;
    Access access;
    try {
      access = Access.read(file.get());
      own = OwnModel.of(System.getenv()).orElse(null);
      size = DemoSize.of(System.getenv());
    } catch (StepFailed malformed) {
      System.err.println(malformed.getMessage());
      return ExitCode.USAGE;
    }
    DemoRun demoRun = new DemoRun(access, log, size, only, own, elsewhere != null);
    boolean passed = splits == null ? demoRun.runSteps() : demoRun.runSplits(splits);
    if (json != null) {
      writeReport(json, log, passed);
    }
    return passed ? ExitCode.OK : ExitCode.SOFTWARE;
  }

  /** Writes the steps and their lines as JSON. */
  private static void writeReport(Path file, StepLog log, boolean passed) {
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("passed", passed);
    report.put("steps", log.steps());
    JsonMapper.builder()
        .enable(SerializationFeature.INDENT_OUTPUT)
        .build()
        .writeValue(file.toFile(), report);
  }

  /** Returns the seconds since a reading of {@link System#nanoTime}, to a tenth of a second. */
  static double secondsSince(long start) {
    return Math.round((System.nanoTime() - start) / 1e8) / 10.0;
  }
}
