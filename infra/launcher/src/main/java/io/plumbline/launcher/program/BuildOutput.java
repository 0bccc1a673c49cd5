package io.plumbline.launcher.program;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Shortens the output of a Maven build to a line for each module's tests and each end-to-end class,
 * the figures of the source rules, the time of each module and of the slowest test classes, and
 * after a failure to what failed. The whole output goes to a file, and all times to one beside it.
 * Modules are built side by side: what Maven logs names the thread, and each module has one. {@code
 * ./plumbline test} runs this class from its source, because the build replaces the launcher's jar:
 * it uses nothing but the JDK.
 */
final class BuildOutput {

  private static final Pattern COLOUR = Pattern.compile("\u001b\\[[0-9;]*m");
  private static final Pattern LOGGED =
      Pattern.compile("\\[([^]]+)] (\\[(?:INFO|WARNING|ERROR)].*)");
  private static final Pattern MODULE =
      Pattern.compile("\\[INFO] Building (.+?) \\S+ +\\[\\d+/\\d+]");
  private static final Pattern FOLDER = Pattern.compile("\\[INFO] +from (.+)/pom\\.xml");
  private static final Pattern TESTS =
      Pattern.compile(
          "\\[\\w+] Tests run: (\\d+), Failures: (\\d+), Errors: (\\d+), Skipped: (\\d+)");
  private static final Pattern TEST_CLASS =
      Pattern.compile(
          "\\[\\w+] Tests run: (\\d+), .*Time elapsed: ([\\d.,]+) s(?: <<< \\w+!)? -+ in (\\S+)");
  private static final Pattern MODULE_TIME =
      Pattern.compile(
          "\\[INFO] (.+?) (?:\\.+ )?(?:SUCCESS|FAILURE) \\[ *(?:(\\d+):)?([\\d.]+) (s|min|h)]");
  private static final Pattern PORTAL_TESTS =
      Pattern.compile("\\s*Tests\\s+(?:(\\d+) failed \\| )?(\\d+) passed.*");
  private static final Pattern FAILED_PORTAL_TEST = Pattern.compile("\\s*FAIL {2}(\\S+ > .+)");
  private static final Pattern SOURCE_RULE =
      Pattern.compile("[a-z][a-z0-9 ,%]+ {2,}[\\d.]+%?(?: \\(.+\\))?");
  private static final Pattern FAILED_TESTS = Pattern.compile("\\[ERROR] (Failures|Errors): *");
  private static final String PORTAL_MODULE = "gateway";
  private static final String END_TO_END = "infra/e2e";
  private static final Pattern NOISE =
      Pattern.compile(
          "\\[ERROR] *(-> \\[Help|\\[Help|To see the full|Re-run Maven|For more information"
              + "|After correcting|mvn |See .*(-reports|dump)|There are test failures).*");

  /** The times that the end-to-end tests write, since their classes run side by side. */
  private static final Path OWN_TIMES = Path.of("infra/e2e/target/class-times.tsv");

  private static final int SHOWN_ERRORS = 60;
  private static final int SHOWN_MESSAGE = 6;
  private static final int SHOWN_OUTPUT = 30;

  private final PrintStream out;
  private final LongSupplier nanos;

  /** The module that each thread builds. */
  private final Map<String, String> modules = new HashMap<>();

  /** The nanosecond at which each thread began its module, or last printed a line about it. */
  private final Map<String, Long> since = new HashMap<>();

  /** The folder of each module, by the name that Maven's summary has. */
  private final Map<String, String> folders = new HashMap<>();

  private final BuildTimes times = new BuildTimes();

  /** The failed tests, each with the further lines of its message. */
  private final SequencedMap<String, List<String>> failedTests = new LinkedHashMap<>();

  private final Set<String> errors = new LinkedHashSet<>();
  private final Deque<String> printed = new ArrayDeque<>();

  /** The threads that list failed tests, whose messages may take several lines. */
  private final Set<String> listing = new LinkedHashSet<>();

