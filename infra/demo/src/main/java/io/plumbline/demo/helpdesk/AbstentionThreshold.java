package io.plumbline.demo.helpdesk;

import io.plumbline.demo.api.StepFailed;
import io.plumbline.statistics.Proportion;
import java.util.List;

/**
 * The confidence below which the help desk abstains. It is chosen on validation questions by the
 * lower bound of the recall, because a hundred questions may show a good recall by chance.
 */
final class AbstentionThreshold {

  /** The recall to reach. It is high because a wrong answer is worse than none. */
  static final double TARGET = 0.85;

  private static final double CONFIDENCE = 0.95;
  private static final int STEPS = 1_000;

  private AbstentionThreshold() {}

  /**
   * Returns the lowest threshold whose recall of questions without an answer has a lower bound of
   * at least {@value #TARGET}, in thousandths.
   *
   * @param validation answered without abstaining
   */
  static double choose(List<AnsweredQuestion> validation) {
    double[] confidences =
        validation.stream()
            .filter(each -> !each.answerable())
            .mapToDouble(AnsweredQuestion::confidence)
            .sorted()
            .toArray();
    for (int abstained = 1; abstained <= confidences.length; abstained++) {
      if (lowerBound(new Proportion(abstained, confidences.length)) >= TARGET) {
        // Just above the last that is abstained from.
        return (Math.floor(confidences[abstained - 1] * STEPS) + 1) / STEPS;
      }
    }
    throw new StepFailed(
        "%d validation questions without an answer are too few to show a recall of %s"
            .formatted(confidences.length, TARGET));
  }

  /** Returns the share of the questions without an answer that are abstained from. */
  static Proportion recall(List<AnsweredQuestion> questions, double threshold) {
    List<AnsweredQuestion> unanswerable =
        questions.stream().filter(each -> !each.answerable()).toList();
    return new Proportion(
        unanswerable.stream().filter(each -> each.confidence() < threshold).count(),
        unanswerable.size());
  }

  static double recallLowerBound(List<AnsweredQuestion> questions, double threshold) {
    return lowerBound(recall(questions, threshold));
  }

  /** Returns the share of all questions that are answered. */
  static double coverage(List<AnsweredQuestion> questions, double threshold) {
    long answered = questions.stream().filter(each -> each.confidence() >= threshold).count();
    return (double) answered / questions.size();
  }

  private static double lowerBound(Proportion recall) {
    return recall.wilsonInterval(CONFIDENCE).low();
  }
}
