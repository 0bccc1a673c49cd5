package io.plumbline.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Help.Ansi;

class BenchTests {

  private record Outcome(int exit, String out, String err) {}

  @Test
  void help_lists_the_benchmarks() {
    assertThat(Bench.commandLine().getUsageMessage(Ansi.OFF))
        .startsWith("Usage: ./plumbline bench [-h] NAME")
        .contains(
            "ledger",
            "outbox",
            "gateway",
            "resolve",
            "ingest",
            "scan",
            "bootstrap",
            "startup",
            "help");
  }

  @Test
  void an_unknown_benchmark_names_the_nearest() {
    assertThat(run("bootsrap"))
        .isEqualTo(
            new Outcome(
                2,
                "",
                "bench: Unmatched argument at index 0: 'bootsrap', did you mean 'bootstrap'?;"
                    + " `./plumbline bench --help` lists what there is.\n"));
  }

  @Test
  void a_figure_that_is_no_integer_is_refused() {
    Outcome outcome = run("scan", "--rounds", "many");
    assertThat(outcome.exit()).isEqualTo(2);
    assertThat(outcome.err())
        .startsWith("bench: Invalid value for option '--rounds'")
        .endsWith("`./plumbline bench scan --help` lists what there is.\n");
  }

  @Test
  void a_benchmark_of_the_running_platform_says_that_it_needs_one() {
    assertThat(run("resolve", "--rounds", "1"))
        .isEqualTo(
            new Outcome(
                1,
                "",
                "bench: This benchmark needs the platform, which does not run here: start it with"
                    + " `./plumbline up`.\n"));
  }

  @Test
  void benchmarks_among_the_tests_of_other_modules_exist() {
    Bench.AMONG_TESTS.forEach((service, name) ->
        assertThat(
                Path.of("../../services", service, "src/test/java")
                    .resolve(name.replace('.', '/') + ".java"))
            .isRegularFile());
  }

  private static Outcome run(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int exit =
        Bench.commandLine()
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true))
            .execute(arguments);
    return new Outcome(exit, out.toString(), err.toString());
  }
}
