package io.plumbline.contracts;

/** The phases of an improvement, in the order in which they open. */
public enum Phase {
  PROMPT,
  RETRIEVAL,
  FINE_TUNING,
  /** Retrieval with a tuned model; the one constant that was added after its release, by ADR 61. */
  HYBRID
}
