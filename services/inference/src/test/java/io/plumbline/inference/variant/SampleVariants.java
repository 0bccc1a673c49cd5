package io.plumbline.inference.variant;

import io.plumbline.contracts.Digest;
import io.plumbline.inference.context.Overflow;
import java.time.Instant;
import java.util.List;

/** Variants for tests of what does not look into their parts. */
public final class SampleVariants {

  private SampleVariants() {}

  /** With every choice at its default. */
  public static Variant of(Digest digest, String application) {
    return new Variant(
        digest,
        application,
        "first",
        Digest.ofText("prompt"),
        "m",
        Digest.ofText("model"),
        null,
        null,
        VariantParameters.NONE,
        CallerPolicy.DEFAULT,
        Overflow.REFUSE,
        List.of(),
        null,
        List.of("ada"),
        "ada",
        Instant.EPOCH);
  }
}
