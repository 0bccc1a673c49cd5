package io.plumbline.demo.helpdesk;

import io.plumbline.demo.step.DemoContext;
import io.plumbline.demo.step.Evaluations;
import io.plumbline.demo.step.Step;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** A step that prints the scores side by side, with what retrieval alone reaches. */
public final class ScoreTableStep implements Step {

  private static final List<String> METRICS =
      List.of(
          "token_f1_answerable",
          "recall_at_k",
          "reciprocal_rank",
          "citation_precision",
          "citation_recall",
          "groundedness",
          "coverage",
          "selective_f1",
          "out_of_scope_recall",
          "latency_p95_ms");

  @Override
  public String title() {
    return "Scores of both, and what retrieval alone reaches";
  }

  @Override
  public void run(DemoContext demo) {
    Map<String, JsonNode> measured = new LinkedHashMap<>();
    demo.candidates()
        .values()
        .forEach(each -> measured.put(each.name(), Evaluations.metrics(demo, each)));
    MetricTable.rows(METRICS, measured).forEach(demo.log::print);
    JsonNode recall =
        Evaluations.metrics(demo, demo.candidate(demo.get("chosen"))).at("/recall_at_k/value");
    demo.log.print(
        "retrieval alone puts %.0f%% of the passages that answer a question among its five"
            .formatted(100 * recall.asDouble()));
    demo.recordChange();
  }
}
