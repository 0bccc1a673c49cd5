package io.plumbline.evaluation.output;

import io.plumbline.contracts.Digest;
import io.plumbline.evaluation.answer.ModelAnswer;
import io.plumbline.evaluation.answer.Score;
import io.plumbline.evaluation.metric.Observation;
import io.plumbline.evaluation.scorer.JudgeReplyResult;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * An item with its stored output and replies, from which it is scored again.
 *
 * @param output the output; absent without an answer
 * @param replies the replies of judges, by the names of their scorers
 */
record StoredOutput(
    RunItem item, @Nullable Output output, Map<String, Output> replies, JsonMapper json) {

  private static final String REPLY_ALTERED = "its reply is not the one that was kept";

  /** Returns whether the output and each reply have the digests that the item names. */
  boolean isUnaltered() {
    return hasDigest(output, item.outputDigest())
        && item.judged().entrySet().stream()
            .allMatch(
                judged -> hasDigest(replies.get(judged.getKey()), judged.getValue().replyDigest()));
  }

  private static boolean hasDigest(@Nullable Output stored, @Nullable Digest digest) {
    if (stored == null) {
      return digest == null;
    }
    return stored.digest().equals(digest);
  }

  Observation rescore(RunItems.Rescoring rescoring) {
    Map<String, Score> judged = new LinkedHashMap<>();
    Map<String, String> unscored = new LinkedHashMap<>();
    item.judged()
        .forEach((scorer, call) -> {
          switch (judgeReading(scorer, call)) {
            case JudgeReplyResult.Read read -> judged.put(scorer, read.score());
            case JudgeReplyResult.Invalid invalid -> unscored.put(scorer, invalid.flaw());
          }
        });
    Optional<ModelAnswer> answer =
        ifUnaltered(output, item.outputDigest()).flatMap(o -> o.answer(json));
    return item.observation(
        answer.map(given -> RunItem.prediction(item.label(), given.message())).orElse(null),
        rescoring.score(item.itemId(), answer, judged),
        unscored,
        answer.map(ModelAnswer::abstained).orElse(false),
        answer.map(ModelAnswer::confidence).orElse(null));
  }

  private JudgeReplyResult judgeReading(String scorer, JudgeCall call) {
    String failure = call.failure();
    if (call.replyDigest() == null && failure != null) {
      return new JudgeReplyResult.Invalid(failure);
    }
    return ifUnaltered(replies.get(scorer), call.replyDigest())
        .map(reply -> reply.parseJudgeReply(json))
        .orElseGet(() -> new JudgeReplyResult.Invalid(REPLY_ALTERED));
  }

  private static Optional<Output> ifUnaltered(@Nullable Output stored, @Nullable Digest digest) {
    return Optional.ofNullable(stored).filter(output -> output.digest().equals(digest));
  }
}
