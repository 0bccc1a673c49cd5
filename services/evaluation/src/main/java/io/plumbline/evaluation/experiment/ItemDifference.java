package io.plumbline.evaluation.experiment;

import io.plumbline.evaluation.metric.Observation;
import io.plumbline.evaluation.output.RunItem;
import io.plumbline.evaluation.output.RunItems;
import io.plumbline.evaluation.scorer.Scorer;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An original item that two compared runs have in common.
 *
 * @param baselineOrdinal the number of the item in the baseline run
 * @param ordinal the number of the item in the compared run
 * @param baselinePrediction the label that the baseline run answered; absent where items have none
 * @param scores the scores of both runs, by the names of the scorers that both suites have and that
 *     apply in both runs
 */
record ItemDifference(
    String itemId,
    @Nullable String label,
    int baselineOrdinal,
    int ordinal,
    @Nullable String baselinePrediction,
    @Nullable String prediction,
    Map<String, ScoreDifference> scores) {

  /**
   * The scores of one item by one scorer; 0 where there is no answer.
   *
   * @param difference the score of the run minus that of the baseline run
   */
  record ScoreDifference(double baseline, double score, double difference) {}

  static ItemDifference of(RunItems.Pair pair, SharedScorers shared) {
    RunItem before = pair.baseline();
    RunItem after = pair.candidate();
    Observation former = before.observation();
    Observation latter = after.observation();
    Map<String, ScoreDifference> scores = new LinkedHashMap<>();
    for (Scorer scorer : shared.scorers()) {
      String name = scorer.name();
      if (scorer.type().scoresAnswers() && former.isApplicable(name) && latter.isApplicable(name)) {
        double one = former.score(name);
        double other = latter.score(name);
        scores.put(name, new ScoreDifference(one, other, other - one));
      }
    }
    return new ItemDifference(
        after.itemId(),
        after.label(),
        before.ordinal(),
        after.ordinal(),
        before.prediction(),
        after.prediction(),
        scores);
  }
}
