package io.plumbline.demo.mail;

import io.plumbline.demo.api.ApiResponse;
import io.plumbline.demo.step.Criteria;
import io.plumbline.demo.step.DemoContext;
import io.plumbline.demo.step.Evaluations;
import io.plumbline.demo.step.Step;
import java.util.List;
import java.util.Map;

/**
 * A step that publishes two suites, one to explore on and one to be judged on. It fixes the
 * criteria of success over the second, with a receipt, before anything is measured.
 */
public final class CriteriaStep implements Step {

  @Override
  public String title() {
    return "Publish the suites, register the criteria over one of them";
  }

  @Override
  public void run(DemoContext demo) {
    MailPlan plan = MailPlan.of(demo.size);
    ApiResponse exploring = publishExplorationSuite(demo, plan, demo.application() + "-validation");
    demo.put("explorationDigest", exploring.text("/suiteDigest"));
    ApiResponse suite = publishSuite(demo, plan, demo.application(), "test");
    demo.put("suiteDigest", suite.text("/suiteDigest"));
    demo.log.print(
        "suite over the test subset: "
            + suite.json().at("/items")
            + " items, "
            + suite.json().at("/perturbedItems")
            + " of them also perturbed, each in one of two ways");
    if (!Criteria.isRegistered(demo)) {
      checkRefused(demo, exploring, plan.criteria(), "exploration-suite");
      checkRefused(demo, suite, List.of(plan.accuracyCriterion()), "single-metric-gate");
    }
    String receipt = Criteria.register(demo, MailPlan.PLANNED_VERDICTS, plan.criteria());
    demo.log.print(
        "criteria %s… over this suite, for %d verdicts: %s"
            .formatted(
                demo.get("criteriaDigest").substring(0, 12),
                MailPlan.PLANNED_VERDICTS,
                Criteria.criteriaText(plan.criteria())));
    demo.check(
        !receipt.isEmpty(), "they are in the ledger as entry " + receipt + ", before any run");
  }

  /** Registers criteria that the platform must refuse, and checks that it refuses them. */
  private static void checkRefused(
      DemoContext demo, ApiResponse suite, List<Map<String, Object>> criteria, String problem) {
    ApiResponse apiResponse =
        demo.driver()
            .registerCriteria(suite.text("/suiteDigest"), MailPlan.PLANNED_VERDICTS, criteria);
    demo.check(
        apiResponse.status() == 409 && apiResponse.problem().equals(problem),
        "these criteria are refused: %s %s".formatted(apiResponse.status(), apiResponse.problem()));
  }

  /** Publishes a suite over the validation subset of the split. */
  static ApiResponse publishExplorationSuite(DemoContext demo, MailPlan plan, String name) {
    return publishSuite(demo, plan, name, "validation");
  }

  /**
   * Publishes a suite. Those of validation and test are perturbed alike, so that validation shows
   * which consistency to expect.
   */
  private static ApiResponse publishSuite(
      DemoContext demo, MailPlan plan, String name, String subset) {
    return Evaluations.publishSuite(
        demo,
        name,
        subset,
        List.of(Map.of("type", "label"), Map.of("type", "exact")),
        Map.of("perturbations", plan.perturbations(), "maxItems", plan.rows()));
  }
}
