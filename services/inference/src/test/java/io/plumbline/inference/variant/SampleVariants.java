package io.plumbline.inference.variant;

import io.plumbline.contracts.Digest;
import io.plumbline.inference.context.ContextOverflowPolicy;
import java.time.Instant;
import java.util.List;

/** Variants for tests in which their parts do not matter. */
public final class SampleVariants {

  private SampleVariants() {}

  /** Returns a variant with every choice at its default. */
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
        ContextOverflowPolicy.REFUSE,
        List.of(),
        null,
        List.of("ada"),
        "ada",
        Instant.EPOCH);
  }

  /** Returns the digest of a variant if its model were another one of the same name. */
  public static Digest digestWith(Variant variant, Digest model) {
    return Variant.digest(
        variant.application(),
        variant.prompt(),
        variant.model(),
        model,
        variant.connection(),
        variant.index(),
        variant.parameters(),
        variant.callerPolicy(),
        variant.overflow(),
        variant.fallback(),
        variant.abstention());
  }
}
