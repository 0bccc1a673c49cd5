package io.plumbline.launcher.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.launcher.component.Platform;
import io.plumbline.launcher.installation.Installation;
import io.plumbline.launcher.installation.InstallationLock;
import io.plumbline.launcher.installation.Layout;
import io.plumbline.launcher.process.ProcessTable;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

class PlumblineCommandTests {

  private record Outcome(int exit, String out, String err) {}

  @TempDir Path root;

  /** The script shows this file as long as the launcher is not built. */
  @Test
  void the_committed_help_is_that_of_the_commands() throws IOException {
    Path help = Path.of("help.txt");
    String expected = usage();
    Files.writeString(Path.of("target/help.txt"), expected);
    assertThat(help)
        .as("infra/launcher/help.txt; the new text is in infra/launcher/target/help.txt")
        .hasContent(expected);
  }

  @Test
  void help_lists_the_commands() {
    assertThat(run("help")).isEqualTo(new Outcome(0, usage(), ""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "up",
        "down",
        "status",
        "logs",
        "people",
        "workspace",
        "workspace list",
        "workspace create",
        "workspace configure",
        "workspace archive",
        "environment",
        "demo",
        "test",
        "format",
        "check-cluster",
        "verify-ledger",
        "verify-receipt"
      })
  void every_command_explains_its_options(String command) {
    Outcome help = run((command + " --help").split(" "));
    assertThat(help.exit()).isZero();
    assertThat(help.out()).startsWith("Usage: ./plumbline " + command).contains("-h, --help");
  }

  @ParameterizedTest
  @CsvSource({"statsu, status", "pepole, people", "verify-leger, verify-ledger", "fromat, format"})
  void an_unknown_command_names_the_nearest(String typed, String meant) {
    assertThat(run(typed))
        .isEqualTo(
            new Outcome(
                2,
                "",
                "plumbline: there is no command '%s', did you mean '%s'? `./plumbline help` lists the commands.\n"
                    .formatted(typed, meant)));
  }

  @Test
  void a_command_like_no_other_names_none() {
    assertThat(run("xyz").err())
        .isEqualTo(
            "plumbline: there is no command 'xyz'; `./plumbline help` lists the commands.\n");
  }

  @Test
  void an_unknown_option_names_the_nearest() {
    assertThat(run("up", "--foregroud"))
        .isEqualTo(
            new Outcome(
                2,
                "",
                "plumbline: ./plumbline up has no option '--foregroud', did you mean"
                    + " '--foreground'? `./plumbline up --help` shows its options.\n"));
  }

  @Test
  void an_option_without_its_value_is_refused() {
    assertThat(run("demo", "--json"))
        .isEqualTo(
            new Outcome(
                2,
                "",
                "plumbline: Missing required parameter for option '--json' (FILE);"
                    + " `./plumbline demo --help` shows its options.\n"));
  }

  @Test
  void an_application_that_the_demo_does_not_have_is_refused_before_anything_starts() {
    assertThat(run("demo", "--application", "mail"))
        .isEqualTo(
            new Outcome(
                1,
                "",
                "plumbline: The demo has no application 'mail': name mail-triage or help-desk, or"
                    + " leave out --application for both.\n"));
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 6})
  void a_number_of_replicas_that_cannot_run_is_refused_and_not_kept(int number) {
    assertThat(run("up", "--replicas", Integer.toString(number)))
        .isEqualTo(
            new Outcome(
                1,
                "",
                "plumbline: There can be 1 to 5 replicas of every application, not %d.\n"
                    .formatted(number)));
    assertThat(new Layout(root).replicaCount().file()).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(ints = {-2_000, 50, 1_000, 14_000})
  void ports_that_another_checkout_may_have_are_refused_and_not_kept(int offset) {
    assertThat(run("up", "--port-offset", Integer.toString(offset)))
        .isEqualTo(
            new Outcome(
                1,
                "",
                ("plumbline: The ports can be 0, 2000, 4000 and so on up to 12000 above the usual"
                        + " ones, not %d.\n")
                    .formatted(offset)));
    assertThat(new Layout(root).portOffset().file()).doesNotExist();
  }

  @Test
  void the_ports_stay_as_the_first_start_has_them() throws IOException {
    Layout layout = new Layout(root);
    Files.createDirectories(layout.data("postgresql"));
    assertThat(run("up", "--port-offset", "2000"))
        .isEqualTo(
            new Outcome(
                1,
                "",
                ("plumbline: The ports of this installation are 0 above the usual ones since its"
                     + " first start: to change them delete %s after `./plumbline down`, and with"
                     + " it everything in it.\n")
                    .formatted(layout.home())));
    assertThat(layout.portOffset().get()).isZero();
  }

  @Test
  void the_installation_that_people_use_is_not_removed() {
    Layout layout = new Layout(root);
    layout.create();
    assertThat(run("remove"))
        .isEqualTo(
            new Outcome(
                1,
                "",
                ("plumbline: `remove` is for the installation of the tests. To start over with this"
                        + " one, delete %s after `./plumbline down`.\n")
                    .formatted(layout.home())));
    assertThat(layout.home()).isDirectory();
  }

  @Test
  void the_installation_of_the_tests_ends_and_leaves_nothing_else_changed() throws IOException {
    Layout main = new Layout(root);
    main.create();
    Files.createFile(main.secrets());
    Layout tests = new Layout(root, Installation.TESTS);
    tests.create();
    Files.createFile(Files.createDirectories(tests.data("postgresql")).resolve("PG_VERSION"));
    Process own = new ProcessBuilder("sleep", "60").start();
    Process stranger = new ProcessBuilder("sleep", "60").start();
    new ProcessTable(tests.processFolder()).record("kafka", own.pid());
    Files.writeString(tests.processFolder().resolve("gateway.pid"), stranger.pid() + " another/1");

    assertThat(run(tests, "remove").exit()).isZero();

    assertThat(own.isAlive()).isFalse();
    assertThat(stranger.isAlive()).isTrue();
    stranger.destroy();
    assertThat(tests.home()).doesNotExist();
    assertThat(main.secrets()).exists();
  }

  @Test
  void the_logs_of_tests_that_failed_are_kept() throws IOException {
    Layout tests = new Layout(root, Installation.TESTS);
    tests.create();
    Files.writeString(tests.log("kafka"), "out of memory");
    Files.writeString(tests.secrets(), "{}");

    assertThat(run(tests, "remove", "--keep-logs").exit()).isZero();

    assertThat(tests.home()).isDirectoryContaining(tests.logs()::equals);
    assertThat(tests.secrets()).doesNotExist();
    assertThat(tests.log("kafka")).hasContent("out of memory");
  }

  @Test
  void an_argument_too_many_is_refused() {
    assertThat(run("people", "ada"))
        .isEqualTo(
            new Outcome(
                2,
                "",
                "plumbline: ./plumbline people takes no argument 'ada';"
                    + " `./plumbline people --help` shows its options.\n"));
  }

  @Test
  void usage_errors_and_help_leave_no_trace() {
    run("up", "--wrong");
    run("help");
    run("status", "--help");
    assertThat(root).isEmptyDirectory();
  }

  @Test
  void stopping_an_unknown_process_names_those_that_exist() {
    assertThat(run("down", "kafkaa"))
        .isEqualTo(
            new Outcome(
                1,
                "",
                "plumbline: There is no process 'kafkaa' here. There are: postgresql, kafka,"
                    + " keycloak.\n"));
  }

  @Test
  void an_absent_log_names_those_that_exist() throws IOException {
    Layout layout = new Layout(root);
    layout.create();
    Files.createFile(layout.log("kafka"));
    assertThat(run("logs", "gateway").err())
        .isEqualTo(
            "plumbline: There is no log %s. There are: kafka.\n".formatted(layout.log("gateway")));
  }

  @Test
  void the_environment_of_an_application_that_is_not_built_is_not_known() throws IOException {
    Path target = Files.createDirectories(root.resolve("services/strategy/target"));
    Files.createFile(target.resolve("strategy-0.1.0.jar"));
    assertThat(run("environment", "training").err())
        .isEqualTo(
            "plumbline: There is no application 'training' that has been built. There are:"
                + " strategy.\n");
    assertThat(run("environment", "strategy").exit()).isZero();
  }

  /** Holds the lock, so that a start that gets that far would fail. */
  @Test
  void a_line_of_the_environment_that_sets_nothing_is_refused_before_anything_starts()
      throws IOException {
    Layout layout = new Layout(root);
    layout.create();
    Files.writeString(layout.operatorEnvironment().file(), "PLUMBLINE_PROVIDER_ALLOWED_HOSTS=x");
    new InstallationLock(layout.lock())
        .runLocked(() ->
            assertThat(run("up"))
                .isEqualTo(
                    new Outcome(
                        1,
                        "",
                        ("plumbline: Line 1 of %s sets nothing: no application has a setting"
                                + " PLUMBLINE_PROVIDER_ALLOWED_HOSTS. docs/services lists the"
                                + " settings.\n")
                            .formatted(layout.operatorEnvironment().file()))));
  }

  @Test
  void a_program_that_is_not_built_says_so() {
    assertThat(run("bench", "gateway", "--rounds", "1"))
        .isEqualTo(
            new Outcome(
                1,
                "",
                "plumbline: infra/bench is not built, so there is nothing to run: build it with"
                    + " `./plumbline up`.\n"));
  }

  @Test
  void images_are_not_built_without_the_program_that_builds_them() {
    assertThat(run("images", "gateway", "--to", "images"))
        .isEqualTo(
            new Outcome(
                1,
                "",
                "plumbline: infra/images is not built, so there is nothing to run: build it with"
                    + " `./plumbline up`.\n"));
  }

  @Test
  void a_receipt_is_not_verified_without_a_key_that_is_trusted() {
    assertThat(run("verify-receipt", "receipt.json"))
        .isEqualTo(
            new Outcome(
                2,
                "",
                "plumbline: There is no ledger here whose public key could be trusted: name the"
                    + " file with the key of the installation that gave the receipt by --key.\n"));
    assertThat(run("verify-receipt", "receipt.json", "--key", "/nowhere/ledger.pub"))
        .isEqualTo(
            new Outcome(
                2, "", "plumbline: There is no file /nowhere/ledger.pub with a public key.\n"));
    assertThat(run("verify-receipt").exit()).isEqualTo(2);
  }

  private String usage() {
    return commandLine().getUsageMessage(Ansi.OFF);
  }

  private CommandLine commandLine() {
    return commandLine(new Layout(root));
  }

  private static CommandLine commandLine(Layout layout) {
    return PlumblineCommand.commandLine(() -> Platform.at(layout));
  }

  private Outcome run(String... arguments) {
    return run(new Layout(root), arguments);
  }

  private static Outcome run(Layout layout, String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int exit =
        commandLine(layout)
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true))
            .setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF))
            .execute(arguments);
    return new Outcome(exit, out.toString(), err.toString());
  }
}
