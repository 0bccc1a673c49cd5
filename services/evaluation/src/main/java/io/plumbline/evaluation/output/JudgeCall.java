package io.plumbline.evaluation.output;

import io.plumbline.contracts.Digest;
import io.plumbline.evaluation.answer.Score;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The result of a judge's call about an answer. Its cost counts for the run, but not for the judged
 * variant.
 *
 * @param requestDigest the digest of the request
 * @param replyDigest the digest of the last reply, which is stored beside the outputs; absent
 *     without a reply, and when it was too long
 * @param failure why there is no score, without quotes; absent with a score
 * @param detail the error in the words of the service that answered, which may quote the question
 * @param replies the number of replies received, including those without a score
 * @param promptTokens the prompt tokens of all replies
 * @param completionTokens the completion tokens of all replies
 * @param costUsd the cost of all replies; absent when the price of one is unknown
 * @param traceId the trace of the last reply
 * @param earlier whether the judge was asked, and paid for, in an earlier run of the same attempt
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

  /** The largest number of characters of a detail. */
  private static final int MAX_DETAIL = 1_000;

  public JudgeCall {
    if (detail != null) {
      String storable = Score.replaceUnstorableCharacters(detail);
      detail = storable.substring(0, Math.min(storable.length(), MAX_DETAIL));
    }
  }

  /** Returns the call for readers who may not see questions and answers. */
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

  /**
   * Returns the part of the call that the digest of a run's outputs covers. It leaves out what is
   * read from the stored reply again.
   */
  Map<String, Object> digestedContent() {
    Map<String, Object> content = new TreeMap<>();
    content.put("requestDigest", requestDigest.hex());
    content.put("replies", replies);
    content.put("promptTokens", promptTokens);
    content.put("completionTokens", completionTokens);
    content.put("earlier", earlier);
    if (replyDigest == null) {
      put(content, "failure", failure);
    } else {
      content.put("replyDigest", replyDigest.hex());
    }
    if (costUsd != null) {
      content.put("costUsd", OutputMerkleTree.plainText(costUsd));
    }
    put(content, "traceId", traceId);
    return content;
  }

  private static void put(Map<String, Object> content, String name, @Nullable Object value) {
    Optional.ofNullable(value).ifPresent(given -> content.put(name, given));
  }
}
