package io.plumbline.demo;

import io.plumbline.demo.api.Access;
import io.plumbline.demo.api.StepFailed;
import io.plumbline.demo.helpdesk.AnswerCriteriaStep;
import io.plumbline.demo.helpdesk.AnswerTableStep;
import io.plumbline.demo.helpdesk.CitedAnswersStep;
import io.plumbline.demo.helpdesk.DocumentsStep;
import io.plumbline.demo.helpdesk.FrequentQuestionsStep;
import io.plumbline.demo.helpdesk.PassagesStep;
import io.plumbline.demo.helpdesk.RegisterStep;
import io.plumbline.demo.mail.ApplicationStep;
import io.plumbline.demo.mail.CanaryStep;
import io.plumbline.demo.mail.ComparisonStep;
import io.plumbline.demo.mail.CriteriaStep;
import io.plumbline.demo.mail.DatasetStep;
import io.plumbline.demo.mail.FineTuningStep;
import io.plumbline.demo.mail.PrematureFineTuneStep;
import io.plumbline.demo.mail.PromptStep;
import io.plumbline.demo.mail.RetrievalStep;
import io.plumbline.demo.mail.ServingStep;
import io.plumbline.demo.step.Console;
import io.plumbline.demo.step.DemoContext;
import io.plumbline.demo.step.LedgerStep;
import io.plumbline.demo.step.ReleaseStep;
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
    description =
        "Take real mail through all phases, and answers from real documentation to their release,"
            + " by the public API of a running platform.")
public final class Demo implements Callable<Integer> {

  /** Labels for messages: prompt, retrieval and training compete. */
  private static final List<Step> MAIL =
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
          new CanaryStep());

  /** Answers from documents, with citations. */
  private static final List<Step> HELP_DESK =
      List.of(
          new RegisterStep(),
          new DocumentsStep(),
          new AnswerCriteriaStep(),
          new FrequentQuestionsStep(),
          new PassagesStep(),
          new AnswerTableStep(),
          new ReleaseStep(),
          new CitedAnswersStep());

  private static final List<Step> AUDIT = List.of(new LedgerStep());

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
    DemoContext mail = new DemoContext(access, console);
    DemoContext helpDesk = new DemoContext(access, console);
    Map<Step, DemoContext> steps = new LinkedHashMap<>();
    MAIL.forEach(step -> steps.put(step, mail));
    boolean first =
        helpDesk.ada.get("/api/applications/" + RegisterStep.APPLICATION).status() != 200;
    if (first) {
      HELP_DESK.forEach(step -> steps.put(step, helpDesk));
    }
    AUDIT.forEach(step -> steps.put(step, mail));
    long startedAt = System.nanoTime();
    int number = 0;
    for (Map.Entry<Step, DemoContext> each : steps.entrySet()) {
      if (!passes(each.getKey(), each.getValue(), ++number, steps.size())) {
        return false;
      }
    }
    Summary.print(mail, first ? helpDesk : null, seconds(startedAt), access);
    return true;
  }

  private static boolean passes(Step step, DemoContext demo, int number, int of) {
    Console console = demo.console;
    console.begin(number, of, step.title());
    long start = System.nanoTime();
    try {
      step.run(demo);
      console.end(step.title(), seconds(start), true);
      return true;
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
