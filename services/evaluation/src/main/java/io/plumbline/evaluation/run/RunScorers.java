package io.plumbline.evaluation.run;

import io.plumbline.contracts.Digest;
import io.plumbline.evaluation.answer.ModelAnswer;
import io.plumbline.evaluation.answer.Score;
import io.plumbline.evaluation.metric.Perturbation;
import io.plumbline.evaluation.output.JudgeCall;
import io.plumbline.evaluation.output.Output;
import io.plumbline.evaluation.scorer.EmbeddingScoring;
import io.plumbline.evaluation.scorer.ItemScores;
import io.plumbline.evaluation.scorer.JudgePrompt;
import io.plumbline.evaluation.scorer.SuiteScorers;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The scorers of a suite in one run. Judges and the encoder are asked about original items alone,
 * on which metrics are measured. When a judge or the encoder gave an answer no score after every
 * attempt, its metric is lost. It is then asked once about each further answer: scores and reasons
 * are still worth a call, but the run does not wait for a provider that is gone.
 */
final class RunScorers {

  /**
   * The scores of one answer.
   *
   * @param judged the calls of models, by the names of the scorers that asked one
   * @param replies the replies of models, by the same names
   */
  record Scored(ItemScores scores, Map<String, JudgeCall> judged, Map<String, Output> replies) {}

  private final SuiteScorers scorers;
  private final JudgeCaller caller;
  private final EncoderCaller encoder;
  private final Set<String> lost = ConcurrentHashMap.newKeySet();

  RunScorers(SuiteScorers scorers, JudgeCaller caller, EncoderCaller encoder) {
    this.scorers = scorers;
    this.caller = caller;
    this.encoder = encoder;
  }

  Scored score(Question question, ModelAnswer answer) {
    Map<String, Score> scores = new LinkedHashMap<>();
    Map<String, JudgeCall> judged = new LinkedHashMap<>();
    Map<String, Output> replies = new LinkedHashMap<>();
    if (question.item().perturbation() == Perturbation.NONE) {
      Map<String, JudgeCaller.Judged> asked = new LinkedHashMap<>();
      scorers
          .judgesToAsk(question.expected(), answer.message())
          .forEach((name, judge) -> asked.put(name, askJudge(name, judge, question, answer)));
      scorers
          .textsToEmbed(question.expected(), answer)
          .forEach((name, texts) -> asked.put(name, askEncoder(name, texts)));
      asked.forEach((name, one) -> {
        one.score().ifPresentOrElse(score -> scores.put(name, score), () -> lost.add(name));
        judged.put(name, one.call());
        one.reply().ifPresent(reply -> replies.put(name, reply));
      });
    }
    return new Scored(scorers.score(question.expected(), answer, scores), judged, replies);
  }

  private JudgeCaller.Judged askJudge(
      String name, Digest judge, Question question, ModelAnswer answer) {
    return caller.askJudge(
        judge,
        JudgePrompt.of(question.input(), answer.message(), question.expected()),
        !lost.contains(name));
  }

  private JudgeCaller.Judged askEncoder(String name, EmbeddingScoring.Texts texts) {
    return encoder.scoreByEmbeddings(
        texts, nearest -> scorers.scoreEmbedded(name, texts, nearest), !lost.contains(name));
  }

  /** Returns the scores of an item without an answer, about which no model is asked. */
  ItemScores scoresOfUnanswered(Question question) {
    return scorers.scoresOfUnanswered(question.expected());
  }
}
