package io.plumbline.launcher.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class BuildOutputTests {

  private static final Path LOG = Path.of("test.log");

  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final AtomicLong seconds = new AtomicLong();
  private final BuildOutput output =
      new BuildOutput(
          new PrintStream(printed, true, StandardCharsets.UTF_8),
          () -> seconds.getAndIncrement() * 1_000_000_000L);

  @Test
  void a_green_build_prints_a_line_per_module() {
    feed(
        """
        [INFO] Scanning for projects...
        [INFO] Building contracts 0.1.0                                          [1/2]
        [INFO]   from services/contracts/pom.xml
        [INFO] --------------------------------[ jar ]---------------------------------
        [INFO] Running io.plumbline.contracts.DigestTests
        [INFO] Tests run: 3, Failures: 0, Errors: 0, Skipped: 0, Time elapsed: 0.1 s -- in a.DigestTests
        [INFO] Results:
        [INFO] Tests run: 12, Failures: 0, Errors: 0, Skipped: 0
        [INFO] Building Gateway 0.1.0                                            [2/2]
        [INFO]   from gateway/pom.xml
        [WARNING] Tests run: 20, Failures: 0, Errors: 0, Skipped: 2
              Tests  230 passed (230)
        [INFO] Reactor Summary for Plumbline 0.1.0:
        [INFO] BUILD SUCCESS
        """);
    assertThat(result())
        .isEqualTo(
            """
              ok     services/contracts                 1.0 s  12 tests
              ok     gateway                            1.0 s  250 tests, 2 skipped
            All green: 262 tests, 2 skipped. Whole output: test.log
            """);
  }

  @Test
  void a_build_that_ignores_failed_tests_is_not_green() {
    feed(
        """
        [INFO] Building contracts 0.1.0                                          [1/1]
        [INFO]   from services/contracts/pom.xml
        [ERROR] Failures:\s
        [ERROR]   DigestTests.is_stable:12 expected: 1 but was: 2
        [ERROR] Tests run: 12, Failures: 1, Errors: 0, Skipped: 0
        [INFO] BUILD SUCCESS
        """);
    assertThat(result())
        .contains("  FAILED services/contracts", "DigestTests.is_stable:12", "Not green: 12 tests")
        .doesNotContain("All green");
  }

  @Test
  void a_red_build_names_the_failed_tests_once_and_the_log() {
    feed(
        """
        [INFO] Building contracts 0.1.0                                          [1/2]
        [INFO]   from services/contracts/pom.xml
        [ERROR] Tests run: 2, Failures: 1, Errors: 1, Skipped: 0, Time elapsed: 0.1 s <<< FAILURE! -- in a.DigestTests
        [ERROR] a.DigestTests.is_stable -- Time elapsed: 0.01 s <<< FAILURE!
        [INFO] Results:
        [ERROR] Failures:\s
        [ERROR]   DigestTests.is_stable:12 expected: 1 but was: 2
        and a second line of the message
        [ERROR]   DigestTests.is_short:14 expected: 3 but was: 4
        [ERROR] Errors:\s
        [ERROR]   DigestTests.reads:20 » NullPointer
        [INFO]\s
        [ERROR] Tests run: 12, Failures: 1, Errors: 1, Skipped: 0
        [INFO] Reactor Summary for Plumbline 0.1.0:
        [INFO] BUILD FAILURE
        [ERROR] Failed to execute goal surefire:test (default-test) on project contracts: There are test failures.
        [ERROR]\s
        [ERROR] See /x/target/surefire-reports for the individual test results.
        [ERROR] -> [Help 1]
        [ERROR] To see the full stack trace of the errors, re-run Maven with the -e switch.
        """);
    assertThat(result())
        .isEqualTo(
            """
              FAILED services/contracts                 1.0 s  12 tests, 2 failed

            Failed tests:
              DigestTests.is_stable:12 expected: 1 but was: 2
              DigestTests.is_short:14 expected: 3 but was: 4
              DigestTests.reads:20 » NullPointer
            [ERROR] Failed to execute goal surefire:test (default-test) on project contracts: There are test failures.
            Not green: 12 tests, 2 failed. Whole output: test.log
            Output of each test class: target/surefire-reports and target/failsafe-reports of its module.
            """);
  }

  @Test
  void a_failed_tool_shows_the_end_of_what_it_printed() {
    feed(
        """
        [INFO] Building Gateway 0.1.0                                            [1/1]
        [INFO]   from gateway/pom.xml
        src/app.ts:3 error: unused variable
        [INFO] BUILD FAILURE
        [ERROR] Failed to execute goal exec on project gateway: Command execution failed.
        """);
    assertThat(result())
        .isEqualTo(
            """
              FAILED gateway                            1.0 s

            src/app.ts:3 error: unused variable
            [ERROR] Failed to execute goal exec on project gateway: Command execution failed.
            Not green: 0 tests. Whole output: test.log
            Output of each test class: target/surefire-reports and target/failsafe-reports of its module.
            """);
  }

  @Test
  void the_figures_of_the_source_rules_are_shown() {
    feed(
        """
        [INFO] Building House 0.1.0                                              [1/1]
        [INFO]   from infra/house/pom.xml
        package cycles                           0
        [INFO] BUILD SUCCESS
        """);
    assertThat(result()).startsWith("    package cycles                           0\n");
  }

  @Test
  void a_build_that_breaks_off_is_not_green() {
    feed("[INFO] Building contracts 0.1.0                       [1/1]\n");
    assertThat(result()).contains("Not green: 0 tests.");
  }

  @Test
  void colours_do_not_matter() {
    feed(
        """
        [\u001b[1;34mINFO\u001b[m] \u001b[1mBuilding contracts 0.1.0                       [1/1]\u001b[m
        [\u001b[1;34mINFO\u001b[m] \u001b[1;32mBUILD SUCCESS\u001b[m
        """);
    assertThat(result()).startsWith("  ok     contracts ");
  }

  private void feed(String lines) {
    lines.lines().forEach(output::accept);
  }

  private String result() {
    output.end(LOG);
    return printed.toString(StandardCharsets.UTF_8);
  }
}
