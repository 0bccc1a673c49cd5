package io.plumbline.compliance.approval;

import io.plumbline.compliance.workspace.Workspaces;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Expires, workspace by workspace, requests that nobody decided in time. */
@Component
class ApprovalExpiry {

  private final ApprovalService approvals;
  private final Workspaces workspaces;

  ApprovalExpiry(ApprovalService approvals, Workspaces workspaces) {
    this.approvals = approvals;
    this.workspaces = workspaces;
  }

  @Scheduled(
      fixedDelayString = "${plumbline.approvals.sweep-interval:1m}",
      initialDelayString = "${plumbline.approvals.sweep-interval:1m}")
  void expireOverdueRequests() {
    workspaces.forEach(approvals::expireOverdueRequests);
  }
}
