package io.plumbline.contracts.state;

/** The state of a release. */
public enum ReleaseState {
  /** The release waits for the approval of a second person. */
  REQUESTED,
  /** The release is approved and waits for the canary of another release to end. */
  APPROVED,
  /** An approver rejected the release, nobody decided in time, or its requester withdrew it. */
  REJECTED,
  /**
   * The release was approved but could not start: its evidence no longer held, or its variant was
   * already in service.
   */
  BLOCKED,
  /** The release serves a part of the traffic beside the former release. */
  CANARY,
  ACTIVE,
  /** The canary of the release was ended by its guard or by a person. */
  HALTED,
  ROLLED_BACK,
  /** Another release replaced this one, which may serve again without a new approval. */
  SUPERSEDED
}
