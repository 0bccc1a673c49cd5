package io.plumbline.contracts.state;

/** The state of a release. */
public enum ReleaseState {
  /** Waits for a second person's approval. */
  REQUESTED,
  /** Approved, and waits for another release's canary to end. */
  APPROVED,
  /** An approver rejected it, nobody decided in time, or its requester withdrew it. */
  REJECTED,
  /** Approved, but when it was to start, its evidence no longer held or its variant served. */
  BLOCKED,
  /** Serves a part of the traffic beside the former release. */
  CANARY,
  ACTIVE,
  /** Its canary was ended, by its guard or by a person. */
  HALTED,
  ROLLED_BACK,
  /** Another release replaced it; it may serve again without a new approval. */
  SUPERSEDED
}
