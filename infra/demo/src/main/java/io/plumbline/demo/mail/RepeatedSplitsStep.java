package io.plumbline.demo.mail;

import io.plumbline.demo.api.StepFailed;
import io.plumbline.demo.step.Datasets;
import io.plumbline.demo.step.DemoContext;
import io.plumbline.demo.step.Evaluations;
import io.plumbline.demo.step.Step;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * A step that runs the prompt and retrieval phases on other random splits of the mail, to measure
 * how often real items have the outcomes that the demo expects. It explores as many rows as the
 * demo tests, and computes each outcome as a verdict would. The installation must have no criteria
 * yet, because criteria seal the test items.
 */
public final class RepeatedSplitsStep implements Step {

  private static final int FIRST_SEED = 101;

  private final int splits;

  /**
   * @param splits the number of splits, at least 1
   */
  public RepeatedSplitsStep(int splits) {
    this.splits = splits;
  }

  @Override
  public String title() {
    return "Run the prompt and retrieval phases on %d other splits".formatted(splits);
  }

  @Override
  public void run(DemoContext demo) {
    if (demo.find("/api/applications/" + demo.application() + "/criteria", each -> true)
        .isPresent()) {
      throw new StepFailed(
          "this installation already has criteria for "
              + demo.application()
              + ", which seal its test items: use one in which the demo never ran");
    }
    PromptStep.publishPrompts(demo);
    String fewShot = PromptStep.composeFewShot(demo);
    int expected = 0;
    for (int seed = FIRST_SEED; seed < FIRST_SEED + splits; seed++) {
      Map<String, Boolean> outcomes = runSplit(demo, fewShot, seed);
      expected += outcomes.containsValue(false) ? 0 : 1;
      demo.log.print("split by seed %d: %s".formatted(seed, outcomes));
    }
    demo.check(
        expected == splits,
        "%d of %d splits have the expected outcomes".formatted(expected, splits));
  }

  private static Map<String, Boolean> runSplit(DemoContext demo, String fewShot, int seed) {
    MailPlan plan = MailPlan.of(demo.size);
    String name = demo.application() + "-" + seed;
    demo.put(
        "splitDigest",
        Datasets.splitAgain(demo, DatasetStep.DATASET, 2, plan.exploratorySplitRequest(seed)));
    demo.put(
        "explorationDigest",
        CriteriaStep.publishExplorationSuite(demo, plan, name).text("/suiteDigest"));
    JsonNode prompt = Evaluations.runOnValidation(demo, PromptStep.FEW_SHOT, fewShot);
    JsonNode retrieval =
        Evaluations.runOnValidation(
            demo, RetrievalStep.VARIANT, RetrievalStep.composeVariant(demo, name, name));
    return MailOutcomeSimulation.of(demo, prompt, retrieval).outcomes();
  }
}
