package io.plumbline.demo.helpdesk;

import io.plumbline.demo.api.ApiResponse;
import io.plumbline.demo.step.Criteria;
import io.plumbline.demo.step.DemoContext;
import io.plumbline.demo.step.Evaluations;
import io.plumbline.demo.step.Step;
import java.util.List;
import java.util.Map;

/**
 * A step that fixes what a good answer from documents is: it says what the pages say and cites the
 * passage that says so, and it is missing where the pages have none.
 */
public final class AnswerCriteriaStep implements Step {

  /**
   * The largest number of items of the suite, which is enough for all questions. A suite has at
   * most 400 items unless its request says otherwise.
   */
  private static final int MAX_QUESTIONS = 1_000;

  private static final List<Map<String, Object>> SCORERS =
      List.of(
          Map.of("type", "token_f1", "over", "ANSWERABLE"),
          Map.of("type", "recall_at_k", "k", 5),
          Map.of("type", "reciprocal_rank", "k", 5),
          Map.of("type", "citation_precision"),
          Map.of("type", "citation_recall"),
          Map.of("type", "groundedness", "threshold", 0.9),
          Map.of("type", "out_of_scope_recall"),
          Map.of("type", "coverage"),
          Map.of("type", "selective", "name", "selective_f1", "of", "token_f1_answerable"));

  @Override
  public String title() {
    return "Suites with scorers of answers, citations and abstention; criteria over the test"
        + " questions";
  }

  @Override
  public void run(DemoContext demo) {
    demo.put(
        "explorationDigest",
        publishSuite(demo, RegisterHelpDeskStep.APPLICATION + "-validation", "validation")
            .text("/suiteDigest"));
    ApiResponse suite = publishSuite(demo, RegisterHelpDeskStep.APPLICATION, "test");
    demo.put("suiteDigest", suite.text("/suiteDigest"));
    demo.log.print("suite over the test questions: " + suite.json().at("/items") + " items");
    List<Map<String, Object>> criteria = HelpDeskPlan.criteria(suite.json());
    String receipt = Criteria.register(demo, HelpDeskPlan.PLANNED_VERDICTS, criteria);
    demo.check(
        !receipt.isEmpty(),
        "%d criteria are in the ledger as entry %s, before any run: %s"
            .formatted(criteria.size(), receipt, Criteria.criteriaText(criteria)));
  }

  private static ApiResponse publishSuite(DemoContext demo, String name, String subset) {
    return Evaluations.publishSuite(demo, name, subset, SCORERS, Map.of("maxItems", MAX_QUESTIONS));
  }
}
