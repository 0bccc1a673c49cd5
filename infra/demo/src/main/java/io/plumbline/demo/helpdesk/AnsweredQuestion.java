package io.plumbline.demo.helpdesk;

import io.plumbline.demo.step.DemoContext;
import io.plumbline.demo.step.Evaluations;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * A validation question as a variant without abstention answered it. From it follows what
 * abstaining below any threshold would have given.
 *
 * @param answerable whether the pages answer it
 * @param confidence of the answer
 * @param tokenF1 of the answer; 0 where none is expected
 * @param citationPrecision of the answer; 0 where none is expected
 * @param groundedness of the answer
 */
record AnsweredQuestion(
    boolean answerable,
    double confidence,
    double tokenF1,
    double citationPrecision,
    double groundedness) {

  /** Returns the items of a run over validation questions, which are open. */
  static List<AnsweredQuestion> of(DemoContext demo, JsonNode run) {
    return Evaluations.items(demo, run).stream().map(AnsweredQuestion::of).toList();
  }

  private static AnsweredQuestion of(JsonNode item) {
    boolean answerable =
        item.at("/notApplicable")
            .valueStream()
            .anyMatch(scorer -> scorer.asString().equals("out_of_scope_recall"));
    return new AnsweredQuestion(
        answerable,
        item.at("/confidence").asDouble(0),
        score(item, HelpDeskPlan.TOKEN_F1),
        score(item, "citation_precision"),
        score(item, "groundedness"));
  }

  private static double score(JsonNode item, String scorer) {
    return item.at("/scores/" + scorer + "/score").asDouble(0);
  }
}
