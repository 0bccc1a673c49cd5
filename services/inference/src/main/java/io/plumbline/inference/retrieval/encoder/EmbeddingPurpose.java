package io.plumbline.inference.retrieval.encoder;

import io.plumbline.contracts.Digest;
import io.plumbline.inference.trace.TraceRecord;
import io.plumbline.localmodels.Urgency;
import org.jspecify.annotations.Nullable;

/**
 * What texts are embedded for.
 *
 * @param urgency among the texts that wait for an encoder of this installation
 * @param application of the variant whose call it is; absent for none
 * @param variant whose call it is; absent for none
 */
public record EmbeddingPurpose(
    Urgency urgency, @Nullable String application, @Nullable Digest variant) {

  /** An index is built. */
  public static final EmbeddingPurpose INDEX = new EmbeddingPurpose(Urgency.BULK, null, null);

  /** Somebody searches an index. */
  public static final EmbeddingPurpose SEARCH = new EmbeddingPurpose(Urgency.SERVING, null, null);

  /** A call of a variant is answered. */
  public static EmbeddingPurpose call(String application, Digest variant) {
    return new EmbeddingPurpose(Urgency.SERVING, application, variant);
  }

  TraceRecord.Origin origin(IndexEncoder encoder) {
    return new TraceRecord.Origin(application, null, null, null, variant, encoder.name());
  }
}
