package io.plumbline.demo.step;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The log of a run of the demo. Prints each step with its lines to the terminal, and collects them
 * for the report that {@code --json} writes.
 */
public final class StepLog {

  private final PrintStream out;
  private final List<Map<String, Object>> steps = new ArrayList<>();
  private List<String> lines = new ArrayList<>();

  public StepLog(PrintStream out) {
    this.out = out;
  }

  /**
   * Prints the heading of a step. The lines that are printed from now on belong to this step.
   *
   * @param number the number of the step, from 1
   * @param of the number of all steps
   */
  public void beginStep(int number, int of, String title) {
    lines = new ArrayList<>();
    out.printf("%n%2d/%d  %s%n", number, of, title);
  }

  /** Prints a line below the heading of the step, and keeps the line for the report. */
  public void print(String line) {
    lines.add(line);
    out.println("       " + line);
  }

  /** Prints a condition that holds, with a tick, and keeps the line for the report. */
  void printPassed(String what) {
    print("✔ " + what);
  }

  /** Prints how the step ended, and adds the step with its lines to the report. */
  public void endStep(String title, double seconds, StepEnd end) {
    Map<String, Object> step = new LinkedHashMap<>();
    step.put("title", title);
    step.put("passed", end != StepEnd.FAILED);
    step.put("end", end.text());
    step.put("seconds", seconds);
    step.put("lines", lines);
    steps.add(step);
    out.printf(Locale.ROOT, "       %s, %.1f s%n", end.text(), seconds);
  }

  /** Prints a line that is not part of the report. */
  public void printOutsideReport(String line) {
    out.println(line);
  }

  /** Returns the steps that have ended, as the report shows them. */
  public List<Map<String, Object>> steps() {
    return steps;
  }
}
