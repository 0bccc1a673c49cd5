package io.plumbline.inference.context;

/** What a variant does with a call that does not fit into its model's context window. */
public enum Overflow {
  /** It is refused. */
  REFUSE,
  /** The oldest turns of the caller's conversation are dropped, until it fits. */
  TRIM_HISTORY
}
