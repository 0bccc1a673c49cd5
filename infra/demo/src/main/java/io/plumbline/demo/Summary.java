package io.plumbline.demo;

import io.plumbline.demo.api.Access;
import io.plumbline.demo.helpdesk.RegisterStep;
import io.plumbline.demo.step.OutcomeProbabilities;
import io.plumbline.demo.step.Console;
import io.plumbline.demo.step.DemoContext;
import java.util.Locale;

/** The last lines of the demo: what was decided, on what evidence, and where to read on. */
final class Summary {

  private Summary() {}

  static void print(
      Console console, DemoContext mail, DemoContext helpDesk, double seconds, Access access) {
    console.line("");
    console.line("Every step is done, after " + seconds + " s:");
    console
        .steps()
        .forEach(step -> console.line("  %-10s  %s".formatted(step.get("end"), step.get("title"))));
    console.line("");
    if (mail.has("serving")) {
      console.line("  mail          recommended " + mail.get("recommendation"));
      console.line("                serving " + mail.get("serving"));
      console.line("                rolled back the worse variant, by its canary analysis");
    }
    if (helpDesk.has("serving")) {
      console.line("  help desk     serving " + helpDesk.get("serving"));
    }
    if (helpDesk.has("ownModel")) {
      console.line("                judged on validation questions: " + helpDesk.get("ownModel"));
    }
    double both =
        mail.chances().map(OutcomeProbabilities::joint).orElse(1.0)
            * helpDesk.chances().map(OutcomeProbabilities::joint).orElse(1.0);
    console.line(
        String.format(
            Locale.ROOT,
            "  verdicts      all of them as they came out had a chance of %.1f%%, at the quality"
                + " measured on validation items",
            100 * both));
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
