package io.plumbline.launcher.program;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The time that each module and each test class of a build took: a table of all of them in a file
 * beside the log, and of that the slowest in print. Uses nothing but the JDK, like {@link
 * BuildOutput}.
 */
final class BuildTimes {

  private static final int SHOWN_CLASSES = 20;

  private record TestClass(String name, double seconds, int tests) {}

  private final Map<String, Double> modules = new LinkedHashMap<>();
  private final Map<String, TestClass> classes = new LinkedHashMap<>();

  void module(String folder, double seconds) {
    modules.put(folder, seconds);
  }

  void testClass(String name, double seconds, int tests) {
    classes.put(name, new TestClass(name, seconds, tests));
  }

  /** Those that a module measured itself, which replace what the build says of them. */
  void read(Path file) throws IOException {
    for (String row : Files.readAllLines(file).stream().skip(1).toList()) {
      String[] columns = row.split("\t", -1);
      testClass(columns[0], Double.parseDouble(columns[1]), Integer.parseInt(columns[2]));
    }
  }

  void print(PrintStream out) {
    if (!modules.isEmpty()) {
      out.println("Time of each module, from its first goal to its last:");
      modules.entrySet().stream()
          .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
          .forEach(module -> out.println(line(module.getValue(), module.getKey())));
    }
    if (!classes.isEmpty()) {
      out.println("Slowest test classes:");
      slowestFirst().stream()
          .limit(SHOWN_CLASSES)
          .forEach(slow -> out.println(line(slow.seconds(), slow.name())));
    }
  }

  /** Tab-separated: kind, name, seconds, and of a class the number of its tests. */
  void write(Path file) throws IOException {
    List<String> rows = new ArrayList<>(List.of("kind\tname\tseconds\ttests"));
    modules.forEach((module, seconds) -> rows.add("module\t" + module + "\t" + seconds + "\t"));
    slowestFirst()
        .forEach(slow ->
            rows.add("class\t" + slow.name() + "\t" + slow.seconds() + "\t" + slow.tests()));
    Files.write(file, rows);
  }

  private List<TestClass> slowestFirst() {
    return classes.values().stream()
        .sorted(Comparator.comparingDouble(TestClass::seconds).reversed())
        .toList();
  }

  private static String line(double seconds, String name) {
    return String.format(Locale.ROOT, "  %7.1f s  %s", seconds, name);
  }
}
