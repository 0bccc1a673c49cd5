package io.plumbline.strategy.projection;

import io.plumbline.contracts.Digest;
import io.plumbline.strategy.Approach;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A variant as inference published it.
 *
 * @param tuned whether the variant's model, or one of its fallback models, was tuned, on this
 *     platform or at its provider
 */
public record Variant(
    Digest variantDigest,
    String name,
    Digest promptDigest,
    String model,
    @Nullable Digest modelDigest,
    @Nullable Digest indexDigest,
    boolean tuned,
    Instant createdAt) {

  /** Returns the approach that follows from the variant's parts. */
  public Approach approach() {
    boolean retrieves = indexDigest != null;
    if (tuned) {
      return retrieves ? Approach.HYBRID : Approach.FINE_TUNING;
    }
    return retrieves ? Approach.RAG : Approach.PROMPT_ENGINEERING;
  }
}
