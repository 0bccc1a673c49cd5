package io.plumbline.evaluation.output;

import io.plumbline.contracts.Digest;
import io.plumbline.evaluation.answer.ModelAnswer;
import io.plumbline.evaluation.answer.Score;
import io.plumbline.evaluation.metric.Observation;
import io.plumbline.evaluation.scorer.JudgeReading;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * An item with what was kept for it, from which it is scored again.
 *
 * @param output absent without an answer
 * @param replies of judges, by the names of their scorers
 */
record StoredOutput(RunItem item, @Nullable Output output, Map<String, Output> replies, JsonMapper json) {

  private static final String CHANGED = "its reply is not the one that was kept";

  /** Whether the output and each reply are those whose digests the item has. */
  boolean isWhole() {
    return is(output, item.outputDigest())
        && item.judged().entrySet().stream()
            .allMatch(judged -> is(replies.get(judged.getKey()), judged.getValue().replyDigest()));
  }

  private static boolean is(@Nullable Output kept, @Nullable Digest digest) {
    return kept == null ? digest == null : kept.digest().equals(digest);
  }

  Observation observation(RunItems.Rescoring rescoring) {
    Map<String, Score> judged = new LinkedHashMap<>();
    Map<String, String> unscored = new LinkedHashMap<>();
    item.judged()
        .forEach((scorer, call) -> {
          switch (reading(scorer, call)) {
            case JudgeReading.Read read -> judged.put(scorer, read.score());
            case JudgeReading.Invalid flawed -> unscored.put(scorer, flawed.flaw());
          }
        });
    Optional<ModelAnswer> answer = kept(output, item.outputDigest()).flatMap(o -> o.answer(json));
    return item.observation(
        answer.map(given -> RunItem.prediction(item.label(), given.message(), json)).orElse(null),
        rescoring.score(item.itemId(), answer, judged),
        unscored,
        answer.map(ModelAnswer::abstained).orElse(false),
        answer.map(ModelAnswer::confidence).orElse(null));
  }

  private JudgeReading reading(String scorer, JudgeCall call) {
    String failure = call.failure();
    return call.replyDigest() == null && failure != null
        ? new JudgeReading.Invalid(failure)
        : kept(replies.get(scorer), call.replyDigest())
            .map(reply -> reply.reading(json))
            .orElseGet(() -> new JudgeReading.Invalid(CHANGED));
  }

  private static Optional<Output> kept(@Nullable Output kept, @Nullable Digest digest) {
    return Optional.ofNullable(kept).filter(output -> output.digest().equals(digest));
  }
}
