package io.plumbline.inference.context;

/** The treatment of a call that does not fit into the context window of a variant's model. */
public enum ContextOverflowPolicy {
  /** The call is refused. */
  REFUSE,
  /** The oldest turns of the caller's conversation are dropped, until the call fits. */
  TRIM_HISTORY
}
