package io.plumbline.demo.mail;

import io.plumbline.demo.api.StepFailed;
import io.plumbline.demo.step.Datasets;
import io.plumbline.demo.step.DemoContext;
import io.plumbline.demo.step.Evaluations;
import io.plumbline.demo.step.Step;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * Other random splits of the mail are taken through the prompt and the retrieval phase, to see on
 * real items how often the verdicts come out as the story has it. The rows are explored, as many as
 * the test of the demo has, and the outcome is computed as a verdict would be. So the platform must
 * have no criteria over them: its test items would be sealed.
 */
public final class SplitsStep implements Step {

  private static final int FIRST_SEED = 101;

  private final int splits;

  /**
   * @param splits how many, at least 1
   */
  public SplitsStep(int splits) {
    this.splits = splits;
  }

  @Override
  public String title() {
    return "Take %d other splits through the prompt and the retrieval phase".formatted(splits);
  }

  @Override
  public void run(DemoContext demo) {
    if (demo.find("/api/applications/" + demo.application() + "/criteria", each -> true)
        .isPresent()) {
      throw new StepFailed(
          "this installation has criteria of "
              + demo.application()
              + " already, so that its test items are sealed: use one in which the demo never ran");
    }
    PromptStep.publishPrompts(demo);
    String fewShot = PromptStep.composeFewShot(demo);
    int expected = 0;
    for (int seed = FIRST_SEED; seed < FIRST_SEED + splits; seed++) {
      Map<String, Boolean> outcomes = outcomes(demo, fewShot, seed);
      expected += outcomes.containsValue(false) ? 0 : 1;
      demo.console.print("split by seed %d: %s".formatted(seed, outcomes));
    }
    demo.check(
        expected == splits,
        "%d of %d splits come out as the story has it".formatted(expected, splits));
  }

  private static Map<String, Boolean> outcomes(DemoContext demo, String fewShot, int seed) {
    MailPlan plan = MailPlan.of(demo.size);
    String name = demo.application() + "-" + seed;
    demo.put(
        "splitDigest",
        Datasets.splitAgain(demo, DatasetStep.DATASET, 2, plan.exploratorySplit(seed)));
    demo.put(
        "explorationDigest", CriteriaStep.explorationSuite(demo, plan, name).text("/suiteDigest"));
    JsonNode prompt = Evaluations.explore(demo, PromptStep.FEW_SHOT, fewShot);
    JsonNode retrieval =
        Evaluations.explore(demo, RetrievalStep.VARIANT, RetrievalStep.compose(demo, name, name));
    return MailChances.of(demo, prompt, retrieval).outcomes();
  }
}
