package io.plumbline.demo.helpdesk;

import io.plumbline.demo.api.Answer;
import io.plumbline.demo.step.Criteria;
import io.plumbline.demo.step.DemoContext;
import io.plumbline.demo.step.Step;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a good answer from documents is: it says what the pages say, stands beside the passage that
 * it cites, and is missing where the pages have none.
 */
public final class AnswerCriteriaStep implements Step {

  /** One for the prompt alone, one for retrieval, and the release's own. */
  private static final int PLANNED_VERDICTS = 3;

  /** By which variants are chosen: enough to tell them apart, and few enough for two cores. */
  private static final int VALIDATION_QUESTIONS = 100;

  private static final List<Map<String, Object>> SCORERS =
      List.of(
          Map.of("type", "token_f1"),
          Map.of("type", "recall_at_k", "k", 5),
          Map.of("type", "reciprocal_rank", "k", 5),
          Map.of("type", "citation_precision"),
          Map.of("type", "citation_recall"),
          Map.of("type", "groundedness", "threshold", 0.9),
          Map.of("type", "out_of_scope_recall"),
          Map.of("type", "coverage"),
          Map.of("type", "selective", "name", "selective_f1", "of", "token_f1"));

  /**
   * By what variants reached on validation questions. A reader that quotes whole sentences shares
   * few words with short answers: 0.30 of token F1, where a language model would be asked for more.
   * What it quotes is in the passages, so that groundedness can only say that there were any.
   */
  private static final List<Map<String, Object>> CRITERIA =
      List.of(
          Criteria.criterion("token_f1", "TASK_QUALITY", "AT_LEAST", 0.20, 0.30, 0, 250),
          Criteria.criterion("citation_precision", "TASK_QUALITY", "AT_LEAST", 0.35, 0.50, 0, 150),
          Criteria.criterion("groundedness", "JUDGED_QUALITY", "AT_LEAST", 0.70, 0.95, 0, 40),
          Criteria.criterion("out_of_scope_recall", "TASK_QUALITY", "AT_LEAST", 0.50, 0.75, 0, 80),
          Criteria.criterion("latency_p95_ms", "LATENCY", "AT_MOST", 5_000, 1_500, 0, 250));

  @Override
  public String title() {
    return "Suites with scorers of answers, citations and abstention; criteria over the test"
        + " questions";
  }

  @Override
  public void run(DemoContext demo) {
    demo.put(
        "explorationDigest",
        suite(
                demo,
                RegisterStep.APPLICATION + "-validation",
                "validation",
                Map.of("maxItems", VALIDATION_QUESTIONS))
            .text("/suiteDigest"));
    Answer suite = suite(demo, RegisterStep.APPLICATION, "test", Map.of());
    demo.put("suiteDigest", suite.text("/suiteDigest"));
    demo.console.print("suite over the test questions: " + suite.json().at("/items") + " items");
    String receipt = Criteria.register(demo, PLANNED_VERDICTS, CRITERIA);
    demo.check(
        !receipt.isEmpty(),
        "%d criteria are in the ledger as entry %s, before any run: %s"
            .formatted(CRITERIA.size(), receipt, Criteria.named(CRITERIA)));
  }

  private static Answer suite(
      DemoContext demo, String name, String subset, Map<String, Object> more) {
    Map<String, Object> suite = new HashMap<>(more);
    suite.put("name", name);
    suite.put("splitDigest", demo.get("splitDigest"));
    suite.put("subset", subset);
    suite.put("scorers", SCORERS);
    suite.put("seed", 7);
    // Evaluation may not have received the admission yet.
    return demo.ada.post("/api/suites", suite, "dataset-unadmitted").expect(201);
  }
}
