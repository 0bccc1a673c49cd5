package io.plumbline.evaluation.projection;

import io.plumbline.contracts.Phase;

/** The parts that a variant has beside its prompt. */
public enum Composition {
  PROMPT(Phase.PROMPT),
  RETRIEVAL(Phase.RETRIEVAL),
  FINE_TUNING(Phase.FINE_TUNING),
  /** Retrieval and a tuned model. */
  HYBRID(Phase.HYBRID);

  private final Phase phase;

  Composition(Phase phase) {
    this.phase = phase;
  }

  static Composition of(boolean index, boolean tuned) {
    if (index) {
      return tuned ? HYBRID : RETRIEVAL;
    }
    return tuned ? FINE_TUNING : PROMPT;
  }

  /** Returns the phase that runs of a variant with these parts count for. */
  public Phase phase() {
    return phase;
  }
}
