package io.plumbline.demo.helpdesk;

import io.plumbline.demo.step.Applications;
import io.plumbline.demo.step.DemoContext;
import io.plumbline.demo.step.Step;

/** A step that registers and assesses an application that answers questions. */
public final class RegisterHelpDeskStep implements Step {

  public static final String APPLICATION = "help-desk";

  @Override
  public String title() {
    return "Register a second application, which answers from documents; assess it";
  }

  @Override
  public void run(DemoContext demo) {
    demo.put("application", APPLICATION);
    Applications.register(
        demo,
        "Answer developers' questions about the npm client from its documentation, and say so where"
            + " it has no answer",
        "developer-experience",
        "QUESTION_ANSWERING",
        20_000);
    Applications.assess(demo, "LIMITED", "KNOWLEDGE");
  }
}
