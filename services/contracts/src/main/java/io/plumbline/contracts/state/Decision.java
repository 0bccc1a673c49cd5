package io.plumbline.contracts.state;

/** The decision on a request for approval. */
public enum Decision {
  APPROVED,
  REJECTED,
  /**
   * Nobody decided in time, a newer request for the same object replaced it, or its requester
   * withdrew it.
   */
  EXPIRED
}
