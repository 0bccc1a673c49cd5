package io.plumbline.evaluation.projection;

import io.plumbline.contracts.Phase;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The parts that a variant has beside its prompt. */
public enum Composition {
  PROMPT(Phase.PROMPT),
  RETRIEVAL(Phase.RETRIEVAL),
  FINE_TUNING(Phase.FINE_TUNING),

  /** Retrieval and a tuned model. Runs of it are evidence for a release, but for no phase. */
  HYBRID(null);

  private final @Nullable Phase phase;

  Composition(@Nullable Phase phase) {
    this.phase = phase;
  }

  static Composition of(boolean index, boolean tuned) {
    if (index) {
      return tuned ? HYBRID : RETRIEVAL;
    }
    return tuned ? FINE_TUNING : PROMPT;
  }

  /**
   * Returns the phase that runs of a variant with these parts count for; empty where they count for
   * none.
   */
  public Optional<Phase> phase() {
    return Optional.ofNullable(phase);
  }
}
