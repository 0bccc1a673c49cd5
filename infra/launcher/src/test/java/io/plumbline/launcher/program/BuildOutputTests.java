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
  void a_green_build_prints_a_line_for_the_tests_of_each_module() {
    feed(
        """
        [main] [INFO] Scanning for projects...
        [c] [INFO] Building contracts 0.1.0                                          [1/2]
        [c] [INFO]   from services/contracts/pom.xml
        [c] [INFO] --------------------------------[ jar ]---------------------------------
        [c] [INFO] Running io.plumbline.contracts.DigestTests
        [c] [INFO] Tests run: 3, Failures: 0, Errors: 0, Skipped: 0, Time elapsed: 0.1 s -- in a.DigestTests
        [c] [INFO] Results:
        [c] [INFO] Tests run: 12, Failures: 0, Errors: 0, Skipped: 0
        [g] [INFO] Building Gateway 0.1.0                                            [2/2]
        [g] [INFO]   from gateway/pom.xml
        [g] [WARNING] Tests run: 20, Failures: 0, Errors: 0, Skipped: 2
              Tests  230 passed (230)
        [main] [INFO] Reactor Summary for Plumbline 0.1.0:
        [main] [INFO] contracts .......................................... SUCCESS [  1.234 s]
        [main] [INFO] Gateway ............................................ SUCCESS [03:21 min]
        [main] [INFO] BUILD SUCCESS
        """);
    assertThat(result())
        .isEqualTo(
            """
              ok     services/contracts                 1.0 s  12 tests
              ok     gateway                            1.0 s  20 tests, 2 skipped
              ok     gateway                            1.0 s  230 tests
            Time of each module, from its first goal to its last:
                201.0 s  gateway
                  1.2 s  services/contracts
            Slowest test classes:
                  0.1 s  a.DigestTests
            All green: 262 tests, 2 skipped. Whole output: test.log
            """);
  }

  @Test
  void each_end_to_end_class_has_its_line_since_they_take_minutes() {
    feed(
        """
        [e] [INFO] Building End to end 0.1.0                                         [1/1]
        [e] [INFO]   from infra/e2e/pom.xml
        [e] [INFO] Tests run: 1, Failures: 0, Errors: 0, Skipped: 0, Time elapsed: 61.2 s -- in a.client.AgentIT
        [e] [INFO] Tests run: 1, Failures: 0, Errors: 0, Skipped: 0
        [main] [INFO] BUILD SUCCESS
        """);
    assertThat(result()).startsWith("    ended: AgentIT\n  ok     infra/e2e");
  }

  @Test
  void modules_that_are_built_side_by_side_keep_their_own_figures() {
    feed(
        """
        [a] [INFO] Building Policy 0.1.0                                             [1/2]
        [a] [INFO]   from services/policy/pom.xml
        [b] [INFO] Building Tokens 0.1.0                                             [2/2]
        [a] [ERROR] Failures:\s
        [b] [INFO]   from services/tokens/pom.xml
        [b] [INFO] Tests run: 9, Failures: 0, Errors: 0, Skipped: 0
        [a] [ERROR]   RuleTests.holds:12 expected: 1 but was: 2
        [a] [ERROR] Tests run: 58, Failures: 1, Errors: 0, Skipped: 0
        [main] [INFO] BUILD FAILURE
        """);
    assertThat(result())
        .startsWith(
            """
              ok     services/tokens                    1.0 s  9 tests
              FAILED services/policy                    3.0 s  58 tests, 1 failed

            Failed tests:
              RuleTests.holds:12 expected: 1 but was: 2
            """);
  }

  @Test
  void a_test_of_the_portal_that_failed_is_named_like_any_other() {
    feed(
        """
        [g] [INFO] Building Gateway 0.1.0                                            [1/1]
        [g] [INFO]   from gateway/pom.xml
         FAIL  test/browser/portal.test.ts > the portal in a browser > is accessible on traces
        AssertionError: expected [ Array(1) ] to deeply equal []
              Tests  1 failed | 197 passed (198)
        [main] [INFO] BUILD FAILURE
        """);
    assertThat(result())
        .startsWith(
            """
              FAILED gateway                            1.0 s  198 tests, 1 failed

            Failed tests:
              test/browser/portal.test.ts > the portal in a browser > is accessible on traces
            """);
  }

  @Test
  void a_build_that_ignores_failed_tests_is_not_green() {
    feed(
        """
        [c] [INFO] Building contracts 0.1.0                                          [1/1]
        [c] [INFO]   from services/contracts/pom.xml
        [c] [ERROR] Failures:\s
        [c] [ERROR]   DigestTests.is_stable:12 expected: 1 but was: 2
        [c] [ERROR] Tests run: 12, Failures: 1, Errors: 0, Skipped: 0
        [main] [INFO] BUILD SUCCESS
        """);
    assertThat(result())
        .contains("  FAILED services/contracts", "DigestTests.is_stable:12", "Not green: 12 tests")
        .doesNotContain("All green");
  }

  @Test
  void a_red_build_names_the_failed_tests_once_and_the_log() {
    feed(
        """
        [c] [INFO] Building contracts 0.1.0                                          [1/2]
        [c] [INFO]   from services/contracts/pom.xml
        [c] [ERROR] Tests run: 2, Failures: 1, Errors: 1, Skipped: 0, Time elapsed: 0.1 s <<< FAILURE! -- in a.Tests
        [c] [ERROR] a.DigestTests.is_stable -- Time elapsed: 0.01 s <<< FAILURE!
        [c] [INFO] Results:
        [c] [ERROR] Failures:\s
        [c] [ERROR]   DigestTests.is_stable:12\s
        expected: 1
         but was: 2

        three
        four
        five
        six
        seven
        [c] [ERROR]   DigestTests.is_short:14 expected: 3 but was: 4
        [c] [ERROR] Errors:\s
        [c] [ERROR]   DigestTests.reads:20 » NullPointer
        [c] [INFO]\s
        [c] [ERROR] Tests run: 12, Failures: 1, Errors: 1, Skipped: 0
        [main] [INFO] Reactor Summary for Plumbline 0.1.0:
        [main] [INFO] BUILD FAILURE
        [main] [ERROR] Failed to execute goal surefire:test (test) on project contracts: There are test failures.
        [c] [ERROR]\s
        [main] [ERROR] See /x/target/surefire-reports for the individual test results.
        [main] [ERROR] -> [Help 1]
        [main] [ERROR] To see the full stack trace of the errors, re-run Maven with the -e switch.
        """);
    assertThat(result())
        .isEqualTo(
            """
              FAILED services/contracts                 1.0 s  12 tests, 2 failed
            Slowest test classes:
                  0.1 s  a.Tests

            Failed tests:
              DigestTests.is_stable:12\s
                  expected: 1
                  but was: 2
                  three
                  four
                  five
                  six
              DigestTests.is_short:14 expected: 3 but was: 4
              DigestTests.reads:20 » NullPointer
            [ERROR] Failed to execute goal surefire:test (test) on project contracts: There are test failures.
            Not green: 12 tests, 2 failed. Whole output: test.log
            Output of each test class: target/surefire-reports and target/failsafe-reports of its module.
            """);
  }

  @Test
  void a_failed_tool_shows_the_end_of_what_it_printed() {
    feed(
        """
        [g] [INFO] Building Gateway 0.1.0                                            [1/1]
        [g] [INFO]   from gateway/pom.xml
        src/app.ts:3 error: unused variable
        [main] [INFO] BUILD FAILURE
        [main] [ERROR] Failed to execute goal exec on project gateway: Command execution failed.
        """);
    assertThat(result())
        .isEqualTo(
            """

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
        [h] [INFO] Building House 0.1.0                                              [1/1]
        [h] [INFO]   from infra/house/pom.xml
        (node:1) a warning
        package cycles                           0
        [main] [INFO] BUILD SUCCESS
        """);
    assertThat(result()).startsWith("    package cycles                           0\n");
  }

  @Test
  void a_build_that_breaks_off_is_not_green() {
    feed("[c] [INFO] Building contracts 0.1.0                       [1/1]\n");
    assertThat(result()).contains("Not green: 0 tests.");
  }

  @Test
  void colours_do_not_matter() {
    feed("[main] [\u001b[1;34mINFO\u001b[m] \u001b[1;32mBUILD SUCCESS\u001b[m\n");
    assertThat(result()).startsWith("All green: 0 tests.");
  }

  private void feed(String lines) {
    lines.lines().forEach(output::accept);
  }

  private String result() {
    output.printResult(LOG);
    return printed.toString(StandardCharsets.UTF_8);
  }
}
