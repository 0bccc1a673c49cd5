package io.plumbline.demo.helpdesk;

import io.plumbline.demo.step.DemoContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A sample of the validation questions, with the scorers that treat a reader and a language model
 * alike. The scorers of abstention are left out: a provider's model cannot abstain, and declines in
 * words alone.
 */
final class JudgedSuite {

  /** The size of the sample: enough to see a difference, and few enough for a model on a laptop. */
  static final int QUESTIONS = 60;

  static final String JUDGED = "judge_score";
  static final String DECLINED = "declined";

  private static final List<Map<String, Object>> SCORERS =
      List.of(
          Map.of("type", "token_f1", "over", "ANSWERABLE"),
          Map.of("type", "recall_at_k", "k", 5),
          Map.of("type", "citation_precision"),
          Map.of("type", "citation_recall"),
          Map.of("type", "groundedness", "threshold", 0.9),
          Map.of(
              "type",
              "contains",
              "name",
              DECLINED,
              "values",
              List.of(HelpDeskPrompts.NO_ANSWER),
              "match",
              "ALL"));

  private JudgedSuite() {}

  /**
   * Publishes the suite with this judge, unless an earlier run did.
   *
   * @param judge the digest of the variant that judges
   * @return its digest
   */
  static String publish(DemoContext demo, String splitDigest, String judge) {
    List<Map<String, Object>> scorers = new ArrayList<>(SCORERS);
    scorers.add(Map.of("type", "judge", "name", JUDGED, "variant", judge));
    return demo.driver()
        .publishSuite(
            RegisterHelpDeskStep.APPLICATION + "-judged",
            splitDigest,
            "validation",
            scorers,
            Map.of("maxItems", QUESTIONS))
        .text("/suiteDigest");
  }
}
