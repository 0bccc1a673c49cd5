package io.plumbline.contracts.state;

/** How a request for approval ended. */
public enum Decision {
  APPROVED,
  REJECTED,
  /**
   * Nobody decided in time, a newer request for the same object replaced it, or its requester
   * withdrew it.
   */
  EXPIRED
}
