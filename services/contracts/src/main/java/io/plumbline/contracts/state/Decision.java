package io.plumbline.contracts.state;

/** How a request for approval ended. */
public enum Decision {
  APPROVED,
  REJECTED,
  /** Nobody decided in time, or a newer request for the same object replaced it. */
  EXPIRED
}
