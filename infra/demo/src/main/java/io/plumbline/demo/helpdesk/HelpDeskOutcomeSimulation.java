package io.plumbline.demo.helpdesk;

import io.plumbline.demo.step.DemoContext;
import io.plumbline.demo.step.OutcomeProbabilities;
import io.plumbline.statistics.BoundedMean;
import io.plumbline.statistics.VerdictPlan;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import tools.jackson.databind.JsonNode;

/**
 * The probability that the help desk's verdicts have their expected outcomes. Test questions stay
 * sealed, so validation questions are drawn, as many of each kind as the test has. In each resample
 * the threshold of abstention is chosen anew, on a draw of its own.
 */
final class HelpDeskOutcomeSimulation {

  private static final double CONFIDENCE =
      new VerdictPlan(HelpDeskPlan.PLANNED_VERDICTS).intervalConfidence();

  private final List<AnsweredQuestion> frequentAnswerable;
  private final List<AnsweredQuestion> answerable;
  private final List<AnsweredQuestion> unanswerable;
  private final int testAnswerable;
  private final int testUnanswerable;

  /**
   * @param frequent the variant with frequent questions, on validation questions
   * @param retrieval the variant with retrieval, which abstains from none of them
   * @param testAnswerable questions of the test that the pages answer
   * @param testUnanswerable the others
   */
  HelpDeskOutcomeSimulation(
      List<AnsweredQuestion> frequent,
      List<AnsweredQuestion> retrieval,
      int testAnswerable,
      int testUnanswerable) {
    this.frequentAnswerable = frequent.stream().filter(AnsweredQuestion::answerable).toList();
    this.answerable = retrieval.stream().filter(AnsweredQuestion::answerable).toList();
    this.unanswerable =
        retrieval.stream().filter(Predicate.not(AnsweredQuestion::answerable)).toList();
    this.testAnswerable = testAnswerable;
    this.testUnanswerable = testUnanswerable;
  }

  static HelpDeskOutcomeSimulation of(
      DemoContext demo, JsonNode frequentRun, List<AnsweredQuestion> retrieval) {
    JsonNode suite = demo.ada.get("/api/suites/" + demo.get("suiteDigest")).expect(200).json();
    return new HelpDeskOutcomeSimulation(
        AnsweredQuestion.of(demo, frequentRun),
        retrieval,
        suite.at("/applicableItems/" + HelpDeskPlan.TOKEN_F1).asInt(),
        suite.at("/applicableItems/out_of_scope_recall").asInt());
  }

  OutcomeProbabilities estimateProbabilities() {
    return OutcomeProbabilities.of(7, this::outcomes);
  }

  private Map<String, Boolean> outcomes(Random random) {
    double threshold =
        AbstentionThreshold.choose(
            OutcomeProbabilities.draw(unanswerable, unanswerable.size(), random));
    List<AnsweredQuestion> frequent =
        OutcomeProbabilities.draw(frequentAnswerable, testAnswerable, random);
    List<AnsweredQuestion> answers = OutcomeProbabilities.draw(answerable, testAnswerable, random);
    List<AnsweredQuestion> others =
        OutcomeProbabilities.draw(unanswerable, testUnanswerable, random);
    Map<String, Boolean> outcomes = new LinkedHashMap<>();
    outcomes.put(
        "frequent questions fail",
        isMeanBelow(frequent, AnsweredQuestion::tokenF1, HelpDeskPlan.MIN_TOKEN_F1)
            || isMeanBelow(
                frequent,
                AnsweredQuestion::citationPrecision,
                HelpDeskPlan.MIN_CITATION_PRECISION));
    outcomes.put(
        "retrieval passes token F1",
        isMeanAtLeast(
            answers,
            each -> each.confidence() < threshold ? 0 : each.tokenF1(),
            HelpDeskPlan.MIN_TOKEN_F1));
    outcomes.put(
        "citation precision",
        isMeanAtLeast(
            answers,
            each -> each.confidence() < threshold ? 0 : each.citationPrecision(),
            HelpDeskPlan.MIN_CITATION_PRECISION));
    outcomes.put(
        "groundedness",
        isMeanAtLeast(
            answers.stream().filter(each -> each.confidence() >= threshold).toList(),
            AnsweredQuestion::groundedness,
            HelpDeskPlan.MIN_GROUNDEDNESS));
    outcomes.put(
        "out-of-scope recall",
        isMeanAtLeast(
            others, each -> each.confidence() < threshold ? 1 : 0, HelpDeskPlan.MIN_RECALL));
    return outcomes;
  }

  /** Returns whether the lower bound of the mean score reaches a value. */
  private static boolean isMeanAtLeast(
      List<AnsweredQuestion> questions, ToDoubleFunction<AnsweredQuestion> score, double least) {
    return !questions.isEmpty() && mean(questions, score).scoreInterval(CONFIDENCE).low() >= least;
  }

  /** Returns whether the upper bound of the mean score is below a value. */
  private static boolean isMeanBelow(
      List<AnsweredQuestion> questions, ToDoubleFunction<AnsweredQuestion> score, double least) {
    return mean(questions, score).scoreInterval(CONFIDENCE).high() < least;
  }

  private static BoundedMean mean(
      List<AnsweredQuestion> questions, ToDoubleFunction<AnsweredQuestion> score) {
    return BoundedMean.of(questions.stream().mapToDouble(score).toArray());
  }
}
