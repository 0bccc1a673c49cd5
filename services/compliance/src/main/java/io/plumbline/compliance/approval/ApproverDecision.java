package io.plumbline.compliance.approval;

/** The decisions that an approver can make. */
public enum ApproverDecision {
  APPROVED,
  REJECTED;

  ApprovalState state() {
    return switch (this) {
      case APPROVED -> ApprovalState.APPROVED;
      case REJECTED -> ApprovalState.REJECTED;
    };
  }
}
