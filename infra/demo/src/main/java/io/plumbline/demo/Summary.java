package io.plumbline.demo;

import io.plumbline.demo.api.Access;
import io.plumbline.demo.helpdesk.RegisterStep;
import io.plumbline.demo.step.DemoContext;
import io.plumbline.demo.step.OutcomeProbabilities;
import io.plumbline.demo.step.StepLog;
import java.util.Locale;

/** The last lines of the demo: what was decided, on what evidence, and where to read on. */
final class Summary {

  private Summary() {}

  static void print(
      StepLog log, DemoContext mail, DemoContext helpDesk, double seconds, Access access) {
    log.printOnly("");
    log.printOnly("Every step is done, after " + seconds + " s:");
    log.steps()
        .forEach(
            step -> log.printOnly("  %-10s  %s".formatted(step.get("end"), step.get("title"))));
    log.printOnly("");
    if (mail.has("serving")) {
      log.printOnly("  mail          recommended " + mail.get("recommendation"));
      log.printOnly("                serving " + mail.get("serving"));
      log.printOnly("                rolled back the worse variant, by its canary analysis");
    }
    if (helpDesk.has("serving")) {
      log.printOnly("  help desk     serving " + helpDesk.get("serving"));
    }
    if (helpDesk.has("ownModel")) {
      log.printOnly("                judged on validation questions: " + helpDesk.get("ownModel"));
    }
    double both =
        mail.chances().map(OutcomeProbabilities::joint).orElse(1.0)
            * helpDesk.chances().map(OutcomeProbabilities::joint).orElse(1.0);
    log.printOnly(
        String.format(
            Locale.ROOT,
            "  verdicts      all of them as they came out had a chance of %.1f%%, at the quality"
                + " measured on validation items",
            100 * both));
    log.printOnly("  ledger        " + mail.get("ledger"));
    log.printOnly("");
    log.printOnly(
        "See it: "
            + access.gateway()
            + "/apps/"
            + (mail.has("application") ? mail.application() : RegisterStep.APPLICATION)
            + "   (sign in as ada, ben or cleo; ./plumbline people lists their passwords)");
  }
}
