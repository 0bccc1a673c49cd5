package io.plumbline.demo;

import io.plumbline.demo.api.Access;
import io.plumbline.demo.api.StepFailed;
import io.plumbline.demo.step.ApplicationStep;
import io.plumbline.demo.step.CanaryStep;
import io.plumbline.demo.step.ComparisonStep;
import io.plumbline.demo.step.Console;
import io.plumbline.demo.step.CriteriaStep;
import io.plumbline.demo.step.DatasetStep;
import io.plumbline.demo.step.DemoContext;
import io.plumbline.demo.step.FineTuningStep;
import io.plumbline.demo.step.LedgerStep;
import io.plumbline.demo.step.PrematureFineTuneStep;
import io.plumbline.demo.step.PromptStep;
import io.plumbline.demo.step.ReleaseStep;
import io.plumbline.demo.step.RetrievalStep;
import io.plumbline.demo.step.ServingStep;
import io.plumbline.demo.step.Step;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
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

/** {@code ./plumbline demo}: exit code 0 only if every step passed. */
@Command(
    name = "./plumbline demo",
    mixinStandardHelpOptions = true,
    description = "Take real mail through all phases, by the public API of a running platform.")
public final class Demo implements Callable<Integer> {

  private static final List<Step> STEPS =
      List.of(
          new ApplicationStep(),
          new DatasetStep(),
          new CriteriaStep(),
          new PromptStep(),
          new PrematureFineTuneStep(),
          new RetrievalStep(),
          new FineTuningStep(),
          new ComparisonStep(),
          new ReleaseStep(),
          new ServingStep(),
          new CanaryStep(),
          new LedgerStep());

  @Option(names = "--json", paramLabel = "FILE", description = "Also write a report to this file.")
  private @Nullable Path json;

  private Demo() {}

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new Demo()).execute(arguments));
  }

  @Override
  public Integer call() {
    String file = Optional.ofNullable(System.getenv("PLUMBLINE_ACCESS")).orElse("");
    if (file.isEmpty()) {
      System.err.println(
          "The demo needs the addresses and passwords of a running platform: start it by"
              + " `./plumbline demo`.");
      return ExitCode.USAGE;
    }
    Console console =
        new Console(
            new PrintStream(
                new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8));
    boolean passed = run(Access.read(Path.of(file)), console);
    if (json != null) {
      report(json, console, passed);
    }
    return passed ? ExitCode.OK : ExitCode.SOFTWARE;
  }

  private static boolean run(Access access, Console console) {
    DemoContext demo = new DemoContext(access, console);
    long startedAt = System.nanoTime();
    int number = 0;
    for (Step step : STEPS) {
      console.begin(++number, STEPS.size(), step.title());
      long start = System.nanoTime();
      try {
        step.run(demo);
        console.end(step.title(), seconds(start), true);
      } catch (StepFailed failure) {
        console.print("✘ " + failure.getMessage());
        console.end(step.title(), seconds(start), false);
        console.line("");
        console.line(
            "The demo stopped at step "
                + number
                + ". The platform is still running: ./plumbline status, ./plumbline logs SERVICE");
        return false;
      }
    }
    Summary.print(demo, seconds(startedAt), access);
    return true;
  }

  private static void report(Path file, Console console, boolean passed) {
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("passed", passed);
    report.put("steps", console.steps());
    JsonMapper.builder()
        .enable(SerializationFeature.INDENT_OUTPUT)
        .build()
        .writeValue(file.toFile(), report);
  }

  private static double seconds(long since) {
    return Math.round((System.nanoTime() - since) / 1e8) / 10.0;
  }
}
