package io.plumbline.strategy.projection;

import io.plumbline.contracts.Digest;
import io.plumbline.strategy.Approach;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A variant as inference told it.
 *
 * @param tuned whether its model came out of our own training
 */
public record VariantProjection(
    Digest variantDigest,
    String name,
    Digest promptDigest,
    String model,
    @Nullable Digest modelDigest,
    @Nullable Digest indexDigest,
    boolean tuned,
    Instant createdAt) {

  /** The approach that the variant's parts make it. */
  public Approach approach() {
    boolean retrieves = indexDigest != null;
    if (tuned) {
      return retrieves ? Approach.HYBRID : Approach.FINE_TUNING;
    }
    return retrieves ? Approach.RAG : Approach.PROMPT_ENGINEERING;
  }
}
