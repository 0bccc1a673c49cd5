package io.plumbline.demo;

/** The last lines: what was decided, on what evidence, and where to look on. */
final class Summary {

  private Summary() {}

  static void print(Loop loop, double seconds, Access access) {
    Console console = loop.console;
    console.line("");
    console.line("All steps held in " + seconds + " s.");
    console.line("  recommended   " + loop.get("recommendation"));
    console.line("  serving       " + loop.get("serving"));
    console.line("  reverted      the worse variant, by its canary's guard");
    console.line("  ledger        " + loop.get("ledger"));
    console.line("");
    console.line(
        "See it: "
            + access.gateway()
            + "/apps/"
            + loop.application()
            + "   (sign in as ada, ben or cleo; ./plumbline people lists their passwords)");
  }
}
