package io.plumbline.demo;

import io.plumbline.demo.api.Access;
import io.plumbline.demo.step.Console;
import io.plumbline.demo.step.DemoContext;

/** The last lines: what was decided, on what evidence, and where to look on. */
final class Summary {

  private Summary() {}

  static void print(DemoContext demo, double seconds, Access access) {
    Console console = demo.console;
    console.line("");
    console.line("All steps passed in " + seconds + " s.");
    console.line("  recommended   " + demo.get("recommendation"));
    console.line("  serving       " + demo.get("serving"));
    console.line("  rolled back   the worse variant, by its canary analysis");
    console.line("  ledger        " + demo.get("ledger"));
    console.line("");
    console.line(
        "See it: "
            + access.gateway()
            + "/apps/"
            + demo.application()
            + "   (sign in as ada, ben or cleo; ./plumbline people lists their passwords)");
  }
}
