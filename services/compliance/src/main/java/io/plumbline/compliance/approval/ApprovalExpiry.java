package io.plumbline.compliance.approval;

import io.plumbline.compliance.workspace.Workspaces;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Looks, workspace by workspace, for requests that waited too long. */
@Component
class ApprovalExpiry {

  private final ApprovalService desk;
  private final Workspaces workspaces;

  ApprovalExpiry(ApprovalService desk, Workspaces workspaces) {
    this.desk = desk;
    this.workspaces = workspaces;
  }

  @Scheduled(
      fixedDelayString = "${plumbline.approvals.sweep-interval:1m}",
      initialDelayString = "${plumbline.approvals.sweep-interval:1m}")
  void sweep() {
    workspaces.forEach(workspace -> desk.expireDue());
  }
}
