package io.plumbline.demo.step;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Prints the steps with their figures, and keeps them for the report. */
public final class Console {

  private final PrintStream out;
  private final List<Map<String, Object>> steps = new ArrayList<>();
  private List<String> lines = new ArrayList<>();

  public Console(PrintStream out) {
    this.out = out;
  }

  public void begin(int number, int of, String title) {
    lines = new ArrayList<>();
    out.printf("%n%2d/%d  %s%n", number, of, title);
  }

  /** Prints a line below the step, and keeps it for the report. */
  public void print(String line) {
    lines.add(line);
    out.println("       " + line);
  }

  void passed(String what) {
    print("✔ " + what);
  }

  public void end(String title, double seconds, StepEnd end) {
    Map<String, Object> step = new LinkedHashMap<>();
    step.put("title", title);
    step.put("passed", end != StepEnd.FAILED);
    step.put("end", end.text());
    step.put("seconds", seconds);
    step.put("lines", lines);
    steps.add(step);
    out.printf(Locale.ROOT, "       %s, %.1f s%n", end.text(), seconds);
  }

  public void line(String line) {
    out.println(line);
  }

  public List<Map<String, Object>> steps() {
    return steps;
  }
}
