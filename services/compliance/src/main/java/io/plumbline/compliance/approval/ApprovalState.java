package io.plumbline.compliance.approval;

import io.plumbline.contracts.state.Decision;

/** PENDING ends in one of the others and never leaves it. */
public enum ApprovalState {
  PENDING,
  APPROVED,
  REJECTED,
  EXPIRED;

  /** The state as {@code approval.decided} publishes it. */
  Decision decision() {
    return switch (this) {
      case PENDING -> throw new IllegalStateException("A pending approval has no decision");
      case APPROVED -> Decision.APPROVED;
      case REJECTED -> Decision.REJECTED;
      case EXPIRED -> Decision.EXPIRED;
    };
  }
}
