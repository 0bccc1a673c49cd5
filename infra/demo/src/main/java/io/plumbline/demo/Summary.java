package io.plumbline.demo;

import io.plumbline.demo.api.Access;
import io.plumbline.demo.helpdesk.RegisterStep;
import io.plumbline.demo.step.Console;
import io.plumbline.demo.step.DemoContext;
import org.jspecify.annotations.Nullable;

/** The last lines: what was decided, on what evidence, and where to look on. */
final class Summary {

  private Summary() {}

  /**
   * @param helpDesk absent where the help desk was released by an earlier run
   */
  static void print(
      DemoContext mail, @Nullable DemoContext helpDesk, double seconds, Access access) {
    Console console = mail.console;
    console.line("");
    console.line("All steps passed in " + seconds + " s.");
    console.line("  recommended   " + mail.get("recommendation"));
    console.line("  serving       " + mail.get("serving"));
    console.line("  rolled back   the worse variant, by its canary analysis");
    console.line(
        "  help desk     "
            + (helpDesk == null
                ? "released by an earlier run, whose verdicts spent its test questions"
                : helpDesk.get("serving")));
    console.line("  ledger        " + mail.get("ledger"));
    console.line("");
    console.line(
        "See it: "
            + access.gateway()
            + "/apps/"
            + mail.application()
            + " and /apps/"
            + RegisterStep.APPLICATION
            + "   (sign in as ada, ben or cleo; ./plumbline people lists their passwords)");
  }
}
