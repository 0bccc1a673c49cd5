package io.plumbline.contracts;

/** The three phases of an improvement, in the order in which they open. */
public enum Phase {
  PROMPT,
  RETRIEVAL,
  FINE_TUNING
}
