package io.plumbline.demo.mail;

import io.plumbline.demo.api.Answer;
import io.plumbline.demo.api.StepFailed;
import io.plumbline.demo.step.DemoContext;
import io.plumbline.demo.step.Step;
import java.util.Map;

/** An application is registered and assessed. */
public final class ApplicationStep implements Step {

  public static final String APPLICATION = "mail-triage";

  @Override
  public String title() {
    return "Register the application, assess it";
  }

  @Override
  public void run(DemoContext demo) {
    String name = register(demo);
    demo.put("application", name);
    demo.console.print(
        "application " + name + ": sort inbound messages into personal, newsletter and spam");

    Answer assessment =
        demo.ada
            .post(
                "/api/applications/" + name + "/assessments",
                Map.of(
                    "dataAvailability",
                    "ABUNDANT",
                    "specificity",
                    "SPECIALISED",
                    "performanceTarget",
                    "HIGH",
                    "resources",
                    "LIMITED"))
            .expect(201);
    demo.console.print(
        "assessed: " + assessment.text("/approach") + " by " + assessment.json().at("/path"));
  }

  /** A second run of the demo takes the next free name, and the mails that belong to it. */
  private static String register(DemoContext demo) {
    for (int run = 1; run <= MailCorpus.PARTS; run++) {
      String name = run == 1 ? APPLICATION : APPLICATION + "-" + run;
      Answer answer =
          demo.ada.post(
              "/api/applications",
              Map.of(
                  "name",
                  name,
                  "purpose",
                  "Sort inbound messages so that people answer people first",
                  "owner",
                  "support",
                  "criticality",
                  "MEDIUM",
                  "task",
                  "CLASSIFICATION",
                  "monthlyVolume",
                  100_000));
      if (answer.status() != 409) {
        answer.expect(201);
        demo.put("run", String.valueOf(run));
        return name;
      }
    }
    throw new StepFailed(
        ("The demo ran %d times here, and the mails suffice for no more: a verdict spends the test"
             + " rows it is given on. Start from an empty platform: ./plumbline down, then delete"
             + " .plumbline.")
            .formatted(MailCorpus.PARTS));
  }
}
