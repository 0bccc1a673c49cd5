package io.plumbline.launcher.program;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The time that each module and each test class of a build took. A file beside the log lists all of
 * them, and the slowest are printed. Uses nothing but the JDK, like {@link BuildOutput}.
 */
final class BuildTimes {

  private static final int SHOWN_CLASSES = 20;
  private static final Pattern TEST_CLASS =
      Pattern.compile(".*/src/test/java/(.*(?:Tests|IT))\\.java");
  private static final Set<String> PASSED_OVER =
      Set.of(".git", ".plumbline", "target", "node_modules");

  private record TestClass(String name, double seconds, int tests) {}

  private final Map<String, Double> modules = new LinkedHashMap<>();
  private final Map<String, TestClass> classes = new LinkedHashMap<>();

  void addModule(String folder, double seconds) {
    modules.put(folder, seconds);
  }

  void addTestClass(String name, double seconds, int tests) {
    classes.put(name, new TestClass(name, seconds, tests));
  }

  /** Reads times that a module measured itself; they replace those of the build. */
  void read(Path file) throws IOException {
    for (String row : Files.readAllLines(file).stream().skip(1).toList()) {
      String[] columns = row.split("\t", -1);
      addTestClass(columns[0], Double.parseDouble(columns[1]), Integer.parseInt(columns[2]));
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

  /** Prints the test classes below a folder that the build did not run. */
  void printUntested(Path root, PrintStream out) throws IOException {
    List<String> untested = testClasses(root).filter(name -> !classes.containsKey(name)).toList();
    out.println("Test classes left out: " + untested.size());
    untested.forEach(name -> out.println("  " + name));
  }

  private static Stream<String> testClasses(Path root) throws IOException {
    List<String> names = new ArrayList<>();
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            return PASSED_OVER.contains(folder.getFileName().toString())
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            Matcher test = TEST_CLASS.matcher(root.relativize(file).toString().replace('\\', '/'));
            if (test.matches()) {
              names.add(test.group(1).replace('/', '.'));
            }
            return FileVisitResult.CONTINUE;
          }
        });
    return names.stream().sorted();
  }

  /** Returns a tab-separated line: kind, name, seconds, and for a class the number of its tests. */
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
