package io.plumbline.demo;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Prints the steps with their figures, and keeps them for the report. */
public final class Console {

  private final PrintStream out;
  private final List<Map<String, Object>> steps = new ArrayList<>();
  private List<String> lines = new ArrayList<>();

  Console(PrintStream out) {
    this.out = out;
  }

  void begin(int number, int of, String title) {
    lines = new ArrayList<>();
    out.printf("%n%2d/%d  %s%n", number, of, title);
  }

  /** A figure or fact worth reading. */
  public void say(String line) {
    lines.add(line);
    out.println("       " + line);
  }

  void held(String what) {
    say("✔ " + what);
  }

  void end(String title, double seconds, boolean held) {
    Map<String, Object> step = new LinkedHashMap<>();
    step.put("title", title);
    step.put("held", held);
    step.put("seconds", seconds);
    step.put("lines", lines);
    steps.add(step);
    out.printf("       %s%.1f s%n", held ? "" : "FAILED after ", seconds);
  }

  void line(String line) {
    out.println(line);
  }

  List<Map<String, Object>> steps() {
    return steps;
  }
}
