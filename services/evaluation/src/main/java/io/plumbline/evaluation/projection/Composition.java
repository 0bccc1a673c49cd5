package io.plumbline.evaluation.projection;

import io.plumbline.contracts.Phase;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a variant consists of beside its prompt. */
public enum Composition {
  PROMPT(Phase.PROMPT),
  RETRIEVAL(Phase.RETRIEVAL),
  FINE_TUNING(Phase.FINE_TUNING),

  /** Retrieval and a tuned model: evidence for a release, and for none of the phases. */
  HYBRID(null);

  private final @Nullable Phase phase;

  Composition(@Nullable Phase phase) {
    this.phase = phase;
  }

  static Composition of(boolean index, boolean tuned) {
    return index ? (tuned ? HYBRID : RETRIEVAL) : tuned ? FINE_TUNING : PROMPT;
  }

  /** The phase that runs of such a variant count for. */
  public Optional<Phase> phase() {
    return Optional.ofNullable(phase);
  }
}
