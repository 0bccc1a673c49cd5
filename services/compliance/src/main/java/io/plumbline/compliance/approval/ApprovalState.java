package io.plumbline.compliance.approval;

import io.plumbline.contracts.state.Decision;

/** The state of a request: PENDING changes to one of the other three, which are final. */
public enum ApprovalState {
  PENDING,
  APPROVED,
  REJECTED,
  EXPIRED;

  /** Returns the state as {@code approval.decided} publishes it. */
  Decision decision() {
    return switch (this) {
      case PENDING -> throw new IllegalStateException("A pending approval has no decision");
      case APPROVED -> Decision.APPROVED;
      case REJECTED -> Decision.REJECTED;
      case EXPIRED -> Decision.EXPIRED;
    };
  }
}
