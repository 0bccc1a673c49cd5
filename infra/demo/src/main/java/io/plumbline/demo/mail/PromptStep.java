package io.plumbline.demo.mail;

import io.plumbline.demo.driver.ApplicationDriver;
import io.plumbline.demo.driver.PromptDriver;
import io.plumbline.demo.step.DemoContext;
import io.plumbline.demo.step.Evaluations;
import io.plumbline.demo.step.Prompts;
import io.plumbline.demo.step.Step;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * A step that publishes, evaluates and compares prompt v1 and few-shot v2. The better one becomes
 * the phase's baseline and is judged.
 */
public final class PromptStep implements Step {

  static final String FEW_SHOT = "few-shot";
  static final String MODEL = "local/choice-bge-small";
  static final Map<String, Object> PARAMETERS = Map.of("temperature", 0, "maxInputTokens", 128);

  /**
   * The instruction, with a line for each label. A choice model compares a mail with these lines,
   * so they have to sound like the mails of their class, not define it. Definitions ("a message one
   * person wrote to another …", "unsolicited bulk mail that …") reached an accuracy of 0.23 on the
   * 1,200 rows of the training subset, with 583 of 845 personal mails taken for spam. Of eleven
   * wordings tried on those rows, and on no others, this one is the best: 0.66, and 0.75 with the
   * examples, where always answering "personal" gives 0.70. The other ten lie between 0.15 (the
   * bare names) and 0.59.
   */
  private static final String INSTRUCTION =
      """
      You sort inbound messages for a support team, so that people are answered by people first.
      Read the message and answer with exactly one label as JSON, for instance {"label":"spam"}.
      personal: a reply in a discussion on a mailing list about software, technology or current events
      newsletter: an issue of a newsletter for its subscribers, with headlines, articles and offers
      spam: an advertisement that promises money, loans, free gifts or miracle products\
      """;

  private static final JsonNode FORMAT =
      PromptDriver.labelFormat("triage", List.of("personal", "newsletter", "spam"));

  private static final List<Map<String, String>> EXAMPLES =
      List.of(
          example(
              "Kernel module does not load\n"
                  + "I compiled it against 2.4.18 but insmod says unresolved symbol. Has anybody"
                  + " seen this?",
              "personal"),
          example(
              "Lunch on Friday?\n"
                  + "I am in town from Thursday, shall we meet at the usual place around noon?",
              "personal"),
          example(
              "Patch for the parser\n"
                  + "Attached is a fix for the bug you reported last week, please test it before I"
                  + " commit.",
              "personal"),
          example(
              "CNET News digest\n"
                  + "Today's top stories, software downloads and product reviews. You are receiving"
                  + " this because you subscribed.",
              "newsletter"),
          example(
              "Your weekly travel deals\n"
                  + "Dear member, here are this week's fares from your city. To change your"
                  + " preferences click here.",
              "newsletter"),
          example(
              "Make money from home\n"
                  + "Earn thousands every week, no experience needed, act now, limited offer, 100%"
                  + " guaranteed!",
              "spam"),
          example(
              "Lowest mortgage rates approved\n"
                  + "You have been pre-approved, refinance today, no credit check, reply with your"
                  + " details.",
              "spam"),
          example(
              "Urgent business proposal\n"
                  + "I am the son of a late minister and need your help to transfer 25 million"
                  + " dollars in confidence.",
              "spam"));

  @Override
  public String title() {
    return "Prompt phase: v1 by instruction, v2 with examples; evaluated, compared, decided";
  }

  @Override
  public void run(DemoContext demo) {
    publishPrompts(demo);
    String plain = Evaluations.composeVariant(demo, composition("prompt", demo.get("prompt1")));
    String examples = composeFewShot(demo);
    loadModel(demo, plain);
    Evaluations.runOnValidation(demo, "prompt", plain);
    Evaluations.runOnValidation(demo, FEW_SHOT, examples);

    DemoContext.Candidate first = Evaluations.runOnTest(demo, "prompt", "base", plain);
    // The baseline is recorded before the second run starts, because a verdict compares only with
    // runs that were baselines by then.
    Evaluations.recordBaseline(demo, first);
    DemoContext.Candidate second = Evaluations.runOnTest(demo, FEW_SHOT, "+prompt", examples);
    JsonNode comparison = ComparisonStep.comparisonOf(demo, first, List.of(second));
    demo.check(
        comparison.at("/deltas").size() == 1,
        "compared on the same items: " + ComparisonStep.deltaText(comparison.at("/deltas/0")));
    Evaluations.requireOutcome(
        demo,
        Evaluations.evaluatePhase(demo, "PROMPT", second),
        "FAIL",
        "the prompt alone does not meet the criteria");
  }

  /**
   * Sends a call so that the model is loaded before its first run, which would measure the loading
   * as latency of the variant.
   */
  private static void loadModel(DemoContext demo, String variant) {
    ApplicationDriver.ask(demo.ada, "variant/" + variant, "Meeting tomorrow").expect(200);
  }

  /** Publishes the instruction alone as {@code prompt1}, and with examples as {@code prompt2}. */
  static void publishPrompts(DemoContext demo) {
    String prompt = demo.application();
    Prompts.create(demo, prompt, "Labels an inbound message", "triage");
    demo.put(
        "prompt1",
        publishVersion(demo, prompt, "Instruction with a description of each label", List.of()));
    demo.put("prompt2", publishVersion(demo, prompt, "Add eight written examples", EXAMPLES));
  }

  /** Returns the digest of the variant with examples in its prompt. */
  static String composeFewShot(DemoContext demo) {
    return Evaluations.composeVariant(demo, composition(FEW_SHOT, demo.get("prompt2")));
  }

  private static Evaluations.VariantDefinition composition(String name, String prompt) {
    return new Evaluations.VariantDefinition(name, prompt, MODEL).with("parameters", PARAMETERS);
  }

  private static String publishVersion(
      DemoContext demo, String prompt, String message, List<Map<String, String>> examples) {
    Map<String, Object> content = new HashMap<>(PromptDriver.labelingVersion(INSTRUCTION, FORMAT));
    content.put("examples", examples);
    return Prompts.publish(demo, prompt, message, content);
  }

  private static Map<String, String> example(String input, String label) {
    return Map.of("input", input, "output", "{\"label\":\"" + label + "\"}");
  }
}
