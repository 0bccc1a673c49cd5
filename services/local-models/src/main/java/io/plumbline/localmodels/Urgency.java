package io.plumbline.localmodels;

/** The urgency of a text that waits for an {@link Encoder}. */
public enum Urgency {
  /** The texts of a call whose caller waits for the answer. */
  SERVING,
  /** The texts of a call with many of them: an index, a list of embeddings. */
  BULK
}
