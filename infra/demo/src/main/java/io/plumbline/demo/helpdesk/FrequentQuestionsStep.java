package io.plumbline.demo.helpdesk;

import io.plumbline.demo.step.DemoContext;
import io.plumbline.demo.step.Evaluations;
import io.plumbline.demo.step.Prompts;
import io.plumbline.demo.step.Step;
import java.util.Map;

/**
 * A step that measures and judges the simplest variant: its prompt holds the questions that people
 * ask most.
 */
public final class FrequentQuestionsStep implements Step {

  private static final double THRESHOLD = 0.5;

  @Override
  public String title() {
    return "Prompt phase: the most frequent questions in the prompt; evaluated, decided";
  }

  @Override
  public void run(DemoContext demo) {
    Prompts.create(
        demo,
        RegisterHelpDeskStep.APPLICATION,
        "Answers a question from numbered passages",
        "help-desk");
    int all = HelpDeskPrompts.frequentCount();
    String some = composeVariant(demo, "few", all / 2);
    String most = composeVariant(demo, "frequent", all);
    Evaluations.runOnValidation(demo, "few", some);
    Evaluations.runOnValidation(demo, "frequent", most);
    Evaluations.requireOutcome(
        demo,
        Evaluations.evaluatePhase(
            demo, "PROMPT", Evaluations.runOnTest(demo, "frequent", "base", most)),
        "FAIL",
        "the prompt alone does not meet the criteria");
  }

  private static String composeVariant(DemoContext demo, String name, int entries) {
    String prompt =
        HelpDeskPrompts.publish(
            demo,
            entries + " of the most frequent questions",
            HelpDeskPrompts.frequentQuestionsInstruction(entries),
            Map.of());
    return Evaluations.composeVariant(
        demo,
        new Evaluations.VariantDefinition(name, prompt, HelpDeskPrompts.MODEL)
            .with("abstention", HelpDeskPrompts.abstention(THRESHOLD)));
  }
}
