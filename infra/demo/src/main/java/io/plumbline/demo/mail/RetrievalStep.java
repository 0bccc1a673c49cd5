package io.plumbline.demo.mail;

import io.plumbline.demo.step.DemoContext;
import io.plumbline.demo.step.Evaluations;
import io.plumbline.demo.step.Indexes;
import io.plumbline.demo.step.OutcomeProbabilities;
import io.plumbline.demo.step.Step;
import java.util.Map;

/**
 * A step that indexes the training rows. The rows most similar to a message are put before the
 * model as examples.
 */
public final class RetrievalStep implements Step {

  static final String VARIANT = "retrieval";

  @Override
  public String title() {
    return "Retrieval phase: index the training rows, evaluate, decide";
  }

  @Override
  public void run(DemoContext demo) {
    String retrieval = composeVariant(demo, VARIANT, demo.application());
    Evaluations.runOnValidation(demo, VARIANT, retrieval);
    OutcomeProbabilities chances =
        MailOutcomeSimulation.of(
                demo, demo.validationRun(PromptStep.FEW_SHOT), demo.validationRun(VARIANT))
            .estimateProbabilities();
    demo.reportProbabilities(chances);
    DemoContext.Candidate candidate = Evaluations.runOnTest(demo, VARIANT, "+retrieval", retrieval);
    Evaluations.requireOutcome(
        demo,
        Evaluations.evaluatePhase(demo, "RETRIEVAL", candidate),
        "PASS",
        "retrieval suffices: the criteria are met without training");
  }

  /**
   * Indexes the training rows of the split, and returns the digest of a variant that retrieves
   * examples from them.
   */
  static String composeVariant(DemoContext demo, String variant, String indexName) {
    String index =
        Indexes.build(
            demo,
            Map.of(
                "name",
                indexName,
                "splitDigest",
                demo.get("splitDigest"),
                "subset",
                "train",
                "encoder",
                "local/bge-small-en-v1.5",
                "maxTokens",
                128));

    return Evaluations.composeVariant(
        demo,
        new Evaluations.VariantDefinition(variant, demo.get("prompt1"), PromptStep.MODEL)
            .with("indexDigest", index)
            .with(
                "parameters",
                Map.of("temperature", 0, "maxInputTokens", 128, "retrievedExamples", 16)));
  }
}
