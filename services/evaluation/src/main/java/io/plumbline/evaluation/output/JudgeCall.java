package io.plumbline.evaluation.output;

import io.plumbline.contracts.Digest;
import io.plumbline.evaluation.answer.Score;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What came of asking a judge about an answer. What it cost is the run's, and no part of what the
 * judged variant costs.
 *
 * @param requestDigest of what was sent
 * @param replyDigest of the last reply, which is kept beside the outputs; absent without one, and
 *     when it was too long
 * @param failure why there is no score; it quotes nothing. Absent with a score
 * @param detail the error in the words of whoever answered, which may quote what was asked
 * @param replies received, those that were no score included
 * @param promptTokens of all of them
 * @param completionTokens of all of them
 * @param costUsd of all of them; absent when the price of one is unknown
 * @param traceId of the last
 * @param earlier whether it was asked, and paid for, in an earlier run of the same attempt
 */
public record JudgeCall(
    Digest requestDigest,
    @Nullable Digest replyDigest,
    @Nullable String failure,
    @Nullable String detail,
    int replies,
    long promptTokens,
    long completionTokens,
    @Nullable BigDecimal costUsd,
    @Nullable String traceId,
    boolean earlier) {

  /** Characters of a detail. */
  private static final int LONGEST = 1_000;

  public JudgeCall {
    String given = detail == null ? null : Score.storable(detail);
    detail = given == null || given.length() <= LONGEST ? given : given.substring(0, LONGEST);
  }

  /** For those who may not see what was asked and answered. */
  JudgeCall withoutDetail() {
    return new JudgeCall(
        requestDigest,
        replyDigest,
        failure,
        null,
        replies,
        promptTokens,
        completionTokens,
        costUsd,
        traceId,
        earlier);
  }

  /** What the digest of a run's outputs covers: all but what is read from the reply again. */
  Map<String, Object> content() {
    Map<String, Object> content = new TreeMap<>();
    content.put("requestDigest", requestDigest.hex());
    content.put("replies", replies);
    content.put("promptTokens", promptTokens);
    content.put("completionTokens", completionTokens);
    content.put("earlier", earlier);
    put(content, "replyDigest", replyDigest == null ? null : replyDigest.hex());
    put(content, "failure", replyDigest == null ? failure : null);
    put(content, "costUsd", costUsd == null ? null : OutputTree.plain(costUsd));
    put(content, "traceId", traceId);
    return content;
  }

  private static void put(Map<String, Object> content, String name, @Nullable Object value) {
    Optional.ofNullable(value).ifPresent(given -> content.put(name, given));
  }
}
