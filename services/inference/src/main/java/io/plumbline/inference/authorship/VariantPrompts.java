package io.plumbline.inference.authorship;

import io.plumbline.contracts.Digest;
import java.util.Optional;

/** The prompt versions of variants. */
public interface VariantPrompts {

  /** Returns the prompt version of a variant of the caller's workspace; empty if it has none. */
  Optional<Digest> promptOf(Digest variant);
}
