package io.plumbline.demo;

import io.plumbline.demo.api.Access;
import io.plumbline.demo.helpdesk.RegisterStep;
import io.plumbline.demo.step.Console;
import io.plumbline.demo.step.DemoContext;

/** The last lines: what was decided, on what evidence, and where to look on. */
final class Summary {

  private Summary() {}

  static void print(DemoContext mail, DemoContext helpDesk, double seconds, Access access) {
    Console console = mail.console;
    console.line("");
    console.line("All steps passed in " + seconds + " s.");
    if (mail.has("serving")) {
      console.line("  mail          recommended " + mail.get("recommendation"));
      console.line("                serving " + mail.get("serving"));
      console.line("                rolled back the worse variant, by its canary analysis");
    }
    console.line(
        "  help desk     "
            + (helpDesk.has("serving")
                ? "serving " + helpDesk.get("serving")
                : "not in this run: released by an earlier one, or left out"));
    if (helpDesk.has("ownModel")) {
      console.line("                judged on validation questions: " + helpDesk.get("ownModel"));
    }
    console.line("  ledger        " + mail.get("ledger"));
    console.line("");
    console.line(
        "See it: "
            + access.gateway()
            + "/apps/"
            + (mail.has("application") ? mail.application() : RegisterStep.APPLICATION)
            + "   (sign in as ada, ben or cleo; ./plumbline people lists their passwords)");
  }
}
