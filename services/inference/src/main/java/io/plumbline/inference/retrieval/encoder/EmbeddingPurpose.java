package io.plumbline.inference.retrieval.encoder;

import io.plumbline.contracts.Digest;
import io.plumbline.inference.trace.TraceRecord;
import io.plumbline.localmodels.Urgency;
import org.jspecify.annotations.Nullable;

/**
 * The purpose for which texts are embedded.
 *
 * @param urgency the urgency among the texts that wait for an encoder of this installation
 * @param application the application of the called variant; absent without a call of a variant
 * @param variant the called variant; absent without a call of a variant
 */
public record EmbeddingPurpose(
    Urgency urgency, @Nullable String application, @Nullable Digest variant) {

  /** The purpose of texts of an index that is being built. */
  public static final EmbeddingPurpose INDEX = new EmbeddingPurpose(Urgency.BULK, null, null);

  /** The purpose of a query of a user who searches an index. */
  public static final EmbeddingPurpose SEARCH = new EmbeddingPurpose(Urgency.SERVING, null, null);

  /** Returns the purpose of a query of a call of a variant. */
  public static EmbeddingPurpose ofCall(String application, Digest variant) {
    return new EmbeddingPurpose(Urgency.SERVING, application, variant);
  }

  TraceRecord.Origin traceOrigin(IndexEncoder encoder) {
    return new TraceRecord.Origin(application, null, null, null, variant, encoder.name());
  }
}
