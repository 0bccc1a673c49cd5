package io.plumbline.demo.helpdesk;

import io.plumbline.demo.driver.ApplicationDriver;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** The help desk's criteria, fixed before anything is measured. */
final class HelpDeskPlan {

  /** The planned verdicts: one for the prompt alone, one for retrieval, and the release's own. */
  static final int PLANNED_VERDICTS = 3;

  static final String TOKEN_F1 = "token_f1_answerable";
  static final double MIN_TOKEN_F1 = 0.20;
  static final double MIN_CITATION_PRECISION = 0.35;
  static final double MIN_GROUNDEDNESS = 0.70;
  static final double MIN_RECALL = 0.70;
  static final double MAX_LATENCY = 5_000;

  private HelpDeskPlan() {}

  /**
   * Returns the criteria, chosen by what variants reach on validation questions.
   *
   * <ul>
   *   <li>Token F1 is over the questions that the pages answer. Over all of them silence alone has
   *       0.38, the share of the others. Over these silence has 0, the frequent questions in the
   *       prompt reach 0.11, although they are about a quarter of them, and retrieval 0.36: 0.20
   *       lies in between, further from both than 254 questions are likely to stray.
   *   <li>Citation precision is over the same questions; an answer that abstains cites nothing.
   *   <li>The reader quotes from the passages alone, so that groundedness shows only whether there
   *       were any.
   *   <li>The threshold of abstention is chosen so that the recall of questions without an answer
   *       is at least {@value AbstentionThreshold#TARGET} by its lower bound on validation; the
   *       test questions are to show {@value #MIN_RECALL}, which leaves room for both samples.
   * </ul>
   *
   * @param suite over the test questions
   */
  static List<Map<String, Object>> criteria(JsonNode suite) {
    int answerable = minSampleSize(suite, TOKEN_F1);
    int unanswerable = minSampleSize(suite, "out_of_scope_recall");
    return List.of(
        ApplicationDriver.criterion(
            TOKEN_F1, "TASK_QUALITY", "AT_LEAST", MIN_TOKEN_F1, 0.33, 0, answerable),
        ApplicationDriver.criterion(
            "citation_precision",
            "TASK_QUALITY",
            "AT_LEAST",
            MIN_CITATION_PRECISION,
            0.55,
            0,
            answerable),
        ApplicationDriver.criterion(
            "groundedness", "JUDGED_QUALITY", "AT_LEAST", MIN_GROUNDEDNESS, 0.95, 0, 40),
        ApplicationDriver.criterion(
            "out_of_scope_recall", "TASK_QUALITY", "AT_LEAST", MIN_RECALL, 0.85, 0, unanswerable),
        ApplicationDriver.criterion(
            "latency_p95_ms",
            "LATENCY",
            "AT_MOST",
            MAX_LATENCY,
            1_500,
            0,
            answerable + unanswerable));
  }

  /** Returns the minimum sample size, which leaves room for items that leak and are left out. */
  private static int minSampleSize(JsonNode suite, String scorer) {
    return suite.at("/applicableItems/" + scorer).asInt() * 9 / 10;
  }
}
