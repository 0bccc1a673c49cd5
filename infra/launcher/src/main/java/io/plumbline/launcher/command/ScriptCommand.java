package io.plumbline.launcher.command;

import io.plumbline.launcher.installation.LauncherException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/**
 * A command that the script {@code ./plumbline} carries out itself, because it runs Maven, which
 * replaces the launcher's own jar. It is here for its help.
 */
abstract sealed class ScriptCommand implements Callable<Integer> {

  private final String name;

  private ScriptCommand(String name) {
    this.name = name;
  }

  @Override
  public Integer call() {
    throw new LauncherException(
        "`"
            + name
            + "` is a command of the script, not of the launcher: call `./plumbline "
            + name
            + "`.");
  }

  /** The command that runs all tests. */
  @Command(
      name = "test",
      description = {
        "Build everything and run all tests: unit, journey, end-to-end and browser.",
        "Prints a line per module, the time of each and the slowest classes; the whole output is in"
            + " .plumbline/logs/test.log, and all times in test-times.tsv beside it.",
        "The end-to-end tests start a platform of their own, beside one that is up, and remove it.",
        "",
        "  --unit           Only the tests that start no server.",
        "  --changed        Only the tests of what differs from the main branch and of what depends"
            + " on that, without the end-to-end tests.",
        "  --long           Replicas, faults, overload and soak in full, and generated requests;"
            + " about two hours.",
        "  --list-untested  Name the test classes that were left out.",
        "",
        "What else is given goes to Maven."
      })
  static final class Test extends ScriptCommand {
    Test() {
      super("test");
    }
  }

  /** The command that runs the formatters. */
  @Command(name = "format", description = "Format all Java and portal sources in place.")
  static final class Format extends ScriptCommand {
    Format() {
      super("format");
    }
  }
}
