package io.plumbline.localmodels;

/** How long a text may wait for an {@link Encoder}. */
public enum Urgency {
  /** Somebody waits for the answer. */
  SERVING,
  /** Many texts at once: an index, a list of embeddings. */
  BULK
}
