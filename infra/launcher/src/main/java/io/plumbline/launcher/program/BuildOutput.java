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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Shortens the output of a Maven build to a line per module, the figures of the source rules, and
 * after a failure to what failed. The whole output goes to a file. {@code ./plumbline test} runs
 * this class from its source, because the build replaces the launcher's jar: it uses nothing but
 * the JDK.
 */
final class BuildOutput {

  private static final Pattern COLOUR = Pattern.compile("\u001b\\[[0-9;]*m");
  private static final Pattern MODULE =
      Pattern.compile("\\[INFO] Building (.+?) \\S+ +\\[\\d+/\\d+]");
  private static final Pattern FOLDER = Pattern.compile("\\[INFO] +from (.+)/pom\\.xml");
  private static final Pattern TESTS =
      Pattern.compile(
          "\\[\\w+] Tests run: (\\d+), Failures: (\\d+), Errors: (\\d+), Skipped: (\\d+)");
  private static final Pattern PORTAL_TESTS =
      Pattern.compile("\\s*Tests\\s+(?:(\\d+) failed \\| )?(\\d+) passed.*");
  private static final Pattern FAILED_TESTS = Pattern.compile("\\[ERROR] (Failures|Errors): *");
  private static final String RULES_MODULE = "infra/house";
  private static final Pattern NOISE =
      Pattern.compile(
          "\\[ERROR] *(-> \\[Help|\\[Help|To see the full|Re-run Maven|For more information"
              + "|After correcting|mvn |See .*(-reports|dump)|There are test failures).*");
  private static final int SHOWN_ERRORS = 60;
  private static final int SHOWN_OUTPUT = 30;

  private final PrintStream out;
  private final LongSupplier nanos;
  private final Set<String> failedTests = new LinkedHashSet<>();
  private final Set<String> errors = new LinkedHashSet<>();
  private final Deque<String> plain = new ArrayDeque<>();
  private String module = "";
  private long startedAt;
  private int tests;
  private int failed;
  private int skipped;
  private int allTests;
  private int allFailed;
  private int allSkipped;
  private boolean listing;
  private boolean failure;
  private boolean success;

  BuildOutput(PrintStream out, LongSupplier nanos) {
    this.out = out;
    this.nanos = nanos;
  }

  /** Reads the output of a build from standard input; the argument names the file for all of it. */
  public static void main(String[] arguments) throws IOException {
    Path log = Path.of(arguments[0]);
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
    output.end(log);
  }

  void accept(String coloured) {
    String line = COLOUR.matcher(coloured).replaceAll("");
    Matcher begin = MODULE.matcher(line);
    Matcher folder = FOLDER.matcher(line);
    if (begin.matches()) {
      endModule();
      module = begin.group(1);
      startedAt = nanos.getAsLong();
    } else if (folder.matches()) {
      module = relative(Path.of(folder.group(1)));
    } else if (line.equals("[INFO] BUILD SUCCESS")) {
      endModule();
      success = true;
    } else if (line.equals("[INFO] BUILD FAILURE")) {
      failure = true;
      endModule();
    } else if (module.equals(RULES_MODULE) && !line.isBlank() && !line.startsWith("[")) {
      out.println("    " + line.strip());
    } else {
      tests(line);
      errors(line);
    }
  }

  /** Maven names folders relative to that of the first module. */
  private static String relative(Path folder) {
    Path here = Path.of("").toAbsolutePath();
    return (folder.isAbsolute() ? here.relativize(folder) : folder).toString();
  }

  private void tests(String line) {
    Matcher java = TESTS.matcher(line);
    Matcher portal = PORTAL_TESTS.matcher(line);
    if (java.matches()) {
      tests += number(java.group(1));
      failed += number(java.group(2)) + number(java.group(3));
      skipped += number(java.group(4));
    } else if (portal.matches()) {
      int broken = portal.group(1) == null ? 0 : number(portal.group(1));
      tests += number(portal.group(2)) + broken;
      failed += broken;
    }
  }

  /** A failed test's message may take several lines, of which only the first is shown. */
  private void errors(String line) {
    if (FAILED_TESTS.matcher(line).matches()) {
      listing = true;
    } else if (listing && line.startsWith("[ERROR]   ")) {
      failedTests.add(line.substring("[ERROR] ".length()));
    } else if (line.startsWith("[")) {
      listing = false;
      if (line.startsWith("[ERROR]") && isMeaningful(line)) {
        errors.add(line);
      }
    } else if (!listing && !failure) {
      plain.addLast(line);
      if (plain.size() > SHOWN_OUTPUT) {
        plain.removeFirst();
      }
    }
  }

  private static boolean isMeaningful(String line) {
    return line.length() > "[ERROR] ".length()
        && !line.contains("<<< ")
        && !TESTS.matcher(line).lookingAt()
        && !NOISE.matcher(line).matches();
  }

  private void endModule() {
    if (module.isEmpty()) {
      return;
    }
    double seconds = (nanos.getAsLong() - startedAt) / 1e9;
    String counts = tests == 0 ? "" : counts(tests, failed, skipped);
    String state = failure || failed > 0 ? "FAILED" : "ok";
    out.println(
        String.format(Locale.ROOT, "  %-7s%-30s %7.1f s  %s", state, module, seconds, counts)
            .stripTrailing());
    allTests += tests;
    allFailed += failed;
    allSkipped += skipped;
    tests = 0;
    failed = 0;
    skipped = 0;
    module = "";
  }

  private static String counts(int tests, int failed, int skipped) {
    return tests
        + (tests == 1 ? " test" : " tests")
        + (failed == 0 ? "" : ", " + failed + " failed")
        + (skipped == 0 ? "" : ", " + skipped + " skipped");
  }

  /** A build that was told to ignore failed tests succeeds with them, and is not green. */
  void end(Path log) {
    if (success && allFailed == 0) {
      out.println(
          "All green: " + counts(allTests, allFailed, allSkipped) + ". Whole output: " + log);
      return;
    }
    endModule();
    out.println();
    if (failedTests.isEmpty()) {
      List<String> last = new ArrayList<>(plain);
      last.forEach(out::println);
    } else {
      out.println("Failed tests:");
      failedTests.forEach(out::println);
    }
    errors.stream().limit(SHOWN_ERRORS).forEach(out::println);
    out.println("Not green: " + counts(allTests, allFailed, allSkipped) + ". Whole output: " + log);
    out.println(
        "Output of each test class: target/surefire-reports and target/failsafe-reports of its"
            + " module.");
  }

  private static int number(String digits) {
    return Integer.parseInt(digits);
  }
}
