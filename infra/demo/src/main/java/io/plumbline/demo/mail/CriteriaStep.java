package io.plumbline.demo.mail;

import io.plumbline.demo.api.Answer;
import io.plumbline.demo.step.Criteria;
import io.plumbline.demo.step.DemoContext;
import io.plumbline.demo.step.Step;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Two suites are published, one to explore on and one to be judged on, and what counts as success
 * is fixed over the second, with a receipt, before anything is measured.
 */
public final class CriteriaStep implements Step {

  /** One for each of the variants that the demo takes to the test rows. */
  static final int PLANNED_VERDICTS = 4;

  /**
   * With 4 planned verdicts and a power of 0.8, (2.50 + 0.84)² · p (1 − p) / effect² items: 223 for
   * 0.93 against 0.85, of at least 250; 105 for 0.85 against 0.70, of 120 perturbed. The effects of
   * macro-F1 and latency leave room for what validation measures: with 250 items a spread of up to
   * 1.42, and of up to 7,100 ms.
   */
  private static final Map<String, Object> ACCURACY =
      Criteria.criterion("accuracy", "TASK_QUALITY", "AT_LEAST", 0.85, 0.93, 0.02, 250);

  private static final Map<String, Object> PERTURBATIONS =
      Map.of("kinds", List.of("LOWER_CASE", "TRUNCATED"), "items", 120);

  private static final List<Map<String, Object>> CRITERIA =
      List.of(
          ACCURACY,
          Criteria.criterion("macro_f1", "TASK_QUALITY", "AT_LEAST", 0.55, 0.85, 0.03, 250),
          Criteria.criterion("consistency", "ROBUSTNESS", "AT_LEAST", 0.70, 0.85, 0, 100),
          Criteria.criterion("latency_p95_ms", "LATENCY", "AT_MOST", 2_000, 500, 0, 250));

  @Override
  public String title() {
    return "Publish the suites, register the criteria over one of them";
  }

  @Override
  public void run(DemoContext demo) {
    Answer exploring = suite(demo, demo.application() + "-validation", "validation", Map.of());
    demo.put("explorationDigest", exploring.text("/suiteDigest"));
    Answer suite = suite(demo, demo.application(), "test", Map.of("perturbations", PERTURBATIONS));
    demo.put("suiteDigest", suite.text("/suiteDigest"));
    demo.console.print(
        "suite over the test subset: "
            + suite.json().at("/items")
            + " items, "
            + suite.json().at("/perturbedItems")
            + " of them also perturbed, each in one of two ways");
    refused(demo, exploring, CRITERIA, "exploration-suite");
    refused(demo, suite, List.of(ACCURACY), "single-metric-gate");
    String receipt = Criteria.register(demo, PLANNED_VERDICTS, CRITERIA);
    demo.console.print(
        "criteria %s… over this suite, for %d verdicts: %s"
            .formatted(
                demo.get("criteriaDigest").substring(0, 12),
                PLANNED_VERDICTS,
                Criteria.named(CRITERIA)));
    demo.check(
        !receipt.isEmpty(), "they are in the ledger as entry " + receipt + ", before any run");
  }

  private static void refused(
      DemoContext demo, Answer suite, List<Map<String, Object>> criteria, String problem) {
    Answer answer =
        demo.ada.post(
            "/api/applications/" + demo.application() + "/criteria",
            Criteria.over(suite.text("/suiteDigest"), PLANNED_VERDICTS, criteria));
    demo.check(
        answer.status() == 409 && answer.problem().equals(problem), "refused: " + answer.problem());
  }

  private static Answer suite(
      DemoContext demo, String name, String subset, Map<String, Object> more) {
    Map<String, Object> suite = new HashMap<>(more);
    suite.put("name", name);
    suite.put("splitDigest", demo.get("splitDigest"));
    suite.put("subset", subset);
    suite.put("scorers", List.of(Map.of("type", "label"), Map.of("type", "exact")));
    suite.put("maxItems", 400);
    suite.put("seed", 7);
    // Evaluation may not have received the admission yet.
    return demo.ada.post("/api/suites", suite, "dataset-unadmitted").expect(201);
  }
}
