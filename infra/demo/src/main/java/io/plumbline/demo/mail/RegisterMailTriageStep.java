package io.plumbline.demo.mail;

import io.plumbline.demo.step.Applications;
import io.plumbline.demo.step.DemoContext;
import io.plumbline.demo.step.Step;

/** A step that registers and assesses an application. */
public final class RegisterMailTriageStep implements Step {

  public static final String APPLICATION = "mail-triage";

  @Override
  public String title() {
    return "Register the application, assess it";
  }

  @Override
  public void run(DemoContext demo) {
    demo.put("application", APPLICATION);
    Applications.register(
        demo,
        "Sort inbound messages so that people answer people first",
        "support",
        "CLASSIFICATION",
        100_000);
    demo.log.print(
        "application "
            + APPLICATION
            + ": sort inbound messages into personal, newsletter and spam");
    Applications.assess(demo, "ABUNDANT", "SPECIALISED");
  }
}
