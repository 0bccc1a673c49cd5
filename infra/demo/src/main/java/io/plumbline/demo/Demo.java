package io.plumbline.demo;

import io.plumbline.demo.step.Application;
import io.plumbline.demo.step.Canary;
import io.plumbline.demo.step.Comparison;
import io.plumbline.demo.step.Dataset;
import io.plumbline.demo.step.LedgerCheck;
import io.plumbline.demo.step.Premature;
import io.plumbline.demo.step.Prompts;
import io.plumbline.demo.step.Release;
import io.plumbline.demo.step.Retrieval;
import io.plumbline.demo.step.Serving;
import io.plumbline.demo.step.Tuning;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** {@code ./plumbline demo [--json FILE]}: exit code 0 only if every step held. */
public final class Demo {

  private static final List<Step> STEPS =
      List.of(
          new Application(),
          new Dataset(),
          new Prompts(),
          new Premature(),
          new Retrieval(),
          new Tuning(),
          new Comparison(),
          new Release(),
          new Serving(),
          new Canary(),
          new LedgerCheck());

  private Demo() {}

  public static void main(String[] arguments) {
    String file = Optional.ofNullable(System.getenv("PLUMBLINE_ACCESS")).orElse("");
    if (file.isEmpty()) {
      System.err.println(
          "Start this by ./plumbline demo: it needs the addresses and passwords of a running"
              + " platform.");
      System.exit(2);
    }
    Console console =
        new Console(
            new PrintStream(
                new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8));
    boolean held = run(Access.read(Path.of(file)), console);
    report(List.of(arguments), console, held);
    System.exit(held ? 0 : 1);
  }

  private static boolean run(Access access, Console console) {
    Loop loop = new Loop(access, console);
    long begun = System.nanoTime();
    int number = 0;
    for (Step step : STEPS) {
      console.begin(++number, STEPS.size(), step.title());
      long start = System.nanoTime();
      try {
        step.take(loop);
        console.end(step.title(), seconds(start), true);
      } catch (StepFailed failure) {
        console.say("✘ " + failure.getMessage());
        console.end(step.title(), seconds(start), false);
        console.line("");
        console.line(
            "The demo stopped at step "
                + number
                + ". The platform goes on: ./plumbline status, ./plumbline logs <service>");
        return false;
      }
    }
    Summary.print(loop, seconds(begun), access);
    return true;
  }

  private static void report(List<String> arguments, Console console, boolean held) {
    int json = arguments.indexOf("--json");
    if (json >= 0 && json + 1 < arguments.size()) {
      Map<String, Object> report = new LinkedHashMap<>();
      report.put("held", held);
      report.put("steps", console.steps());
      JsonMapper.builder()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .build()
          .writeValue(Path.of(arguments.get(json + 1)).toFile(), report);
    }
  }

  private static double seconds(long since) {
    return Math.round((System.nanoTime() - since) / 1e8) / 10.0;
  }
}
