package io.plumbline.demo;

import io.plumbline.demo.api.Access;
import io.plumbline.demo.helpdesk.RegisterHelpDeskStep;
import io.plumbline.demo.step.DemoContext;
import io.plumbline.demo.step.OutcomeProbabilities;
import io.plumbline.demo.step.StepLog;
import java.util.Locale;

/** The last lines of the demo: what was decided, on what evidence, and where to read on. */
final class Summary {

  private Summary() {}

  static void print(
      StepLog log, DemoContext mail, DemoContext helpDesk, double seconds, Access access) {
    log.printOutsideReport("");
    log.printOutsideReport("Every step is done, after " + seconds + " s:");
    log.steps()
        .forEach(step ->
            log.printOutsideReport("  %-10s  %s".formatted(step.get("end"), step.get("title"))));
    log.printOutsideReport("");
    if (mail.has("serving")) {
      log.printOutsideReport("  mail          recommended " + mail.get("recommendation"));
      log.printOutsideReport("                serving " + mail.get("serving"));
      log.printOutsideReport(
          "                rolled back the worse variant, by its canary analysis");
    }
    if (helpDesk.has("serving")) {
      log.printOutsideReport("  help desk     serving " + helpDesk.get("serving"));
    }
    if (helpDesk.has("ownModel")) {
      log.printOutsideReport(
          "                judged on validation questions: " + helpDesk.get("ownModel"));
    }
    double both =
        mail.outcomeProbabilities().map(OutcomeProbabilities::joint).orElse(1.0)
            * helpDesk.outcomeProbabilities().map(OutcomeProbabilities::joint).orElse(1.0);
    log.printOutsideReport(
        String.format(
            Locale.ROOT,
            "  verdicts      all of them as they came out had a chance of %.1f%%, at the quality"
                + " measured on validation items",
            100 * both));
    log.printOutsideReport("  ledger        " + mail.get("ledger"));
    log.printOutsideReport("");
    log.printOutsideReport(
        "See it: "
            + access.gateway()
            + "/apps/"
            + (mail.has("application") ? mail.application() : RegisterHelpDeskStep.APPLICATION)
            + "   (sign in as ada, ben or cleo; ./plumbline people lists their passwords)");
  }
}
