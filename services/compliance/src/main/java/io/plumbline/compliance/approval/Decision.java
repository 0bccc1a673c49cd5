package io.plumbline.compliance.approval;

/** What an approver may say. */
public enum Decision {
  APPROVED,
  REJECTED;

  ApprovalState state() {
    return this == APPROVED ? ApprovalState.APPROVED : ApprovalState.REJECTED;
  }
}
