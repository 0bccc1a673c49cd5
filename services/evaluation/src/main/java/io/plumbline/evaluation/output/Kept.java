package io.plumbline.evaluation.output;

import io.plumbline.contracts.Digest;
import io.plumbline.evaluation.metric.Observation;
import io.plumbline.evaluation.scorer.JudgeReading;
import io.plumbline.evaluation.scorer.ModelMessage;
import io.plumbline.evaluation.scorer.Score;
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
record Kept(RunItem item, @Nullable Output output, Map<String, Output> replies, JsonMapper json) {

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
            case JudgeReading.Flawed flawed -> unscored.put(scorer, flawed.flaw());
          }
        });
    return message(output, item.outputDigest())
        .map(message ->
            item.observation(
                RunItem.prediction(item.label(), message, json),
                rescoring.score(item.itemId(), message, judged),
                unscored))
        .orElseGet(() -> item.observation(null, Map.of(), unscored));
  }

  private JudgeReading reading(String scorer, JudgeCall call) {
    String failure = call.failure();
    return call.replyDigest() == null && failure != null
        ? new JudgeReading.Flawed(failure)
        : message(replies.get(scorer), call.replyDigest())
            .map(JudgeReading::of)
            .orElseGet(() -> new JudgeReading.Flawed(CHANGED));
  }

  private Optional<ModelMessage> message(@Nullable Output kept, @Nullable Digest digest) {
    return Optional.ofNullable(kept)
        .filter(output -> output.digest().equals(digest))
        .flatMap(output -> output.message(json));
  }
}
