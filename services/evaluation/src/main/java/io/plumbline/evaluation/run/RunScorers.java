package io.plumbline.evaluation.run;

import io.plumbline.contracts.Digest;
import io.plumbline.evaluation.metric.Perturbation;
import io.plumbline.evaluation.output.JudgeCall;
import io.plumbline.evaluation.output.Output;
import io.plumbline.evaluation.scorer.JudgeFrame;
import io.plumbline.evaluation.scorer.ModelMessage;
import io.plumbline.evaluation.scorer.Score;
import io.plumbline.evaluation.scorer.SuiteScorers;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The scorers of a suite at work in one run. Judges are asked about original items alone, on which
 * their metrics are measured. One that gave an answer no score after every attempt has lost its
 * metric, so that it is asked about further ones once each: their scores and reasons are still
 * worth a call, and nobody waits for a provider that is gone.
 */
final class RunScorers {

  /**
   * What the scorers gave one answer.
   *
   * @param judged by the names of judges
   * @param replies by the names of judges
   */
  record Scored(
      Map<String, Score> scores, Map<String, JudgeCall> judged, Map<String, Output> replies) {}

  private final SuiteScorers scorers;
  private final JudgeCaller caller;
  private final Set<String> lost = ConcurrentHashMap.newKeySet();

  RunScorers(SuiteScorers scorers, JudgeCaller caller) {
    this.scorers = scorers;
    this.caller = caller;
  }

  Scored score(Question question, ModelMessage message) {
    Map<String, Score> scores = new LinkedHashMap<>();
    Map<String, JudgeCall> judged = new LinkedHashMap<>();
    Map<String, Output> replies = new LinkedHashMap<>();
    Map<String, Digest> judges =
        question.item().perturbation() == Perturbation.NONE ? scorers.judgesOf(message) : Map.of();
    judges.forEach((name, judge) -> {
      JudgeCaller.Judged one =
          caller.ask(
              judge,
              JudgeFrame.of(question.input(), message, question.expected()),
              !lost.contains(name));
      one.score().ifPresentOrElse(score -> scores.put(name, score), () -> lost.add(name));
      judged.put(name, one.call());
      one.reply().ifPresent(reply -> replies.put(name, reply));
    });
    return new Scored(scorers.score(question.expected(), message, scores), judged, replies);
  }
}