  private int allTests;
  private int allFailed;
  private int allSkipped;
  private boolean failure;
  private boolean success;

  BuildOutput(PrintStream out, LongSupplier nanos) {
    this.out = out;
    this.nanos = nanos;
  }

  /**
   * Reads the output of a build from standard input; the first argument names the file for all of
   * it. A second one, {@code --list-untested}, asks for the test classes that were left out.
   */
  public static void main(String[] arguments) throws IOException {
    Path log = Path.of(arguments[0]);
    Files.deleteIfExists(OWN_TIMES);
    BuildOutput output = new BuildOutput(System.out, System::nanoTime);
    try (BufferedReader in =
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        PrintWriter file =
            new PrintWriter(Files.newBufferedWriter(log, StandardCharsets.UTF_8), true)) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        file.println(line);
        output.accept(line);
      }
    }
    if (Files.exists(OWN_TIMES)) {
      output.times.read(OWN_TIMES);
    }
    if (List.of(arguments).contains("--list-untested")) {
      output.times.printUntested(Path.of(""), System.out);
    }
    output.printResult(log);
    output.times.write(log.resolveSibling("test-times.tsv"));
  }

  void accept(String coloured) {
    String line = COLOUR.matcher(coloured).replaceAll("");
    Matcher logged = LOGGED.matcher(line);
    if (logged.matches()) {
      readMavenLine(logged.group(1), logged.group(2));
    } else {
      readToolLine(line);
    }
  }

  private void readMavenLine(String thread, String line) {
    Matcher begin = MODULE.matcher(line);
    Matcher folder = FOLDER.matcher(line);
    Matcher tests = TESTS.matcher(line);
    Matcher testClass = TEST_CLASS.matcher(line);
    Matcher time = MODULE_TIME.matcher(line);
    if (begin.matches()) {
      beginModule(thread, begin.group(1));
    } else if (folder.matches()) {
      String module = relativeFolder(Path.of(folder.group(1)));
      folders.put(modules.getOrDefault(thread, module), module);
      modules.put(thread, module);
    } else if (time.matches()) {
      times.addModule(folders.getOrDefault(time.group(1), time.group(1)), seconds(time));
    } else if (tests.matches()) {
      int failed = number(tests.group(2)) + number(tests.group(3));
      printTests(thread, number(tests.group(1)), failed, number(tests.group(4)));
    } else if (line.equals("[INFO] BUILD SUCCESS")) {
      success = true;
    } else if (line.equals("[INFO] BUILD FAILURE")) {
      failure = true;
    } else {
      if (testClass.matches()) {
        double seconds = Double.parseDouble(testClass.group(2).replace(",", ""));
        times.addTestClass(testClass.group(3), seconds, number(testClass.group(1)));
        if (END_TO_END.equals(modules.get(thread))) {
          String name = testClass.group(3);
          out.println("    ended: " + name.substring(name.lastIndexOf('.') + 1));
        }
      }
      collectErrors(thread, line);
    }
  }

  /** Reads a line of a tool that a module runs. Such a line does not name its module. */
  private void readToolLine(String line) {
    Matcher portal = PORTAL_TESTS.matcher(line);
    Matcher failedInPortal = FAILED_PORTAL_TEST.matcher(line);
    if (failedInPortal.matches()) {
      failedTests.putIfAbsent("  " + failedInPortal.group(1), new ArrayList<>());
    } else if (portal.matches()) {
      int broken = number(Objects.requireNonNullElse(portal.group(1), "0"));
      printTests(threadOf(PORTAL_MODULE), number(portal.group(2)) + broken, broken, 0);
    } else if (SOURCE_RULE.matcher(line).matches()) {
      out.println("    " + line);
    } else if (!listing.isEmpty()) {
      addToMessage(line);
    } else if (!failure) {
      printed.addLast(line);
      if (printed.size() > SHOWN_OUTPUT) {
        printed.removeFirst();
      }
    }
  }

  private void addToMessage(String line) {
    Map.Entry<String, List<String>> last = failedTests.lastEntry();
    if (last != null && !line.isBlank() && last.getValue().size() < SHOWN_MESSAGE) {
      last.getValue().add("      " + line.strip());
    }
  }

  private void beginModule(String thread, String module) {
    modules.put(thread, module);
    since.put(thread, nanos.getAsLong());
  }

  private String threadOf(String module) {
    return modules.entrySet().stream()
        .filter(entry -> entry.getValue().equals(module))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse(module);
  }

  /**
   * Returns the folder of a module relative to this one. Maven prints it relative to the folder of
   * the first module, or in full.
   */
  private static String relativeFolder(Path folder) {
    Path here = Path.of("").toAbsolutePath();
    return (folder.isAbsolute() ? here.relativize(folder) : folder).toString();
  }

  private void printTests(String thread, int tests, int failed, int skipped) {
    long now = nanos.getAsLong();
    double seconds = (now - since.getOrDefault(thread, now)) / 1e9;
    since.put(thread, now);
    out.println(
        String.format(
            Locale.ROOT,
            "  %-7s%-30s %7.1f s  %s",
            failed > 0 ? "FAILED" : "ok",
            modules.getOrDefault(thread, thread),
            seconds,
            countsText(tests, failed, skipped)));
    allTests += tests;
    allFailed += failed;
    allSkipped += skipped;
  }

  /** Collects failed tests, each with the first line of its message, and errors. */
  private void collectErrors(String thread, String line) {
    if (FAILED_TESTS.matcher(line).matches()) {
      listing.add(thread);
    } else if (listing.contains(thread) && line.startsWith("[ERROR]   ")) {
      failedTests.putIfAbsent(line.substring("[ERROR] ".length()), new ArrayList<>());
    } else {
      listing.remove(thread);
      if (line.startsWith("[ERROR]") && isMeaningful(line)) {
        errors.add(line);
      }
    }
  }

  private static boolean isMeaningful(String line) {
    return line.length() > "[ERROR] ".length()
        && !line.contains("<<< ")
        && !TESTS.matcher(line).lookingAt()
        && !NOISE.matcher(line).matches();
  }

  private static String countsText(int tests, int failed, int skipped) {
    return tests
        + (tests == 1 ? " test" : " tests")
        + (failed == 0 ? "" : ", " + failed + " failed")
        + (skipped == 0 ? "" : ", " + skipped + " skipped");
  }

  /**
   * Prints the end of the build. A build that ignores failed tests succeeds with them, and is not
   * green.
   */
  void printResult(Path log) {
    times.print(out);
    if (success && allFailed == 0) {
      out.println(
          "All green: " + countsText(allTests, allFailed, allSkipped) + ". Whole output: " + log);
      return;
    }
    out.println();
    if (failedTests.isEmpty()) {
      List<String> last = new ArrayList<>(printed);
      last.forEach(out::println);
    } else {
      out.println("Failed tests:");
      failedTests.forEach((test, message) -> {
        out.println(test);
        message.forEach(out::println);
      });
    }
    errors.stream().limit(SHOWN_ERRORS).forEach(out::println);
    out.println(
        "Not green: " + countsText(allTests, allFailed, allSkipped) + ". Whole output: " + log);
    out.println(
        "Output of each test class: target/surefire-reports and target/failsafe-reports of its"
            + " module.");
  }

  /**
   * Returns the seconds of a time, which Maven prints as seconds, minutes and seconds, or hours and
   * minutes.
   */
  private static double seconds(Matcher time) {
    double last = Double.parseDouble(time.group(3));
    double first = Double.parseDouble(Objects.requireNonNullElse(time.group(2), "0"));
    return switch (time.group(4)) {
      case "s" -> last;
      case "min" -> first * 60 + last;
      default -> (first * 60 + last) * 60;
    };
  }

  private static int number(String digits) {
    return Integer.parseInt(digits);
  }
}
