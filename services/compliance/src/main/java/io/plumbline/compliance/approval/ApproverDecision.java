package io.plumbline.compliance.approval;

/** What an approver can decide. */
public enum ApproverDecision {
  APPROVED,
  REJECTED;

  ApprovalState state() {
    return this == APPROVED ? ApprovalState.APPROVED : ApprovalState.REJECTED;
  }
}
