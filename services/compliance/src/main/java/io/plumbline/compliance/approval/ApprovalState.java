package io.plumbline.compliance.approval;

/** PENDING ends in one of the others and never leaves it. */
public enum ApprovalState {
  PENDING,
  APPROVED,
  REJECTED,
  EXPIRED
}
