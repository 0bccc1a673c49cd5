package io.plumbline.evaluation.run;

import io.plumbline.evaluation.answer.Score;
import io.plumbline.evaluation.inference.EmbeddingReply;
import io.plumbline.evaluation.inference.Reply;
import io.plumbline.evaluation.output.JudgeCall;
import io.plumbline.evaluation.output.Output;
import io.plumbline.evaluation.scorer.EmbeddingScoring.Texts;
import io.plumbline.platform.digest.CanonicalJson;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Asks the encoder for the embeddings by which texts of an answer are compared. The encoder is the
 * one that comes with the platform, so that every suite compares alike and equal texts have equal
 * embeddings. The score is stored like the reply of a judge, and a replay asks no model.
 */
@Component
class EncoderCaller {

  static final String MODEL = "local/bge-small-en-v1.5";

  /** The largest number of texts of one call. */
  static final int BATCH = 64;

  private static final String UNAVAILABLE = "its encoder was not available";
  private static final String REFUSED = "its encoder gave no embeddings";

  private final RetryingInferenceClient inference;

  EncoderCaller(RetryingInferenceClient inference) {
    this.inference = inference;
  }

  /**
   * Scores the texts of an answer by their embeddings.
   *
   * @param scoring the function from the highest cosine of each text of the answer to a score
   * @param retrying whether the encoder is asked again while it is not available
   */
  JudgeCaller.Judged scoreByEmbeddings(
      Texts texts, Function<double[], Score> scoring, boolean retrying) {
    List<String> distinct =
        Stream.concat(texts.answer().stream(), texts.against().stream()).distinct().toList();
    Calls calls = new Calls(retrying);
    for (int from = 0; from < distinct.size() && calls.failure == null; from += BATCH) {
      calls.embed(distinct.subList(from, Math.min(from + BATCH, distinct.size())));
    }
    if (calls.failure != null) {
      return new JudgeCaller.Judged(
          Optional.empty(), calls.toJudgeCall(distinct, null), Optional.empty());
    }
    Score score = scoring.apply(highestCosines(texts, calls.vectors));
    Output reply = Output.ofScore(score);
    return new JudgeCaller.Judged(
        Optional.of(score), calls.toJudgeCall(distinct, reply), Optional.of(reply));
  }

  private static double[] highestCosines(Texts texts, Map<String, float[]> vectors) {
    return texts.answer().stream()
        .mapToDouble(text ->
            texts.against().stream()
                .mapToDouble(other -> cosine(vectors.get(text), vectors.get(other)))
                .max()
                .orElse(0))
        .toArray();
  }

  private static double cosine(float @Nullable [] one, float @Nullable [] other) {
    if (one == null || other == null) {
      return 0;
    }
    double product = 0;
    double ofOne = 0;
    double ofOther = 0;
    for (int i = 0; i < one.length; i++) {
      product += (double) one[i] * other[i];
      ofOne += (double) one[i] * one[i];
      ofOther += (double) other[i] * other[i];
    }
    if (ofOne == 0 || ofOther == 0) {
      return 0;
    }
    return product / Math.sqrt(ofOne * ofOther);
  }

  /** The calls for the texts of one answer. */
  private final class Calls {

    private final boolean retrying;
    private final Map<String, float[]> vectors = new HashMap<>();
    private int replies;
    private long tokens;
    private @Nullable BigDecimal cost = BigDecimal.ZERO;
    private @Nullable String failure;
    private @Nullable String detail;

    Calls(boolean retrying) {
      this.retrying = retrying;
    }

    void embed(List<String> batch) {
      switch (inference.embed(Map.of("model", MODEL, "input", batch), retrying)) {
        case EmbeddingReply.Embedded embedded -> take(batch, embedded);
        case Reply.Unavailable unavailable -> fail(UNAVAILABLE, unavailable.reason());
        case Reply.Refused refused -> fail(REFUSED, refused.reason());
      }
    }

    private void take(List<String> batch, EmbeddingReply.Embedded embedded) {
      List<float[]> received = embedded.vectors();
      boolean complete =
          received.size() == batch.size()
              && received.stream()
                  .allMatch(
                      v -> v.length > 0 && v.length == received.getFirst().length && isFinite(v));
      if (!complete) {
        fail(REFUSED, "%d embeddings of %d texts".formatted(received.size(), batch.size()));
        return;
      }
      for (int i = 0; i < batch.size(); i++) {
        vectors.put(batch.get(i), received.get(i));
      }
      replies++;
      tokens += embedded.tokens();
      cost = JudgeCaller.sumIfKnown(cost, embedded.costUsd());
    }

    private void fail(String why, String words) {
      failure = why;
      detail = words;
    }

    JudgeCall toJudgeCall(List<String> texts, @Nullable Output reply) {
      return new JudgeCall(
          CanonicalJson.digest(Map.of("model", MODEL, "input", new ArrayList<>(texts))),
          reply == null ? null : reply.digest(),
          failure,
          detail,
          replies,
          tokens,
          0,
          cost,
          null,
          false);
    }
  }

  private static boolean isFinite(float[] vector) {
    for (float number : vector) {
      if (!Float.isFinite(number)) {
        return false;
      }
    }
    return true;
  }
}
